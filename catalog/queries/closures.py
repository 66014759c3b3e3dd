"""The days on which the whole town is closed."""

from datetime import date

from catalog.models import Closure
from foundation.periods import ONE_DAY


def town_closures(*, first: date, until: date) -> frozenset[date]:
    """Return the town's days off from `first` to `until`, the latter excluded.

    Public holidays are closures of the town. A closure of one service is not one.
    """
    periods = Closure.objects.filter(
        service=None, from_on__lt=until, until_on__gt=first
    ).values_list("from_on", "until_on")
    days: set[date] = set()
    for start, end in periods:
        day, last = max(start, first), min(end, until)
        while day < last:
            days.add(day)
            day += ONE_DAY
    return frozenset(days)
