"""What waits in a file, read within a query that is made anyway."""

from typing import Any

from django.db.models import Exists, Max, OuterRef, Subquery

from families.domain.home import FileState
from families.models import (
    FileReview,
    FileRules,
    Guardian,
    Household,
    ProposedValue,
)


def file_state(household: str) -> dict[str, Any]:
    """Return annotations for `FileState`; `household` is the path to the household."""
    mine = OuterRef(household)
    rules = FileRules.objects.order_by("pk")
    reviews = FileReview.objects.filter(household=mine).order_by().values("household")
    return {
        "file_waits": Exists(ProposedValue.objects.waiting().filter(household=mine)),
        "review_month": Subquery(rules.values("review_month")[:1]),
        "review_day": Subquery(rules.values("review_day")[:1]),
        "file_reviewed": Subquery(reviews.annotate(last=Max("season")).values("last")),
    }


def state_of(row: Guardian | Household) -> FileState:
    """Return the state that a row was read with."""
    said: Any = row
    return FileState(
        said.file_waits, said.review_month, said.review_day, said.file_reviewed
    )


def file_state_of(household: Household) -> FileState:
    """Return the state of a file, in one query."""
    rows = Household.objects.filter(pk=household.pk)
    return state_of(rows.annotate(**file_state("pk")).get())
