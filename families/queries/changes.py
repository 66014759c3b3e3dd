"""Reads of the changes that families ask for, and of the yearly reviews."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from families.enums import ProofStatus, Proves
from families.models import (
    ChangeRequest,
    Document,
    FileReview,
    FileRules,
    Guardian,
    Household,
    Proof,
    ProposedValue,
)
from foundation.accounts.models import Account
from foundation.references import tidy_reference
from tenants.domain.scope import Scope


def file_rules() -> FileRules:
    """Return how the town keeps its files; the safe defaults before it says."""
    return FileRules.objects.first() or FileRules(id=1)


def waiting_values_of(household: Household) -> QuerySet[ProposedValue]:
    """Return what a household waits for, oldest first, with whom it is about."""
    return (
        ProposedValue.objects.waiting()
        .filter(household=household)
        .select_related("request", "household__commune", "person", "child__school")
        .order_by("id")
    )


def changes_of(household: Household) -> QuerySet[ChangeRequest]:
    """Return a household's requests, newest first, with their values: two queries."""
    return (
        ChangeRequest.objects.filter(household=household)
        .prefetch_related(_values())
        .order_by("-submitted_at", "-id")
    )


def get_value(household: Household, public_id: UUID) -> ProposedValue:
    """Return a value of the household, whatever became of it, or raise Http404."""
    return get_object_or_404(ProposedValue, household=household, public_id=public_id)


def find_tracked_change(
    typed: str, account: Account | None
) -> tuple[ChangeRequest, bool] | None:
    """Return the request of a number, and whether the account's household sent it.

    One read.
    """
    theirs = Guardian.objects.filter(
        household=OuterRef("household"),
        person__account_id=account.pk if account else 0,
    )
    found = (
        ChangeRequest.objects.filter(tracking_number=tidy_reference(typed))
        .annotate(is_theirs=Exists(theirs))
        .first()
    )
    return (found, bool(getattr(found, "is_theirs", False))) if found else None


def change_queue(
    scope: Scope, *, text: str = "", only_waiting: bool = True
) -> QuerySet[ChangeRequest]:
    """Return the requests that a clerk sees, what is due first on top.

    `text` holds words of a tracking number, a file number or a name.
    """
    seen = ChangeRequest.objects.in_scope(scope)
    found = seen.waiting() if only_waiting else seen.order_by("-submitted_at", "-id")
    for word in text.replace("\0", "").split():
        found = found.filter(_named(word))
    return found.select_related("household", "submitted_by").prefetch_related(_values())


def get_change(scope: Scope, public_id: UUID) -> ChangeRequest:
    """Return a request with all that its page shows.

    Raises Http404 outside the clerk's scope, exactly as for one that does not exist.
    """
    return get_object_or_404(
        ChangeRequest.objects.in_scope(scope)
        .select_related("household__commune", "submitted_by")
        .prefetch_related(_values()),
        public_id=public_id,
    )


def find_next_change(scope: Scope, request: ChangeRequest) -> ChangeRequest | None:
    """Return the request, other than this one, whose answer is due first."""
    seen = ChangeRequest.objects.in_scope(scope)
    return seen.waiting().exclude(pk=request.pk).first()


def count_changes(scope: Scope, *, now: datetime) -> tuple[int, int]:
    """Return how many requests wait, and how many of them are late: one query."""
    counted = ChangeRequest.objects.in_scope(scope).filter(closed_at=None)
    numbers = counted.aggregate(
        waiting=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now))
    )
    return numbers["waiting"], numbers["late"]


def last_review_of(household: Household) -> FileReview | None:
    """Return the household's latest certification, with who made it."""
    return (
        FileReview.objects.filter(household=household)
        .select_related("by")
        .order_by("-at", "-id")
        .first()
    )


def households_without_review(scope: Scope, *, season: int) -> QuerySet[Household]:
    """Return the households that have not said their file is right this season."""
    done = FileReview.objects.filter(household=OuterRef("pk"), season__gte=season)
    seen = Household.objects.in_scope(scope)
    return seen.exclude(Exists(done)).order_by("file_number")


def with_last_reviews(
    households: Iterable[Household],
) -> dict[int, FileReview]:
    """Return the latest review of each household, in one query."""
    latest = FileReview.objects.filter(household__in=households).order_by(
        "household_id", "-at", "-id"
    )
    return {review.household_id: review for review in latest.distinct("household_id")}


def _named(word: str) -> Q:
    by_guardian = Q(household__guardians__person__last_name__icontains=word) | Q(
        household__guardians__person__first_name__icontains=word
    )
    found = ChangeRequest.objects.filter(by_guardian).values("pk")
    return (
        Q(tracking_number__icontains=word)
        | Q(household__file_number__icontains=word)
        | Q(pk__in=found)
    )


def _values() -> "Prefetch[str]":
    values = ProposedValue.objects.select_related(
        "household__commune", "person", "child__school", "closed_by"
    )
    return Prefetch("values", values.order_by("id"))


def documents_beside(request: ChangeRequest) -> list[Proof]:
    """Return the household's proofs beside a change: those that wait, its home's."""
    return list(
        Proof.objects.current()
        .filter(
            Q(status=ProofStatus.SUBMITTED) | Q(proof_type__proves=Proves.RESIDENCE),
            household=request.household_id,
        )
        .select_related("proof_type", "child")
        .prefetch_related("documents")
        .order_by("-submitted_at")
    )


def get_document_beside(request: ChangeRequest, public_id: UUID) -> Document:
    """Return a document of those proofs, or raise Http404."""
    return get_object_or_404(
        Document.objects.select_related("proof__household"),
        proof__in=documents_beside(request),
        public_id=public_id,
    )
