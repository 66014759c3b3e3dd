"""The same season a year later: which days, which weeks of which holidays.

Nothing is guessed: what has no matching place in the next season says why.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from foundation.periods import Period

WEEK = timedelta(days=7)
_YEARS = re.compile(r"[-_]?(19|20)\d{2}")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Stay:
    """The days of a course: its first, its last (included), those it meets on."""

    first: date
    last: date
    meets_on: tuple[date, ...] = ()

    def moved(self, by: timedelta) -> "Stay":
        """Return the same course so much later."""
        return Stay(
            self.first + by, self.last + by, tuple(day + by for day in self.meets_on)
        )


def same_name(code: str, others: Iterable[tuple[str, Value]]) -> Value | None:
    """Return what has the same code but for its years: `noel-2026`, `noel-2027`."""
    wanted = _YEARS.sub("", code)
    return next((each for key, each in others if _YEARS.sub("", key) == wanted), None)


def in_matching_week(stay: Stay, old: Period, new: Period) -> Stay | None:
    """Return a course in the same week of other holidays, on the same weekdays.

    None when those holidays have no such week, or end before the course.
    """
    weeks = (monday_of(stay.first) - _first_monday(old)) // WEEK
    moved = stay.moved(_first_monday(new) + weeks * WEEK - monday_of(stay.first))
    is_inside = moved.first in new and moved.last in new
    return moved if is_inside else None


def by_whole_weeks(old: date, new: date) -> timedelta:
    """Return the distance of two season starts in whole weeks: weekdays stay."""
    return round((new - old) / WEEK) * WEEK


def a_year_later(day: date) -> date:
    """Return the same day of the next year; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def moved_moment(moment: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    """Return a moment so many days later, at the same hour on the town's clock."""
    local = moment.astimezone(zone)
    later = local.date() + by
    return datetime.combine(later, local.time(), tzinfo=zone)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _first_monday(holidays: Period) -> date:
    """Return the Monday of the first whole week: holidays begin on a weekend."""
    monday = monday_of(holidays.start)
    return monday + WEEK if holidays.start.weekday() >= 5 else monday
