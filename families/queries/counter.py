"""Reads of the visits to the counter."""

from uuid import UUID

from django.db.models import QuerySet

from families.models import CounterVisit
from foundation.accounts.models import Account


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
