"""Deciding on a request: accept, refuse, or ask the family for more.

The first clerk decides. The same clerk clicking twice changes nothing more; another
one is told who decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from enrolment.domain.access import access_until
from enrolment.enums import NeedState, RequestStatus
from enrolment.models import Access, AccessRequest
from enrolment.queries.needs import Need, needs_of
from enrolment.queries.requests import find_latest_access, season_end
from enrolment.services.clocks import (
    CLOCK_FIELDS,
    is_decided_by_silence,
    stop_clock,
)
from enrolment.services.request_errors import (
    AlreadyDecidedError,
    BirthToWriteError,
    EmptyAccessError,
    OverlappingAccessError,
    ProofsToReviewError,
    ReasonNeededError,
    TimeIsOverError,
)
from enrolment.services.request_letters import (
    send_accepted,
    send_refused,
    send_to_complete,
)
from enrolment.services.waiting_letters import send_listed
from enrolment.services.wishes import wished_day
from foundation.accounts.models import Account
from foundation.journal.services import record


@dataclass(frozen=True, slots=True)
class AccessDays:
    """Days of an access: `until_on` is the first day without it."""

    from_on: date
    until_on: date


def proposed_days(
    request: AccessRequest, *, today: date, needs: Sequence[Need] | None = None
) -> AccessDays:
    """Return the days a clerk is offered: from now, until proofs or season end.

    After an access that still runs, the new one starts where it ends. `needs` are
    those of the request today, when they were read already.
    """
    if needs is None:
        needs = needs_of(request, on=today)
    access = _latest_access(request, today)
    first = today if access is None else max(today, access.until_on or today)
    expiries = [
        need.proof.valid_until
        for need in needs
        if need.requirement.is_mandatory
        and need.proof is not None
        and need.state == NeedState.VALID
    ]
    until = access_until(season_end=season_end(first), expiries=expiries)
    return AccessDays(first, until)


@transaction.atomic
def accept_request(
    *,
    request: AccessRequest,
    days: AccessDays,
    reviewer: Account,
    now: datetime,
    today: date,
) -> Access:
    """Accept a request: the child has access on these days, the family is told.

    Raises AlreadyDecidedError, ProofsToReviewError, BirthToWriteError,
    EmptyAccessError, OverlappingAccessError.
    """
    request = lock_to_decide(request.pk)
    if _is_again(request, RequestStatus.ACCEPTED, reviewer):
        return request.access
    _check_waiting(request, now)
    _check_proofs(needs_of(request, on=today))
    check_days(request, days, today)
    access = Access.objects.create(
        request=request,
        household=request.household,
        child=request.child,
        service=request.service,
        situation=request.situation,
        from_on=days.from_on,
        until_on=days.until_on,
    )
    _decide(request, RequestStatus.ACCEPTED, reviewer, now)
    record(
        actor=reviewer,
        action="request accepted",
        target=request,
        old={"status": RequestStatus.SUBMITTED},
        new={
            "status": request.status,
            "from": days.from_on,
            "until": days.until_on,
        },
    )
    send_accepted(request, access, now=now)
    return access


@transaction.atomic
def list_request(
    *, request: AccessRequest, reviewer: Account, now: datetime, today: date
) -> None:
    """Put a request on its service's waiting list: its proofs are in order.

    Raises AlreadyDecidedError, ProofsToReviewError.
    """
    request = lock_to_decide(request.pk)
    if _is_again(request, RequestStatus.LISTED, reviewer):
        return
    _check_waiting(request, now)
    needs = needs_of(request, on=today)
    _check_proofs(needs)
    request.wished_on = wished_day(needs)
    _decide(request, RequestStatus.LISTED, reviewer, now)
    record(
        actor=reviewer,
        action="request put on list",
        target=request,
        old={"status": RequestStatus.SUBMITTED},
        new={"status": request.status},
    )
    send_listed(request)


@transaction.atomic
def refuse_request(
    *, request: AccessRequest, reason: str, reviewer: Account, now: datetime
) -> None:
    """Refuse a request, with the reason the family reads and how to contest it.

    Raises AlreadyDecidedError, ReasonNeededError.
    """
    request = lock_to_decide(request.pk)
    if _is_again(request, RequestStatus.REFUSED, reviewer):
        return
    _check_waiting(request, now)
    _close_with_reason(request, RequestStatus.REFUSED, reason, reviewer, now)
    record(
        actor=reviewer,
        action="request refused",
        target=request,
        old={"status": RequestStatus.SUBMITTED},
        new={"status": request.status},
        reason=request.reason,
    )
    send_refused(request)


@transaction.atomic
def ask_for_more(
    *,
    request: AccessRequest,
    reason: str,
    reviewer: Account,
    now: datetime,
    today: date,
) -> None:
    """Give a request back to the family, with what is wrong or missing.

    Its legal clock stops until the family completes it.

    Raises AlreadyDecidedError, ReasonNeededError.
    """
    request = lock_to_decide(request.pk)
    if _is_again(request, RequestStatus.TO_COMPLETE, reviewer):
        return
    _check_waiting(request, now)
    stop_clock(request, today=today)
    _close_with_reason(request, RequestStatus.TO_COMPLETE, reason, reviewer, now)
    record(
        actor=reviewer,
        action="more asked",
        target=request,
        old={"status": RequestStatus.SUBMITTED},
        new={"status": request.status},
        reason=request.reason,
    )
    refused = [
        need
        for need in needs_of(request, on=today)
        if need.state == NeedState.REFUSED and need.proof is not None
    ]
    send_to_complete(request, refused)


def lock_to_decide(pk: int) -> AccessRequest:
    """Lock a request for its decision, and read what the decision needs."""
    return (
        AccessRequest.objects.select_for_update(of=("self",))
        .select_related(
            "household",
            "child",
            "service__department",
            "situation",
            "submitted_by",
            "decided_by",
        )
        .get(pk=pk)
    )


def _is_again(request: AccessRequest, status: str, reviewer: Account) -> bool:
    """Tell whether this clerk already took this very decision."""
    return request.status == status and request.decided_by == reviewer


def _check_waiting(request: AccessRequest, now: datetime) -> None:
    if request.status != RequestStatus.SUBMITTED:
        raise AlreadyDecidedError(request)
    if is_decided_by_silence(request, now=now):
        raise TimeIsOverError(request)


def _check_proofs(needs: list[Need]) -> None:
    """Refuse while a compulsory proof does not count today."""
    lacking = [
        str(need.proof_type)
        for need in needs
        if need.requirement.is_mandatory and need.state != NeedState.VALID
    ]
    if lacking:
        raise ProofsToReviewError(lacking)


def check_days(request: AccessRequest, days: AccessDays, today: date) -> None:
    """Refuse days that end before they start, or on which there is an access.

    A child to be born is accepted on a list alone. Raises BirthToWriteError,
    EmptyAccessError, OverlappingAccessError.
    """
    if request.child.is_expected and not request.service.keeps_waiting_list:
        raise BirthToWriteError
    if days.until_on <= days.from_on:
        raise EmptyAccessError
    known = _latest_access(request, min(today, days.from_on))
    if known is not None and (known.until_on is None or days.from_on < known.until_on):
        raise OverlappingAccessError(known.until_on)


def _latest_access(request: AccessRequest, on: date) -> Access | None:
    return find_latest_access(
        household=request.household,
        child=request.child,
        service=request.service,
        on=on,
    )


def _close_with_reason(
    request: AccessRequest, status: str, reason: str, reviewer: Account, now: datetime
) -> None:
    if not reason.strip():
        raise ReasonNeededError
    request.reason = reason.strip()
    _decide(request, status, reviewer, now)


def _decide(
    request: AccessRequest, status: str, reviewer: Account, now: datetime
) -> None:
    request.status = status
    request.decided_by = reviewer
    request.decided_at = now
    request.save(
        update_fields=[
            "status",
            "decided_by",
            "decided_at",
            "reason",
            "wished_on",
            *CLOCK_FIELDS,
        ]
    )
