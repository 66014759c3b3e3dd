"""The legal clock of a request: when the answer is due, and what silence then means.

Dates run from day to day: two months from 31 December end on the last day of
February. The day the time ends is the last day to answer; what silence means holds
from the first instant of the day after, on the town's own calendar.

While a family has to complete its request the clock stops. Where silence accepts, the
time starts again, whole, on the day the missing piece arrives; elsewhere it goes on
with what was left (CRPA, L114-5).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from families.domain.validity import months_after
from foundation.periods import ONE_DAY


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a clock stands.

    `due_on` is the last day to answer, None when no time runs. `restarts` tells that
    the time starts again after a stop; `stopped_on` is set while it is stopped.
    """

    months: int
    restarts: bool
    due_on: date | None
    stopped_on: date | None = None

    @property
    def runs(self) -> bool:
        """True while a day to answer comes nearer."""
        return self.due_on is not None and self.stopped_on is None


def started(day: date, *, months: int, restarts: bool) -> Clock:
    """Return the clock of a request that is complete since a day."""
    return Clock(months, restarts, months_after(day, months))


def stopped(clock: Clock, day: date) -> Clock:
    """Stop a clock that runs: the family has to send a missing piece."""
    if not clock.runs:
        return clock
    due = None if clock.restarts else clock.due_on
    return replace(clock, due_on=due, stopped_on=day)


def resumed(clock: Clock, day: date) -> Clock:
    """Let a stopped clock run again: the missing piece arrived."""
    if clock.stopped_on is None:
        return clock
    if clock.restarts or clock.due_on is None:
        return replace(clock, due_on=months_after(day, clock.months), stopped_on=None)
    waited = max(day - clock.stopped_on, timedelta(0))
    return replace(clock, due_on=clock.due_on + waited, stopped_on=None)


def is_over(clock: Clock, today: date) -> bool:
    """Tell whether the last day to answer has passed."""
    return clock.due_on is not None and clock.runs and clock.due_on < today


def over_at(due_on: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which the last day to answer ends, in UTC."""
    return datetime.combine(due_on + ONE_DAY, time.min, zone).astimezone(UTC)


def warn_on(due_on: date, *, days: int) -> date:
    """Return the day on which the department is warned."""
    return due_on - timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Delays:
    """How long answers took, in whole days: half took `median` or less."""

    median: int
    ninetieth: int


def delays_of(days: Sequence[int]) -> Delays | None:
    """Return the median and the 90th percentile, by the nearest rank; None of none."""
    if not days:
        return None
    ordered = sorted(days)
    return Delays(_rank(ordered, 50), _rank(ordered, 90))


def _rank(ordered: Sequence[int], percent: int) -> int:
    place = -(-len(ordered) * percent // 100)
    return ordered[max(place, 1) - 1]
