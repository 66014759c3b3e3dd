"""What clerks read: the rows of the queue, what families typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.enums import Silence
from enrolment.enums import RequestStatus
from enrolment.models import AccessRequest
from enrolment.queries.needs import Need
from enrolment.queries.review_queue import NEAR_DAYS
from enrolment.services.request_lines import TONES, place_of
from families.enums import ProofKind
from families.models import Proof
from families.services.proof_answers import answer_lines
from foundation.accounts.models import Account
from foundation.days import date_format
from foundation.journal.services import record

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
    is_waiting: bool
    silence: str


def queue_rows(requests: Iterable[AccessRequest], *, now: datetime) -> list[QueueRow]:
    """Return the rows of a page of the queue."""
    today = timezone.localtime(now).date()
    return [_row(request, today) for request in requests]


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


def _row(request: AccessRequest, today: date) -> QueueRow:
    assert request.submitted_at is not None  # noqa: S101 - the queue has no draft.
    sent_on = timezone.localtime(request.submitted_at).date()
    due = request.answer_due_on
    waits = request.status == RequestStatus.SUBMITTED
    return QueueRow(
        request=request,
        place=place_of(request.service),
        tone=TONES[request.status],
        answer_due=due if waits else None,
        days_waiting=(today - sent_on).days,
        urgency=_urgency(due, today) if waits and due else "",
        is_waiting=waits,
        silence=silence_of(request) if waits else "",
    )


def silence_of(request: AccessRequest) -> str:
    """Say in two words what silence means for a request."""
    if request.silence == Silence.ACCEPTANCE:
        return _("then accepted")
    return _("then refused") if request.silence == Silence.REFUSAL else ""


def clock_line(request: AccessRequest, *, today: date) -> str:
    """Say where the legal clock of an open request stands."""
    if request.clock_stopped_on is not None:
        day = date_format(request.clock_stopped_on, "DATE_FORMAT")
        return _("Stopped since %(day)s: the family completes.") % {"day": day}
    due = request.answer_due_on
    if request.status != RequestStatus.SUBMITTED or due is None:
        return ""
    told = [date_format(due, "DATE_FORMAT"), silence_of(request), _urgency(due, today)]
    return ", ".join(filter(None, told))


def _urgency(due: date, today: date) -> str:
    if due < today:
        return _("Overdue")
    return _("Soon") if (due - today).days <= NEAR_DAYS else ""
