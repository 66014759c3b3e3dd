"""How late a child was collected: minutes after the end of its session."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Lateness:
    """One late pick-up as a price looks at it.

    `occurrence` is 1 for the first of the child in the service that school year.
    """

    day: date
    pickup_time: time
    minutes: int
    occurrence: int


def minutes_late(*, ends: time, pickup_time: time) -> int:
    """Return the whole minutes after the end; zero or less when nobody was late.

    Nothing is forgiven here: a town's grace is a condition of its tariff on minutes.
    """
    return _minute(pickup_time) - _minute(ends)


def _minute(hour: time) -> int:
    return hour.hour * 60 + hour.minute
