"""What a clerk reads to decide on a family's changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from families.domain.editable import Editable
from families.models import ChangeRequest, Document, Proof
from families.queries.changes import documents_beside
from families.services.change_lines import (
    ReviewLine,
    review_line,
    subject_of,
    time_left,
)
from families.services.editables import PARTS
from foundation.accounts.models import Account
from foundation.journal.models import Entry, ReadingSubject
from foundation.journal.services import record_reading


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One request of the queue."""

    request: ChangeRequest
    subjects: Sequence[str]
    status: str
    tone: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One request with its values, the family's proofs and its history."""

    request: ChangeRequest
    lines: Sequence[ReviewLine]
    proofs: Sequence[Proof]
    history: Sequence[Entry]
    status: str
    tone: str


def queue_rows(requests: Iterable[ChangeRequest], *, now: datetime) -> list[QueueRow]:
    """Return the rows of a page of the queue."""
    return [_row(request, now) for request in requests]


def review_page(
    request: ChangeRequest, *, reader: Account, now: datetime
) -> ReviewPage:
    """Return what the page of a request shows; reading health is journalled."""
    values = list(request.values.all())
    if any(PARTS[Editable(value.part)].is_secret for value in values):
        record_reading(
            actor=reader,
            subject=ReadingSubject.HEALTH,
            what="change of a file",
            target=request.household,
        )
    status, tone = time_left(request, now=now)
    return ReviewPage(
        request=request,
        lines=[review_line(value, request.household) for value in values],
        proofs=documents_beside(request),
        history=list(_history(request)),
        status=status,
        tone=tone,
    )


def read_document(document: Document, *, reader: Account) -> None:
    """Journal that a clerk opened a proof beside a change."""
    record_reading(
        actor=reader,
        subject=ReadingSubject.IDENTITY,
        what="proof beside a change",
        target=document.proof,
    )


def _history(request: ChangeRequest) -> Iterable[Entry]:
    kind = ChangeRequest._meta.label_lower  # noqa: SLF001 - _meta is public in practice.
    return Entry.objects.about(kind, request.public_id).select_related("actor")


def _row(request: ChangeRequest, now: datetime) -> QueueRow:
    subjects = [subject_of(value) for value in request.values.all()]
    status, tone = time_left(request, now=now)
    return QueueRow(
        request=request,
        subjects=list(dict.fromkeys(subjects)),
        status=status,
        tone=tone,
        is_late=request.closed_at is None and request.due_at < now,
    )
