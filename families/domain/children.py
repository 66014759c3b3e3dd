"""What a town accepts as a child, and how children of a household compare."""

import unicodedata
from datetime import date

#: Beyond this age nobody is enrolled as a child.
OLDEST = 20


def is_plausible_birth(born_on: date, *, today: date) -> bool:
    """Tell whether a child born then can be on file: born, and not over twenty."""
    return born_on <= today and age_on(born_on, today) <= OLDEST


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
