"""Write any name in the Latin characters that every SEPA bank accepts.

Source of the set and of the replacements: EPC217-08, best practices on the
character set. A letter we cannot carry over becomes a full stop, as it advises.
"""

# ruff: noqa: RUF001 - look-alike characters are exactly what this module replaces.

import re
import unicodedata
from typing import Final

_ALLOWED = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]*")
_FORBIDDEN = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
_SPACES = re.compile(r"\s+")
_SLASHES = re.compile(r"/{2,}")

_LATIN: Final = {
    "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "ß": "ss", "ẞ": "SS", "Ø": "O",
    "ø": "o", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Þ": "TH",
    "þ": "th", "Ħ": "H", "ħ": "h", "ı": "i", "ĸ": "k", "Ŋ": "N", "ŋ": "n", "Ŧ": "T",
    "ŧ": "t", "Ə": "E", "ə": "e",
}  # fmt: skip
_SIGNS: Final = {
    "&": "+", "€": "E", "@": "(at)", "_": "-", "~": "-", "!": ".", ";": ",",
    "[": "(", "]": ")", "{": "(", "}": ")", "<": "(", ">": ")", "|": "/", "\\": "/",
    '"': "'", "`": "'", "´": "'", "‘": "'", "’": "'", "ʼ": "'", "‚": ",", "“": "'",
    "”": "'", "„": "'", "«": "'", "»": "'", "‐": "-", "‑": "-", "–": "-", "—": "-",
    "−": "-", "·": ".", "•": ".", "…": "...", "°": ".", "×": "x", "№": "No",
}  # fmt: skip


def _spellings(letters: str, written: str) -> dict[str, str]:
    return dict(zip(letters, written.split(), strict=True))


_GREEK: Final = _spellings(
    "αβγδεζηθικλμνξοπρστυφχψως",
    "a v g d e z i th i k l m n x o p r s t y f ch ps o s",
)
_CYRILLIC: Final = _spellings(
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёєіїґ",
    "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sht a y y e yu ya "
    "e ye i yi g",
)


def _with_capitals(letters: dict[str, str]) -> dict[str, str]:
    capitals = {low.upper(): text.capitalize() for low, text in letters.items()}
    return capitals | letters


_SPELLED: Final = _LATIN | _SIGNS | _with_capitals(_GREEK) | _with_capitals(_CYRILLIC)


class _Letters(dict[int, str]):
    """How each character is written; worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = spelled = _spell(chr(code))
        return spelled


def _spell(char: str) -> str:
    """Return one character in the SEPA set, empty for a lone accent."""
    if _ALLOWED.fullmatch(char):
        return char
    if char in _SPELLED:
        return _SPELLED[char]
    if char.isspace():
        return " "
    parts = unicodedata.normalize("NFKD", char)
    plain = [part for part in parts if not unicodedata.combining(part)]
    # Once more: an accented Greek letter is plain only now.
    return _FORBIDDEN.sub(".", "".join(_SPELLED.get(part, part) for part in plain))


_LETTERS: Final = _Letters()


def to_sepa_latin(text: str, *, max_length: int = 70) -> str:
    """Return the text in the SEPA Latin set, at most `max_length` characters.

    Accents are dropped, ligatures opened, Greek and Cyrillic spelled out. The
    result never starts or ends with a slash or a space, nor holds two slashes.
    It is empty when nothing of the text can be written.
    """
    if not _ALLOWED.fullmatch(text):
        # Composed first: a Cyrillic short i is a letter, not an i with an accent.
        text = unicodedata.normalize("NFC", text).translate(_LETTERS)
    text = _SLASHES.sub("/", _SPACES.sub(" ", text)).strip(" /")
    return text[:max_length].rstrip(" /")
