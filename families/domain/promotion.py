"""The move to the next class, each summer.

A class leads to the one after it in the country's list. After the last class of the
elementary school a child leaves its school; the last class of a list leads nowhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from families.enums import QuebecClass, SchoolClass

#: The last classes of a school that children then leave.
LAST_OF_SCHOOL = frozenset(
    {SchoolClass.CM2.value, SchoolClass.TROISIEME.value, QuebecClass.PRIMAIRE_6.value}
)
# A summer's move is made between these months, both included.
FIRST_MONTH, LAST_MONTH = 6, 10


def _chain(*lists: Iterable[str]) -> Mapping[str, str]:
    following: dict[str, str] = {}
    for codes in map(list, lists):
        following |= dict(pairwise(codes))
    return following


NEXT_CLASS = _chain(SchoolClass.values, QuebecClass.values)


@dataclass(frozen=True, slots=True)
class Move:
    """How many children go from one class to the next."""

    old: str
    new: str
    count: int
    leaves_school: bool


def moves_of(counts: Mapping[str, int]) -> list[Move]:
    """Return the moves of the children counted by class, in the order of classes.

    Children without a class, or in the last one, do not move.
    """
    return [
        Move(old, new, counts[old], old in LAST_OF_SCHOOL)
        for old, new in NEXT_CLASS.items()
        if counts.get(old)
    ]


def year_to_open(today: date) -> int | None:
    """Return the year in which the next school year begins; None out of season."""
    return today.year if FIRST_MONTH <= today.month <= LAST_MONTH else None


def may_still_undo(year: int, *, today: date) -> bool:
    """Tell whether the move for a school year can be undone: before the next one."""
    return today < date(year + 1, FIRST_MONTH, 1)
