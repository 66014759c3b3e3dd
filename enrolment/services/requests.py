"""Asking for a service: a family writes a request, hands in proofs, sends it.

Each step is kept as soon as it is answered. A request is sent once, whatever the
number of clicks, and never without its compulsory proofs.
"""

import secrets
from datetime import date, datetime

from django.db import transaction

from catalog.models import Service, Situation
from enrolment.domain.access import may_renew
from enrolment.enums import (
    LISTED_REQUESTS,
    LIVE_REQUESTS,
    OPEN_REQUESTS,
    WRITABLE_REQUESTS,
    OfferState,
    RequestStatus,
)
from enrolment.models import AccessRequest
from enrolment.queries.needs import needs_of
from enrolment.queries.requests import find_latest_access
from enrolment.services.clocks import start_clock
from enrolment.services.request_errors import (
    AlreadyAcceptedError,
    AlreadyAskedError,
    NotAskedForError,
    NotBornYetError,
    NotCertifiedError,
    NotYourChildError,
    RequestsNotOpenError,
    StepBeforeError,
    WrongSituationError,
)
from enrolment.services.request_letters import send_received
from enrolment.services.request_proofs import (
    attach_all,
    lock_request,
    withdraw_lonely_proofs,
)
from enrolment.services.waiting_letters import send_left
from enrolment.services.waiting_list import close_open_offer
from families.models import Child, Household
from families.services.following import note_following
from foundation.accounts.models import Account
from foundation.journal.services import record
from foundation.references import NUMBERS, reference


@transaction.atomic
def open_request(
    *,
    household: Household,
    child: Child,
    service: Service,
    actor: Account,
    now: datetime,
    today: date,
) -> AccessRequest:
    """Start a request, or find again the draft that was started before.

    Raises NotAskedForError, NotYourChildError, NotBornYetError, RequestsNotOpenError,
    StepBeforeError, AlreadyAskedError (which holds the request), AlreadyAcceptedError.
    """
    # Two tabs of one family wait for each other here.
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    _check_may_ask(household, child, service, now=now)
    known = _find_draft(household, child, service)
    if known is not None:
        return known
    _check_step_before(household, child, service, today=today)
    _check_not_accepted(household, child, service, today=today)
    request = AccessRequest.objects.create(
        tracking_number=reference(secrets.randbelow(NUMBERS)),
        household=household,
        child=child,
        service=service,
        submitted_by=actor,
    )
    record(
        actor=actor,
        action="request opened",
        target=request,
        new={"child": str(child.public_id), "service": service.code},
    )
    return request


@transaction.atomic
def choose_situation(
    *, request: AccessRequest, situation: Situation, actor: Account
) -> None:
    """Keep the situation of the family, on which proofs and price depend.

    Raises RequestClosedError, WrongSituationError.
    """
    request = lock_request(request, WRITABLE_REQUESTS)
    if situation.service_id != request.service_id:
        raise WrongSituationError
    if request.situation_id == situation.pk:
        return
    old = request.situation.code if request.situation else ""
    request.situation = situation
    request.save(update_fields=["situation"])
    record(
        actor=actor,
        action="situation chosen",
        target=request,
        old={"situation": old},
        new={"situation": situation.code},
    )


@transaction.atomic
def submit_request(
    *,
    request: AccessRequest,
    is_certified: bool,
    actor: Account,
    now: datetime,
    today: date,
) -> AccessRequest:
    """Send a request to the town; one sent already is returned unchanged.

    A completed request keeps its place in the queue. Raises RequestClosedError,
    WrongSituationError, NotBornYetError, MissingProofsError, NotCertifiedError.
    """
    request = lock_request(request, OPEN_REQUESTS)
    if request.status == RequestStatus.SUBMITTED:
        return request
    _check_complete(request)
    attach_all(request, needs_of(request, on=today))
    if not is_certified:
        raise NotCertifiedError
    was = request.status
    _mark_sent(request, actor, now, today)
    completed = was == RequestStatus.TO_COMPLETE
    note_following(
        household=request.household,
        department=request.service.department,
        today=today,
    )
    record(
        actor=actor,
        action="request completed" if completed else "request submitted",
        target=request,
        old={"status": was},
        new={"status": request.status, "certified": True},
    )
    send_received(request, completed=completed, today=today)
    return request


@transaction.atomic
def withdraw_request(*, request: AccessRequest, actor: Account, now: datetime) -> None:
    """Take a request back; a draft disappears, with the proofs given for it alone.

    From a waiting list, the family is told in writing. Done twice, it changes nothing
    more. Raises RequestClosedError.
    """
    request = lock_request(request, [*LIVE_REQUESTS, RequestStatus.WITHDRAWN])
    if request.status == RequestStatus.WITHDRAWN:
        return
    withdraw_lonely_proofs(request, actor)
    was = request.status
    request.status = RequestStatus.WITHDRAWN
    record(
        actor=actor,
        action="request withdrawn",
        target=request,
        old={"status": was},
        new={"status": request.status},
    )
    if was == RequestStatus.DRAFT:
        request.delete()
    else:
        request.save(update_fields=["status"])
    if was in LISTED_REQUESTS:
        close_open_offer(request, OfferState.DECLINED, now)
        send_left(request)


def _check_may_ask(
    household: Household, child: Child, service: Service, *, now: datetime
) -> None:
    if not (service.is_published and service.requires_access):
        raise NotAskedForError
    known = Child.objects.in_family(household).filter(pk=child.pk).first()
    if known is None:
        raise NotYourChildError
    if known.is_expected and not service.takes_expected_children:
        raise NotBornYetError(service)
    if service.requests_open_at is not None and now < service.requests_open_at:
        raise RequestsNotOpenError(service.requests_open_at)


def _check_complete(request: AccessRequest) -> None:
    if request.situation is None and request.service.situations.exists():
        raise WrongSituationError
    if request.child.is_expected and not request.service.keeps_waiting_list:
        raise NotBornYetError(request.service)


def _find_draft(
    household: Household, child: Child, service: Service
) -> AccessRequest | None:
    known = AccessRequest.objects.filter(
        household=household, child=child, service=service, status__in=LIVE_REQUESTS
    ).first()
    if known is not None and known.status != RequestStatus.DRAFT:
        raise AlreadyAskedError(known)
    return known


def _check_step_before(
    household: Household, child: Child, service: Service, *, today: date
) -> None:
    before = service.comes_after
    if before is None:
        return
    access = find_latest_access(
        household=household, child=child, service=before, on=today
    )
    if access is None:
        raise StepBeforeError(before)


def _check_not_accepted(
    household: Household, child: Child, service: Service, *, today: date
) -> None:
    access = find_latest_access(
        household=household, child=child, service=service, on=today
    )
    if access is not None and not may_renew(access.until_on, today=today):
        raise AlreadyAcceptedError(access.until_on)


def _mark_sent(
    request: AccessRequest, actor: Account, now: datetime, today: date
) -> None:
    start_clock(request, today=today)
    request.status = RequestStatus.SUBMITTED
    request.submitted_by = actor
    request.submitted_at = request.submitted_at or now
    request.decided_by = request.decided_at = None
    request.reason = ""
    request.save()
