"""What a town accepts as a child, and how children of a household compare."""

import unicodedata
from datetime import date, timedelta

#: Beyond this age nobody is enrolled as a child.
OLDEST = 20
#: A pregnancy lasts at most this long: about ten months.
LONGEST_WAIT = timedelta(days=300)
#: How long before and after the day it was expected a birth may be.
EARLIEST, LATEST = timedelta(days=126), timedelta(days=42)
#: From this long before the day, the family is asked whether the child is born.
ASKED_BEFORE = timedelta(days=14)


def is_plausible_birth(born_on: date, *, today: date) -> bool:
    """Tell whether a child born then can be on file: born, and not over twenty."""
    return born_on <= today and age_on(born_on, today) <= OLDEST


def is_plausible_wait(expected_on: date, *, today: date) -> bool:
    """Tell whether a child can be expected for that day: not past, within ten months.

    >>> is_plausible_wait(date(2027, 3, 12), today=date(2026, 11, 21))
    True
    """
    return today <= expected_on <= today + LONGEST_WAIT


def is_birth_of(born_on: date, *, expected_on: date) -> bool:
    """Tell whether a child born that day can be the one expected for another day.

    From 18 weeks before, the earliest births, to six weeks after: an elder sister
    does not take the place of the list that a child to be born was given.
    """
    return expected_on - EARLIEST <= born_on <= expected_on + LATEST


def is_birth_near(expected_on: date, *, today: date) -> bool:
    """Tell whether a family is asked if its child is born: from two weeks before."""
    return today >= expected_on - ASKED_BEFORE


def age_on(born_on: date, day: date) -> int:
    """Return the age in whole years; one born on 29 February ages on 1 March."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (0 if had_birthday else 1)


def months_on(born_on: date, day: date) -> int:
    """Return the age in whole months."""
    months = (day.year - born_on.year) * 12 + day.month - born_on.month
    return months - (day.day < born_on.day)


def is_same_name(one: str, other: str) -> bool:
    """Compare names as a clerk would: without case, accents, hyphens, blanks."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())
