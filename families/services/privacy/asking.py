"""A family asks that its file be erased; the town answers within the law's time.

Everybody is told by mail at each step. A request may be made at any time: what is owed
or booked only stands in the way of saying yes.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from families.domain.retention import answer_due
from families.enums.privacy import ErasureStatus
from families.models import ErasureRequest, Household
from families.policies import is_responsible, may_erase_data
from families.queries import addresses_of
from families.services.privacy import letters
from families.services.privacy.erasing import erase_households
from families.services.privacy.outlook import obstacles_of
from families.services.privacy.rules import town_country
from families.signals import erasure_accepted
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record

#: The administrators are told again so long before the last day.
WARNED_BEFORE = timedelta(days=7)


class AlreadyAskedError(DomainError):
    """Once is enough."""

    def __init__(self) -> None:
        super().__init__(_("You have asked already. The town will answer you."))


class NotTheirsToAskError(DomainError):
    """The whole file goes: only who answers for it asks."""

    def __init__(self) -> None:
        super().__init__(_("Only the responsible of the household may ask this."))


class AlreadyDecidedError(DomainError):
    """Somebody was faster."""

    def __init__(self) -> None:
        super().__init__(_("This request is answered already."))


class StillInTheWayError(DomainError):
    """Something is owed, booked or waited for: `reasons`, one sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(_("Something has to be settled before this family is erased."))
        self.reasons = reasons


class ReasonNeededError(DomainError):
    """A refusal says why."""

    def __init__(self) -> None:
        super().__init__(_("Say why."))


@transaction.atomic
def ask_erasure(
    *, household: Household, actor: Account, today: date, now: datetime
) -> ErasureRequest:
    """Keep that a family wants to be erased, and tell both sides.

    Raises NotTheirsToAskError and AlreadyAskedError.
    """
    if not is_responsible(actor, household):
        raise NotTheirsToAskError
    locked = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    if open_request_of(locked) is not None:
        raise AlreadyAskedError
    request = ErasureRequest.objects.create(
        household=locked,
        asked_by=actor,
        asked_at=now,
        due_on=answer_due(asked_on=today, country=town_country()),
    )
    record(actor=actor, action="erasure asked", target=locked)
    letters.send_asked(request, obstacles=obstacles_of(locked, today=today))
    letters.send_to_decide(request, to=administrators())
    return request


@transaction.atomic
def withdraw_erasure(*, household: Household, actor: Account, now: datetime) -> None:
    """Take a request back while nobody answered it. Raises AlreadyDecidedError."""
    request = (
        ErasureRequest.objects.waiting()
        .filter(household=household)
        .select_for_update(of=("self",))
        .first()
    )
    if request is None:
        raise AlreadyDecidedError
    _decide(request, ErasureStatus.WITHDRAWN, actor=actor, now=now, reason="")
    record(actor=actor, action="erasure taken back", target=household)
    letters.send_withdrawn(request)


@transaction.atomic
def refuse_erasure(
    *, request: ErasureRequest, reason: str, actor: Account, now: datetime
) -> None:
    """Refuse, with the reason that the family reads.

    Raises AlreadyDecidedError and ReasonNeededError.
    """
    if not reason.strip():
        raise ReasonNeededError
    locked = _lock(request)
    _decide(locked, ErasureStatus.REFUSED, actor=actor, now=now, reason=reason)
    record(
        actor=actor, action="erasure refused", target=locked.household, reason=reason
    )
    letters.send_refused(locked)


@transaction.atomic
def accept_erasure(
    *,
    request: ErasureRequest,
    reason: str,
    actor: Account,
    today: date,
    now: datetime,
) -> None:
    """Accept: a job erases the file at once, then tells the family.

    Raises AlreadyDecidedError, and StillInTheWayError when something is owed or booked.
    """
    locked = _lock(request)
    reasons = obstacles_of(locked.household, today=today)
    if reasons:
        raise StillInTheWayError(reasons)
    _decide(locked, ErasureStatus.ACCEPTED, actor=actor, now=now, reason=reason)
    record(
        actor=actor, action="erasure accepted", target=locked.household, reason=reason
    )
    erasure_accepted.send(sender=ErasureRequest, request_id=locked.pk)


@transaction.atomic
def erase_accepted(*, request_id: int, today: date, now: datetime) -> bool:
    """Erase a family whose request was accepted; return False when nothing is to do.

    What was booked or billed since then sends the request back to be decided. The last
    message is written once the addresses are gone, and leaves nothing in the outbox.
    """
    request = ErasureRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if request.status != ErasureStatus.ACCEPTED:
        return False
    household = Household.objects.select_for_update(of=("self",)).get(
        pk=request.household_id
    )
    if obstacles_of(household, today=today):
        request.status, request.decided_at = ErasureStatus.ASKED, None
        request.decided_by, request.reason = None, ""
        request.save()
        letters.send_to_decide(request, to=administrators())
        return False
    known = addresses_of([household.pk])[household.pk]
    erase_households(households=[household.pk], actor=request.decided_by, now=now)
    letters.send_erased(known)
    return True


@transaction.atomic
def warn_of_due(*, today: date, now: datetime) -> int:
    """Tell administrators, once, of requests whose last day is near."""
    near = list(
        ErasureRequest.objects.waiting()
        .filter(due_on__lte=today + WARNED_BEFORE, warned_at=None)
        .select_for_update(of=("self",))
    )
    for request in near:
        letters.send_due(request, to=administrators())
        request.warned_at = now
        request.save(update_fields=["warned_at"])
    return len(near)


def open_request_of(household: Household) -> ErasureRequest | None:
    """Return what a family asked and is not over, if anything."""
    return household.erasure_requests.filter(
        status__in=(ErasureStatus.ASKED, ErasureStatus.ACCEPTED)
    ).first()


def administrators() -> list[str]:
    """Return the addresses of those who may erase."""
    staff = Account.objects.filter(is_staff=True, is_active=True).order_by("pk")
    return [each.email for each in staff if may_erase_data(each)]


def _lock(request: ErasureRequest) -> ErasureRequest:
    locked = (
        ErasureRequest.objects.select_for_update(of=("self",))
        .select_related("household")
        .get(pk=request.pk)
    )
    if locked.status != ErasureStatus.ASKED:
        raise AlreadyDecidedError
    return locked


def _decide(
    request: ErasureRequest,
    status: ErasureStatus,
    *,
    actor: Account,
    now: datetime,
    reason: str,
) -> None:
    request.status, request.reason = status, reason
    request.decided_by, request.decided_at = actor, now
    request.save(update_fields=["status", "reason", "decided_by", "decided_at"])
