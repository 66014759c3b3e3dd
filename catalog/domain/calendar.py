"""The days on which an activity opens.

A canteen opens on school days, a leisure centre in the holidays, Wednesday sports
on Wednesdays of school: one rule says which weekdays, in school time and in the
holidays. Public holidays and closures are given, never computed here.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from foundation.periods import Period


@dataclass(frozen=True, slots=True)
class OpeningRule:
    """Weekdays of opening, Monday being 0, in school time and in the holidays."""

    in_school_time: frozenset[int] = frozenset()
    in_holidays: frozenset[int] = frozenset()
    on_public_holidays: bool = False


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """What a town's calendar holds: holidays, public holidays."""

    holidays: tuple[Period, ...] = ()
    public_holidays: frozenset[date] = frozenset()


def opening_days(
    rule: OpeningRule,
    calendar: SchoolCalendar,
    *,
    within: Period,
    closures: Collection[Period] = (),
    extra_days: Iterable[date] = (),
) -> list[date]:
    """Return the opening days inside `within`, in order.

    A closure wins over everything; an extra day opens whatever the weekday, the
    holidays and the public holidays say.
    """
    extra = frozenset(extra_days)
    return [
        day
        for day in within.days()
        if not _is_in(day, closures) and (day in extra or _opens(rule, calendar, day))
    ]


def is_holiday(calendar: SchoolCalendar, day: date) -> bool:
    """Tell whether a day is in the school holidays."""
    return _is_in(day, calendar.holidays)


def _opens(rule: OpeningRule, calendar: SchoolCalendar, day: date) -> bool:
    if day in calendar.public_holidays and not rule.on_public_holidays:
        return False
    holiday = is_holiday(calendar, day)
    return day.weekday() in (rule.in_holidays if holiday else rule.in_school_time)


def _is_in(day: date, periods: Collection[Period]) -> bool:
    return any(day in period for period in periods)
