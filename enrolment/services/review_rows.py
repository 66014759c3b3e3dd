"""What clerks read: the rows of the queue, what families typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from enrolment.domain.access import answer_due
from enrolment.enums import RequestStatus
from enrolment.models import AccessRequest
from enrolment.queries.needs import Need
from enrolment.services.request_lines import TONES, place_of
from families.enums import ProofKind
from families.models import Proof
from families.services.proof_answers import answer_lines
from foundation.accounts.models import Account
from foundation.journal.services import record
from tenants.queries import current_town

SHOWN_DIGITS = 4


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One request of the queue; `urgency` says when the legal time is nearly over."""

    request: AccessRequest
    place: str
    tone: str
    answer_due: date | None
    days_waiting: int
    urgency: str


URGENT_DAYS = 14


def queue_rows(requests: Iterable[AccessRequest], *, now: datetime) -> list[QueueRow]:
    """Return the rows of a page of the queue."""
    locale, today = current_town().locale, timezone.localtime(now).date()
    return [_row(request, today, locale) for request in requests]


def read_values(needs: Sequence[Need], *, actor: Account) -> None:
    """Journal that a clerk reads what families typed."""
    for need in needs:
        if need.proof is not None and need.proof.value:
            record(actor=actor, action="proof value read", target=need.proof)


def shown_value(proof: Proof) -> str:
    """Return what was typed; of an IBAN, its country and its last digits only."""
    value = proof.value or ""
    if proof.proof_type.kind == ProofKind.IBAN and value:
        return f"{value[:2]}•• •••• {value[-SHOWN_DIGITS:]}"
    if proof.proof_type.kind == ProofKind.FORM:
        return "\n".join(f"{asked} {given}" for asked, given in answer_lines(proof))
    return value


def _row(request: AccessRequest, today: date, locale: str) -> QueueRow:
    assert request.submitted_at is not None  # noqa: S101 - the queue has no draft.
    sent_on = timezone.localtime(request.submitted_at).date()
    due = answer_due(sent_on, locale=locale)
    waits = request.status == RequestStatus.SUBMITTED
    return QueueRow(
        request=request,
        place=place_of(request.service),
        tone=TONES[request.status],
        answer_due=due if waits else None,
        days_waiting=(today - sent_on).days,
        urgency=_urgency(due, today) if waits and due else "",
    )


def _urgency(due: date, today: date) -> str:
    if due < today:
        return _("Overdue")
    return _("Soon") if (due - today).days <= URGENT_DAYS else ""
