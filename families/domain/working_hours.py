"""The time a town gives itself to answer, counted on working days only.

A town promises an answer "within 72 working hours". Two readings exist, and the town
says which is its own: every hour of a working day counts, day and night (72 hours are
then three working days), or only those when the town hall is open.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from families.enums import AnswerUnit

SATURDAY = 5
#: A year of closed days: a calendar that never opens is a mistake.
LONGEST_CLOSURE = 366


@dataclass(frozen=True, slots=True)
class Promise:
    """How long a town takes: `hours` of the unit; the office hours when it counts them.

    A working day is Monday to Friday, without the days on which the town is closed.
    """

    hours: int
    unit: AnswerUnit
    opens_at: time = time(9)
    closes_at: time = time(17)


class NeverOpenError(ValueError):
    """Nothing is open within a year: no answer could ever be due."""


def due_at(
    since: datetime, promise: Promise, *, zone: ZoneInfo, closed: Collection[date]
) -> datetime:
    """Return the instant at which the promise is over, in UTC.

    `since` is aware; `closed` holds the days off, public holidays included. Hours are
    real ones: the night when clocks change, a day has one more or one fewer. Raises
    NeverOpenError.
    """
    left = timedelta(hours=promise.hours)
    day, closed_days = since.astimezone(zone).date(), 0
    while True:
        start, end = _open_hours(day, promise, zone)
        start = max(start, since.astimezone(UTC))
        if _is_working_day(day, closed) and start < end:
            if left <= end - start:
                return start + left
            left -= end - start
            closed_days = 0
        else:
            closed_days += 1
        if closed_days > LONGEST_CLOSURE:
            raise NeverOpenError(day)
        day += timedelta(days=1)


def _open_hours(
    day: date, promise: Promise, zone: ZoneInfo
) -> tuple[datetime, datetime]:
    if promise.unit == AnswerUnit.OFFICE_HOURS:
        bounds = (day, promise.opens_at), (day, promise.closes_at)
    else:
        bounds = (day, time.min), (day + timedelta(days=1), time.min)
    # In UTC: two local times of one zone are subtracted as a clock on a wall reads.
    first, last = (datetime.combine(*bound, zone).astimezone(UTC) for bound in bounds)
    return first, last


def _is_working_day(day: date, closed: Collection[date]) -> bool:
    return day.weekday() < SATURDAY and day not in closed
