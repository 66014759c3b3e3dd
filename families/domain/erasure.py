"""What a family is told of the erasure of its file."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Kept:
    """What the law keeps of an erased family; until when, None while nobody can say."""

    what: str
    why: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What stands in the way of an erasure, and what stays after it."""

    obstacles: tuple[str, ...]
    kept: tuple[Kept, ...]
    #: Accepted services that end with the file.
    ending: tuple[str, ...] = ()
    #: First names of the children who stay with another household.
    staying: tuple[str, ...] = ()
