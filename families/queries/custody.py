"""Reads of custody: who has a child, and who therefore pays, day by day."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from families.domain import custody as rules
from families.models import Child, Custody


def custody_of(
    child_ids: Collection[int], days: Iterable[date]
) -> rules.CustodyCalendar:
    """Return the calendar of many children over some days, in one query.

    Ask it with `.household_on(child_id, day, fallback=...)`, for any day from the first
    to the last of `days`. Without a child or a day nothing is read.
    """
    known = sorted(days)
    if not known or not child_ids:
        return rules.CustodyCalendar({})
    rows = Custody.objects.decided().filter(
        Q(until_on=None) | Q(until_on__gt=known[0]),
        child_id__in=child_ids,
        from_on__lte=known[-1],
    )
    by_child: dict[int, list[rules.Custody]] = defaultdict(list)
    for row in rows:
        by_child[row.child_id].append(arrangement_of(row))
    return rules.CustodyCalendar(by_child)


def arrangement_of(row: Custody) -> rules.Custody:
    """Return a record as the rules see it."""
    return rules.Custody(
        start=row.from_on,
        until=row.until_on,
        rhythm=rules.Rhythm(row.pattern),
        household=row.household_id,
        other=row.other_household_id,
        change_weekday=row.change_weekday,
        weekdays=frozenset(row.weekdays),
    )


def custodies_of(child: Child) -> QuerySet[Custody]:
    """Return what was decided and what waits for a child, the latest first."""
    return (
        Custody.objects.filter(child=child)
        .filter(status__in=["decided", "proposed"])
        .select_related("household", "other_household", "proposed_by")
        .order_by("-from_on", "-id")
    )
