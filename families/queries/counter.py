"""Reads of the visits to the counter."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from families.models import CounterVisit
from foundation.accounts.models import Account
from foundation.journal.models import Entry

# The journal is dated by the database, a visit by the server that opens it.
_SAME_POST = timedelta(seconds=5)


def open_visits(clerk: Account) -> QuerySet[CounterVisit]:
    """Return the visits a clerk has not ended, household and person loaded."""
    return CounterVisit.objects.filter(clerk=clerk, ended_at=None).select_related(
        "household__commune", "person", "clerk"
    )


def find_open_visit(clerk: Account, public_id: UUID) -> CounterVisit | None:
    """Return the clerk's own open visit, or None. One query."""
    return open_visits(clerk).filter(public_id=public_id).first()


def visits_made(clerk: Account) -> QuerySet[CounterVisit]:
    """Return every visit a clerk opened, over or not, latest first."""
    return (
        CounterVisit.objects.filter(clerk=clerk)
        .select_related("household__commune", "person", "clerk")
        .order_by("-started_at", "-id")
    )


def made_during(visit: CounterVisit, rows: Any, *, by: str, at: str) -> QuerySet[Any]:
    """Return the rows of the visit's household that its clerk made during it.

    `rows` is a manager or a query set; `by` and `at` name who made a row, and when.
    """
    window = {f"{at}__gte": visit.started_at}
    if visit.ended_at is not None:
        window[f"{at}__lte"] = visit.ended_at
    found: QuerySet[Any] = rows.filter(
        household=visit.household, **{by: visit.clerk}, **window
    )
    return found


def entries_of(visit: CounterVisit) -> QuerySet[Entry]:
    """Return what the journal keeps of a visit, oldest first."""
    found = Entry.objects.filter(
        on_behalf_of=visit.household.public_id,
        actor=visit.clerk,
        at__gte=visit.started_at - _SAME_POST,
    )
    if visit.ended_at is not None:
        found = found.filter(at__lte=visit.ended_at + _SAME_POST)
    return found.order_by("id")
