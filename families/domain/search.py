"""What somebody types to find a family, as the words to look for.

Accents, letter case, punctuation and order do not matter, and each word may be the
beginning of a longer one. Digits typed in groups are also read as one number: a
telephone or a birth date is found however it is written.
"""

import re
import unicodedata
from dataclasses import dataclass

# Letters that are two letters without their accent, as PostgreSQL's unaccent has them.
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})
_WORD = re.compile(r"[a-z0-9]+")
# Fewer digits in groups are a house number or a day, not a telephone.
SHORTEST_NUMBER = 6
FRENCH_PREFIX, FRENCH_LENGTH = "33", 11
MOST_WORDS = 12
SHORTEST_TEXT = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `is_hit` when somebody looked for it."""

    text: str
    is_hit: bool = False


def plain(text: str) -> str:
    """Return a text in lower case without accents.

    >>> plain("Lœvenbrück-Éloi")
    'loevenbruck-eloi'
    """
    parts = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, plain, at most twelve."""
    return tuple(_WORD.findall(plain(text))[:MOST_WORDS])


def query_of(text: str) -> str:
    """Return what PostgreSQL's full text search looks for; empty for too little text.

    Every word is asked for, as a prefix. The result holds letters, digits and
    operators only, whatever was typed.

    >>> query_of("dupont 06 12 34")
    'dupont:* & (061234:* | (06:* & 12:* & 34:*))'
    """
    words = words_of(text)
    if sum(map(len, words)) < SHORTEST_TEXT:
        return ""
    return " & ".join(
        _numbers(group) if len(group) > 1 else _one(group[0])
        for group in _groups(words)
    )


def highlight(text: str, words: tuple[str, ...]) -> tuple[Piece, ...]:
    """Cut a text where its words begin with a word looked for."""
    pieces: list[Piece] = []
    for part in re.findall(r"\w+|\W+", text):
        found = max(
            (word for word in words if plain(part).startswith(word)), default=""
        )
        # A ligature makes the plain text longer: the whole word is shown then.
        length = len(found) if len(plain(part)) == len(part) else len(part)
        cut = length if found else 0
        pieces += [Piece(part[:cut], is_hit=True), Piece(part[cut:])]
    return _joined([piece for piece in pieces if piece.text])


def _groups(words: tuple[str, ...]) -> list[list[str]]:
    """Put neighbouring numbers together when they may be one."""
    groups: list[list[str]] = []
    for word in words:
        if word.isdecimal() and groups and groups[-1][-1].isdecimal():
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _numbers(group: list[str]) -> str:
    apart = " & ".join(f"{word}:*" for word in group)
    whole = "".join(group)
    if len(whole) < SHORTEST_NUMBER:
        return apart
    return f"({_spellings(whole)} | ({apart}))"


def _one(word: str) -> str:
    if not word.isdecimal() or len(word) != FRENCH_LENGTH:
        return f"{word}:*"
    return f"({_spellings(word)})"


def _spellings(number: str) -> str:
    """Ask for a number as typed, and for a French one without its country."""
    asked = [f"{number}:*"]
    if number.startswith(FRENCH_PREFIX) and len(number) == FRENCH_LENGTH:
        asked.append(f"0{number.removeprefix(FRENCH_PREFIX)}:*")
    return " | ".join(asked)


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].is_hit == piece.is_hit:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.is_hit)
        else:
            joined.append(piece)
    return tuple(joined)
