"""What the law makes of silence: applied once, on its day, by the worker.

Acceptance opens the access, with what was handed in; what a proof establishes (the
resident price, a quotient) still waits for a clerk. A request whose compulsory proof
was refused or has run out is not complete: it goes back to the family and its clock
stops. See docs/algorithms/clocks.md.
"""

import logging
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _, ngettext

from catalog.enums import Silence
from enrolment.domain.clocks import over_at
from enrolment.enums import NeedState, RequestStatus
from enrolment.models import Access, AccessRequest
from enrolment.queries.clocks import requests_over
from enrolment.queries.needs import Need, needs_of
from enrolment.services.clocks import CLOCK_FIELDS, is_decided_by_silence, stop_clock
from enrolment.services.request_letters import (
    send_accepted,
    send_refused,
    send_to_complete,
)
from enrolment.services.review import check_days, lock_to_decide, proposed_days
from enrolment.services.waiting_letters import send_listed
from enrolment.services.wishes import wished_day
from foundation.errors import DomainError
from foundation.journal.services import record
from foundation.periods import ONE_DAY
from tenants.queries import current_town

_log = logging.getLogger(__name__)
_LACKING = {NeedState.MISSING, NeedState.REFUSED, NeedState.EXPIRED}


def apply_silence(*, now: datetime) -> int:
    """Decide every request of the town whose time is over; return how many.

    Each in its own savepoint: one that cannot be decided stays on the clerks' list
    as late, and stops no other. Run twice, it decides nothing twice.
    """
    zone = ZoneInfo(current_town().time_zone)
    today = now.astimezone(zone).date()
    done = 0
    for pk in requests_over(today=today):
        try:
            done += _decide_one(pk, now=now, zone=zone)
        except DomainError as error:
            _log.warning("silence could not decide request %s: %s", pk, error)
    return done


@transaction.atomic
def _decide_one(pk: int, *, now: datetime, zone: ZoneInfo) -> bool:
    request = lock_to_decide(pk)
    if request.status != RequestStatus.SUBMITTED:
        return False
    if not is_decided_by_silence(request, now=now):
        return False
    assert request.answer_due_on is not None  # noqa: S101 - its time is over.
    at = over_at(request.answer_due_on, zone)
    with translation.override(current_town().locale):
        if request.silence == Silence.REFUSAL:
            _refuse(request, at)
        else:
            _accept_or_ask(request, at, today=now.astimezone(zone).date(), now=now)
    return True


def _refuse(request: AccessRequest, at: datetime) -> None:
    months = request.silence_months
    request.reason = ngettext(
        "The town did not answer within %(months)s month: by law this is a refusal.",
        "The town did not answer within %(months)s months: by law this is a refusal.",
        months,
    ) % {"months": months}
    _decide(request, RequestStatus.REFUSED, at)
    record(
        actor=None,
        action="request refused by silence",
        target=request,
        old={"status": RequestStatus.SUBMITTED},
        new={"status": request.status, "due": request.answer_due_on},
        reason=request.reason,
    )
    send_refused(request)


def _accept_or_ask(
    request: AccessRequest, at: datetime, *, today: date, now: datetime
) -> None:
    lacking = [
        need
        for need in needs_of(request, on=today)
        if need.requirement.is_mandatory and need.state in _LACKING
    ]
    if lacking:
        _give_back(request, lacking, today=today, now=now)
        return
    if request.service.keeps_waiting_list:
        _put_on_list(request, at, today)
        return
    access = _open_access(request)
    _decide(request, RequestStatus.ACCEPTED, at)
    record(
        actor=None,
        action="request accepted by silence",
        target=request,
        old={"status": RequestStatus.SUBMITTED},
        new={
            "status": request.status,
            "due": request.answer_due_on,
            "from": access.from_on,
            "until": access.until_on,
        },
    )
    send_accepted(request, access, now=now)


def _put_on_list(request: AccessRequest, at: datetime, today: date) -> None:
    """Put the request on the list: what it asks for, and all that silence accepts."""
    request.wished_on = wished_day(needs_of(request, on=today))
    request.save(update_fields=["wished_on"])
    _decide(request, RequestStatus.LISTED, at)
    record(
        actor=None,
        action="request put on list",
        target=request,
        old={"status": RequestStatus.SUBMITTED},
        new={"status": request.status, "due": request.answer_due_on},
    )
    send_listed(request)


def _open_access(request: AccessRequest) -> Access:
    """Open the access on the day after the last day to answer."""
    assert request.answer_due_on is not None  # noqa: S101 - as above.
    first = request.answer_due_on + ONE_DAY
    days = proposed_days(request, today=first)
    check_days(request, days, first)
    return Access.objects.create(
        request=request,
        household=request.household,
        child=request.child,
        service=request.service,
        situation=request.situation,
        from_on=days.from_on,
        until_on=days.until_on,
    )


def _give_back(
    request: AccessRequest, lacking: Sequence[Need], *, today: date, now: datetime
) -> None:
    names = ", ".join(str(need.proof_type) for need in lacking)
    request.status = RequestStatus.TO_COMPLETE
    request.decided_at = now
    request.reason = _("Send these proofs again: %(names)s.") % {"names": names}
    stop_clock(request, today=today)
    request.save(update_fields=["status", "decided_at", "reason", *CLOCK_FIELDS])
    record(
        actor=None,
        action="more asked",
        target=request,
        old={"status": RequestStatus.SUBMITTED},
        new={"status": request.status},
        reason=request.reason,
    )
    send_to_complete(
        request, [need for need in lacking if need.state == NeedState.REFUSED]
    )


def _decide(request: AccessRequest, status: str, at: datetime) -> None:
    request.status = status
    request.decided_by = None
    request.decided_at = at
    request.decided_by_silence = True
    request.save(
        update_fields=[
            "status",
            "decided_by",
            "decided_at",
            "decided_by_silence",
            "reason",
        ]
    )
