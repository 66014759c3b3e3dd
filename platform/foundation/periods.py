"""Periods of days, the first day included and the last bound excluded.

`until` may be None: the period has no end. Weekdays are those of
`date.weekday()`, Monday being 0.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
EVERY_WEEKDAY = frozenset(range(7))


class EmptyPeriodError(ValueError):
    """The end of a period is not after its start."""


class EndlessPeriodError(ValueError):
    """The days of a period without end cannot be counted."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start`, up to but not including `until`."""

    start: date
    until: date | None = None

    def __post_init__(self) -> None:
        """Refuse a period without a single day."""
        if self.until is not None and self.until <= self.start:
            raise EmptyPeriodError(f"{self.start} to {self.until} holds no day")

    @classmethod
    def of_day(cls, day: date) -> "Period":
        """Return the period of one day."""
        return cls(day, day + ONE_DAY)

    @property
    def last(self) -> date | None:
        """The last day inside, for people to read; None without end."""
        return None if self.until is None else self.until - ONE_DAY

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.until is None or day < self.until)

    def __len__(self) -> int:
        return (self._end() - self.start).days

    def overlaps(self, other: "Period") -> bool:
        """Tell whether at least one day is in both."""
        return self.intersection(other) is not None

    def intersection(self, other: "Period") -> "Period | None":
        """Return the days in both, or None when there is none."""
        start = max(self.start, other.start)
        until = _earliest(self.until, other.until)
        if until is not None and until <= start:
            return None
        return Period(start, until)

    def covers(self, other: "Period") -> bool:
        """Tell whether every day of `other` is inside."""
        return self.intersection(other) == other

    def days(self, weekdays: Collection[int] = EVERY_WEEKDAY) -> Iterator[date]:
        """Go through the days in order, keeping those of `weekdays`."""
        first = self.start.toordinal()
        for ordinal in range(first, first + len(self)):
            day = date.fromordinal(ordinal)
            if day.weekday() in weekdays:
                yield day

    def _end(self) -> date:
        if self.until is None:
            raise EndlessPeriodError(f"the period from {self.start} has no end")
        return self.until


def merge(periods: Iterable[Period]) -> list[Period]:
    """Join periods that overlap or touch; the result is in order."""
    merged: list[Period] = []
    for period in sorted(periods, key=lambda each: each.start):
        last = merged[-1] if merged else None
        if last is None or (last.until is not None and last.until < period.start):
            merged.append(period)
        else:
            merged[-1] = Period(last.start, _latest(last.until, period.until))
    return merged


def month_of(day: date) -> Period:
    """Return the calendar month that holds `day`."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return Period(first, following)


def year_of(day: date) -> Period:
    """Return the calendar year that holds `day`."""
    return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))


def school_year_of(day: date, *, starts_in: int = 9) -> Period:
    """Return the school year that holds `day`, from the first of `starts_in`."""
    year = day.year if day.month >= starts_in else day.year - 1
    return Period(date(year, starts_in, 1), date(year + 1, starts_in, 1))


def _earliest(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def _latest(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
