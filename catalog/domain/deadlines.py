"""How late one may book or cancel, as the town wrote it, down to the instant.

A rule gives an hour in the town's time zone; one is in time strictly before it. The
hour that a change to summer time skips becomes the one after the gap; of an hour
that comes twice, the first counts. Vocabulary: docs/algorithms/deadlines.md.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from foundation.reading import WEEKDAYS, Node, read

MIDNIGHT = time(0)
MONDAY_TO_FRIDAY = frozenset(range(5))


class NoDeadlineForDayError(ValueError):
    """The rule names weekdays, and the session falls on none of them."""

    def __init__(self, day: date) -> None:
        """Keep the day nobody wrote a rule for."""
        super().__init__(f"no deadline is written for a {WEEKDAYS[day.weekday()]}")
        self.day = day


class Deadline(Protocol):
    """A rule that gives, for the day of a session, a local day and hour."""

    def local(self, day: date, holidays: Collection[date]) -> datetime | None:
        """Return the local limit, without zone; None when there is no limit."""


@dataclass(frozen=True, slots=True)
class NoDeadline:
    """There is no limit."""

    def local(self, _day: date, _holidays: Collection[date]) -> None:
        """Return no limit."""
        return


@dataclass(frozen=True, slots=True)
class DaysBefore:
    """So many days before the session, at an hour; 0 is the day itself."""

    days: int
    at: time

    def local(self, day: date, _holidays: Collection[date]) -> datetime:
        """Count back every day of the calendar."""
        return datetime.combine(day - timedelta(days=self.days), self.at)


@dataclass(frozen=True, slots=True)
class WorkingDaysBefore:
    """So many working days before: given weekdays that are not holidays."""

    days: int
    at: time
    weekdays: frozenset[int]

    def local(self, day: date, holidays: Collection[date]) -> datetime:
        """Count back the working days only, the day of the session left out."""
        left = self.days
        while left:
            day -= timedelta(days=1)
            if day.weekday() in self.weekdays and day not in holidays:
                left -= 1
        return datetime.combine(day, self.at)


@dataclass(frozen=True, slots=True)
class WeekdayBefore:
    """The last given weekday before the session, chosen by the session's weekday."""

    limits: Mapping[int, int]
    at: time

    def local(self, day: date, _holidays: Collection[date]) -> datetime:
        """Go back to the limit's weekday: at least one day, at most seven."""
        limit = self.limits.get(day.weekday())
        if limit is None:
            raise NoDeadlineForDayError(day)
        back = (day.weekday() - limit - 1) % 7 + 1
        return datetime.combine(day - timedelta(days=back), self.at)


@dataclass(frozen=True, slots=True)
class WeekdayOfPreviousWeek:
    """A weekday of the week before the session's, or of an earlier one."""

    weekday: int
    weeks: int
    at: time

    def local(self, day: date, _holidays: Collection[date]) -> datetime:
        """Go to the Monday of the session's week, then back, then to the weekday."""
        monday = day - timedelta(days=day.weekday())
        limit = monday + timedelta(days=self.weekday - 7 * self.weeks)
        return datetime.combine(limit, self.at)


@dataclass(frozen=True, slots=True)
class DayOfPreviousMonth:
    """The nth of the month before the session's, or of an earlier one."""

    number: int
    months: int
    at: time

    def local(self, day: date, _holidays: Collection[date]) -> datetime:
        """Go back by months; the 31st of a shorter month is its last day."""
        year, month = divmod(day.year * 12 + day.month - 1 - self.months, 12)
        first = date(year, month + 1, 1)
        following = (first + timedelta(days=31)).replace(day=1)
        last = (following - timedelta(days=1)).day
        limit = first.replace(day=min(self.number, last))
        return datetime.combine(limit, self.at)


def parse_deadline(data: Mapping[str, Any]) -> Deadline:
    """Read a rule; raises ConfigurationError naming each key and reason."""
    return read(data, read_deadline)


def read_deadline(node: Node) -> Deadline:
    """Read a rule that stands inside a larger configuration."""
    name = node.choice("rule", tuple(RULES))
    return NoDeadline() if name is None else RULES[name](node)


def deadline_of(
    rule: Deadline,
    day: date,
    *,
    zone: ZoneInfo,
    holidays: Collection[date] = frozenset(),
) -> datetime | None:
    """Return the instant from which it is too late for a session on `day`.

    None means that it is never too late.
    """
    local = rule.local(day, holidays)
    if local is None:
        return None
    # Through UTC and back, so that an hour that does not exist becomes one that does.
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def is_in_time(now: datetime, deadline: datetime | None) -> bool:
    """Tell whether `now` is strictly before the deadline.

    Both are compared as instants: in the hour that comes twice, the local times of
    one zone would compare wrongly.
    """
    return deadline is None or now.astimezone(UTC) < deadline.astimezone(UTC)


def _read_none(_node: Node) -> Deadline:
    return NoDeadline()


def _read_days_before(node: Node) -> Deadline:
    days = node.integer("days", at_most=366)
    return DaysBefore(days or 0, _read_at(node))


def _read_working_days_before(node: Node) -> Deadline:
    days = node.integer("days", at_least=1, at_most=60)
    weekdays = node.weekdays("working_days", required=False) or MONDAY_TO_FRIDAY
    return WorkingDaysBefore(days or 1, _read_at(node), weekdays)


def _read_weekday_before(node: Node) -> Deadline:
    at = _read_at(node)
    limits: dict[int, int] = {}
    child = node.child("days")
    if child is not None:
        for index, name in enumerate(WEEKDAYS):
            limit = child.code(name, WEEKDAYS, required=False)
            if limit is not None:
                limits[index] = WEEKDAYS.index(limit)
        if child.is_empty:
            child.refuse("", "no_weekday")
        child.close()
    return WeekdayBefore(limits, at)


def _read_weekday_of_previous_week(node: Node) -> Deadline:
    weekday = node.code("weekday", WEEKDAYS) or WEEKDAYS[0]
    weeks = node.integer("weeks", required=False, at_least=1, at_most=52)
    return WeekdayOfPreviousWeek(WEEKDAYS.index(weekday), weeks or 1, _read_at(node))


def _read_day_of_previous_month(node: Node) -> Deadline:
    number = node.integer("day", at_least=1, at_most=31)
    months = node.integer("months", required=False, at_least=1, at_most=12)
    return DayOfPreviousMonth(number or 1, months or 1, _read_at(node))


def _read_at(node: Node) -> time:
    return node.time("at") or MIDNIGHT


RULES: Mapping[str, Callable[[Node], Deadline]] = {
    "none": _read_none,
    "days_before": _read_days_before,
    "working_days_before": _read_working_days_before,
    "weekday_before": _read_weekday_before,
    "weekday_of_previous_week": _read_weekday_of_previous_week,
    "day_of_previous_month": _read_day_of_previous_month,
}
