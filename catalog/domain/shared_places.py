"""Places that several activities share: a room, a bus, a team of people.

What counts is how many children are there at the same time. A morning and an
afternoon of the same day take turns in the same places; a whole day meets both.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Sharing:
    """A session that takes part: its days, its hours, and the places taken in it."""

    session: int
    days: frozenset[date]
    start: time
    end: time
    taken: int

    def is_at(self, day: date, hour: time) -> bool:
        """Tell whether it is going on; the end is excluded."""
        return day in self.days and self.start <= hour < self.end


def left_for(own: Sharing, everyone: Collection[Sharing], capacity: int) -> int:
    """Return how many more children `own` may take, never less than none.

    `everyone` are the sessions that share the places, `own` among them. The fullest
    moment of `own` decides; it is the start of one of them.
    """
    return max(0, capacity - _fullest(own, everyone))


def _fullest(own: Sharing, everyone: Collection[Sharing]) -> int:
    beside = [each for each in everyone if each.days & own.days]
    starts = {each.start for each in beside if own.start <= each.start < own.end}
    return max(
        sum(each.taken for each in beside if each.is_at(day, hour))
        for day in own.days
        for hour in {own.start, *starts}
    )
