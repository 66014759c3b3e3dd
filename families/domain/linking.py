"""Which adult of a file an account may become, from what its holder knows.

A file number belongs to the household; each of its people has a number of their own.
With either, the birth date says who is meant:

1. an adult's date leads to that adult;
2. of two adults born on one day, to the one whose names were given at sign-up;
3. a child's date leads to the adult of the child's file who has those names, and to
   nobody else: many people know when a child was born.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from families.domain.children import is_same_name


@dataclass(frozen=True, slots=True)
class Names:
    """How somebody is called."""

    first: str
    last: str

    def are_those_of(self, other: "Names") -> bool:
        """Compare without accents, letter case, hyphens and spaces."""
        same_first = is_same_name(self.first, other.first)
        return is_same_name(self.last, other.last) and same_first


@dataclass(frozen=True, slots=True)
class Adult:
    """An adult in one household; `guardian` says which record."""

    guardian: int
    names: Names
    birth_date: date | None
    code: str
    household: int
    file_number: str


@dataclass(frozen=True, slots=True)
class Minor:
    """A child in one household."""

    birth_date: date
    code: str
    household: int
    file_number: str


def whom(
    *,
    numbers: Collection[str],
    born_on: date,
    names: Names,
    adults: Sequence[Adult],
    minors: Iterable[Minor],
) -> Adult | None:
    """Return the adult that a number and a birth date lead to, or None.

    `numbers` are the ways to read the file number or person's code that was typed;
    `names` are the account holder's.
    """
    known = [
        adult
        for adult in adults
        if adult.code in numbers or adult.file_number in numbers
    ]
    born = [adult for adult in known if adult.birth_date == born_on]
    if len(born) == 1:
        return born[0]
    if born:
        return _only(adult for adult in born if adult.names.are_those_of(names))
    families = {
        minor.household
        for minor in minors
        if minor.birth_date == born_on
        and (minor.code in numbers or minor.file_number in numbers)
    }
    return _only(
        adult
        for adult in adults
        if adult.household in families and adult.names.are_those_of(names)
    )


def for_household(names: Names, adults: Sequence[Adult]) -> Adult | None:
    """Return the adult that a code of the whole household leads to, or None.

    The one who has the names; or else the only adult there is. In a file of two, a
    letter never makes one of them the other.
    """
    named = _only(adult for adult in adults if adult.names.are_those_of(names))
    return named or _only(adults)


def _only(found: Iterable[Adult]) -> Adult | None:
    listed = list(found)
    return listed[0] if len(listed) == 1 else None
