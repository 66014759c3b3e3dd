"""Which household a child is with on a day, by the calendar of its custody.

Weeks are those of ISO 8601, as judgments name them. A week of custody begins on the day
of the change, and is even or odd as the ISO week that this day is in. After a year of
53 weeks two odd weeks follow each other (53, then 1): the same household then has the
child twice running, as the wording of such judgments has it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class Rhythm(StrEnum):
    """How days are shared; the values are those of the record."""

    ALWAYS = "always"
    ALTERNATE = "alternate"
    WEEKDAYS = "weekdays"


@dataclass(frozen=True, slots=True)
class Custody:
    """One arrangement, from `start` until `until` (not included, None without end).

    Households are ids. `household` has the child always, in even weeks, or on
    `weekdays` (Monday is 0); `other` has it the rest of the time. `change_weekday` is
    the day on which weeks change hands.
    """

    start: date
    until: date | None
    rhythm: Rhythm
    household: int
    other: int | None = None
    change_weekday: int = 0
    weekdays: frozenset[int] = field(default_factory=frozenset)

    def holds_on(self, day: date) -> bool:
        """Tell whether the arrangement counts on a day."""
        return self.start <= day and (self.until is None or day < self.until)


def week_start(day: date, change_weekday: int) -> date:
    """Return the first day of the week of custody that a day is in."""
    return day - timedelta(days=(day.weekday() - change_weekday) % 7)


def is_even_week(day: date, change_weekday: int) -> bool:
    """Tell whether a day is in an even week, counted from the day of the change."""
    return week_start(day, change_weekday).isocalendar().week % 2 == 0


def household_on(custody: Custody, day: date) -> int | None:
    """Return the household that has the child on a day, None outside the period."""
    if not custody.holds_on(day):
        return None
    match custody.rhythm:
        case Rhythm.ALWAYS:
            return custody.household
        case Rhythm.ALTERNATE:
            is_first = is_even_week(day, custody.change_weekday)
        case Rhythm.WEEKDAYS:
            is_first = day.weekday() in custody.weekdays
    return custody.household if is_first else custody.other


class CustodyCalendar:
    """The arrangements of many children, read once and asked often."""

    def __init__(self, by_child: Mapping[int, Iterable[Custody]]) -> None:
        """Keep the arrangements; those of one child never hold on the same day."""
        self._by_child = {key: tuple(known) for key, known in by_child.items()}

    def household_on(self, child_id: int, day: date, *, fallback: int) -> int:
        """Return who pays for a child's day; `fallback` is the household that booked.

        A day that nothing was decided about is paid by who booked it.
        """
        found = self.decided_on(child_id, day)
        return fallback if found is None else found

    def decided_on(self, child_id: int, day: date) -> int | None:
        """Return the household a child is with, None when nothing was decided."""
        arrangements = self._by_child.get(child_id, ())
        known = (household_on(each, day) for each in arrangements)
        return next((each for each in known if each is not None), None)


def days_with(
    custodies: Collection[Custody], days: Iterable[date]
) -> dict[date, int | None]:
    """Return the household of each day, for a calendar; None says nothing decided."""
    calendar = CustodyCalendar({0: custodies})
    return {day: calendar.decided_on(0, day) for day in days}
