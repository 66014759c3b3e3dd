"""Two values side by side, with what differs marked, so that nobody hunts for it."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a value; `is_changed` when the other value does not have them."""

    text: str
    is_changed: bool


def differences(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Cut both texts into pieces; joined again, each gives its text back."""
    before, after = _words(old), _words(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, start, end, first, last in matcher.get_opcodes():
        _add(left, before[start:end], is_changed=tag != "equal")
        _add(right, after[first:last], is_changed=tag != "equal")
    return left, right


def _words(text: str) -> list[str]:
    """Cut between words; the spaces are words too, so that nothing is lost."""
    return re.findall(r"\s+|[^\s]+", text)


def _add(pieces: list[Piece], words: list[str], *, is_changed: bool) -> None:
    if words:
        pieces.append(Piece("".join(words), is_changed))
