"""How long a proof counts. All bounds are the first day it no longer does."""

import calendar
from datetime import date
from enum import StrEnum

from foundation.periods import ONE_DAY, school_year_of


class Validity(StrEnum):
    """The ways a town bounds a proof in time."""

    MONTHS = "months"
    FIXED_DATE = "fixed_date"
    SCHOOL_YEAR = "school_year"
    UNLIMITED = "unlimited"


def end_of_validity(
    start: date,
    validity: Validity,
    *,
    months: int | None = None,
    fixed: date | None = None,
) -> date | None:
    """Return the first day a proof valid from `start` no longer counts; None: never.

    `fixed` is the date staff wrote as "valid until": people read it as included.
    """
    match validity:
        case Validity.MONTHS:
            return months_after(start, months or 0)
        case Validity.FIXED_DATE:
            return None if fixed is None else fixed + ONE_DAY
        case Validity.SCHOOL_YEAR:
            return school_year_of(start).until
        case Validity.UNLIMITED:
            return None


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day when it has fewer."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
