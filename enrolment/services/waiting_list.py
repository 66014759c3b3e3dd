"""A waiting list after the decision: places offered, taken, declined, left unanswered.

One place at a time is offered to a child. Taking it accepts the request: its access
opens the next step. Declined, or without an answer in time, the child keeps its rank
unless the family leaves the list. A list counts no places: the clerk knows them.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from enrolment.enums import LISTED_REQUESTS, OfferAnswer, OfferState, RequestStatus
from enrolment.models import Access, AccessRequest, PlaceOffer
from enrolment.queries.requests import season_end
from enrolment.queries.waiting_list import find_open_offer, offers_over
from enrolment.services.request_errors import ReasonNeededError
from enrolment.services.request_letters import send_refused
from enrolment.services.review import AccessDays, check_days, lock_to_decide
from enrolment.services.waiting_errors import (
    AlreadyOfferedError,
    NoTimeToAnswerError,
    NotOnListError,
    OfferClosedError,
)
from enrolment.services.waiting_letters import (
    send_left,
    send_offer,
    send_offer_closed,
    send_taken,
)
from foundation.accounts.models import Account
from foundation.journal.services import record


@dataclass(frozen=True, slots=True)
class Place:
    """What a clerk offers: from when, what, and until when to answer, included."""

    starts_on: date
    answer_by: date
    words: str = ""


@transaction.atomic
def offer_place(
    *,
    request: AccessRequest,
    place: Place,
    reviewer: Account,
    now: datetime,
    today: date,
) -> PlaceOffer:
    """Offer a place to a child on the list; the family is told.

    Raises NotOnListError, AlreadyOfferedError, NoTimeToAnswerError.
    """
    request = _lock_listed(request)
    if request.status == RequestStatus.OFFERED:
        raise AlreadyOfferedError
    if place.answer_by <= today:
        raise NoTimeToAnswerError
    offer = PlaceOffer.objects.create(
        request=request,
        starts_on=place.starts_on,
        answer_by=place.answer_by,
        words=place.words.strip(),
        made_by=reviewer,
        made_at=now,
    )
    _move(request, RequestStatus.OFFERED)
    record(
        actor=reviewer,
        action="place offered",
        target=request,
        old={"status": RequestStatus.LISTED},
        new={
            "status": request.status,
            "from": offer.starts_on,
            "answer_by": offer.answer_by,
        },
    )
    send_offer(offer)
    return offer


@transaction.atomic
def answer_offer(
    *,
    offer: PlaceOffer,
    answer: OfferAnswer,
    actor: Account,
    now: datetime,
    today: date,
) -> AccessRequest:
    """Take the place, or decline it and stay on the list or leave it.

    The same answer sent twice changes nothing more. Raises OfferClosedError, also
    from the day after the last one to answer.
    """
    request = lock_to_decide(offer.request_id)
    offer = request.offers.get(pk=offer.pk)
    if offer.state == _STATES[answer]:
        return request
    if offer.state != OfferState.OPEN or offer.answer_by < today:
        raise OfferClosedError
    _close(offer, _STATES[answer], now)
    if answer == OfferAnswer.ACCEPT:
        _take(request, offer, actor, today)
        return request
    leaves = answer == OfferAnswer.LEAVE
    _move(request, RequestStatus.WITHDRAWN if leaves else RequestStatus.LISTED)
    _note(request, "offer declined", actor)
    if leaves:
        send_left(request)
    else:
        send_offer_closed(offer)
    return request


@transaction.atomic
def take_back_offer(
    *, request: AccessRequest, reviewer: Account, now: datetime
) -> None:
    """Take an offer back: the child is on the list again, the family is told.

    Raises OfferClosedError.
    """
    request = lock_to_decide(request.pk)
    offer = find_open_offer(request)
    if offer is None:
        raise OfferClosedError
    _close(offer, OfferState.TAKEN_BACK, now)
    _move(request, RequestStatus.LISTED)
    _note(request, "offer taken back", reviewer)
    send_offer_closed(offer)


@transaction.atomic
def take_off_list(
    *, request: AccessRequest, reason: str, reviewer: Account, now: datetime
) -> None:
    """Take a child off the list, with the reason that the family reads.

    Raises NotOnListError, ReasonNeededError.
    """
    request = _lock_listed(request)
    if not reason.strip():
        raise ReasonNeededError
    was = request.status
    close_open_offer(request, OfferState.TAKEN_BACK, now)
    request.status, request.reason = RequestStatus.REFUSED, reason.strip()
    request.decided_by, request.decided_at = reviewer, now
    request.decided_by_silence = False
    request.save()
    record(
        actor=reviewer,
        action="request taken off list",
        target=request,
        old={"status": was},
        new={"status": request.status},
        reason=request.reason,
    )
    send_refused(request)


@transaction.atomic
def expire_offers(*, now: datetime, today: date) -> int:
    """End the offers without an answer in time; the children keep their rank."""
    done = 0
    for pk, request_id in offers_over(today=today).values_list("pk", "request_id"):
        request = lock_to_decide(request_id)
        offer = request.offers.get(pk=pk)
        if offer.state != OfferState.OPEN:
            continue
        _close(offer, OfferState.EXPIRED, now)
        _move(request, RequestStatus.LISTED)
        _note(request, "offer expired", None)
        send_offer_closed(offer)
        done += 1
    return done


def close_open_offer(request: AccessRequest, state: str, now: datetime) -> None:
    """Close the offer that waits, if there is one, in the caller's transaction."""
    offer = find_open_offer(request)
    if offer is not None:
        _close(offer, state, now)


_STATES = {
    OfferAnswer.ACCEPT: OfferState.ACCEPTED,
    OfferAnswer.STAY: OfferState.DECLINED,
    OfferAnswer.LEAVE: OfferState.DECLINED,
}


def _take(
    request: AccessRequest, offer: PlaceOffer, actor: Account, today: date
) -> None:
    """Open the access: from today, so that the next step may be asked for at once."""
    days = AccessDays(today, season_end(max(offer.starts_on, today)))
    check_days(request, days, today)
    Access.objects.create(
        request=request,
        household=request.household,
        child=request.child,
        service=request.service,
        situation=request.situation,
        from_on=days.from_on,
        until_on=days.until_on,
    )
    _move(request, RequestStatus.ACCEPTED)
    _note(request, "offer accepted", actor)
    send_taken(offer)


def _lock_listed(request: AccessRequest) -> AccessRequest:
    locked = lock_to_decide(request.pk)
    if locked.status not in LISTED_REQUESTS:
        raise NotOnListError
    return locked


def _close(offer: PlaceOffer, state: str, now: datetime) -> None:
    offer.state, offer.closed_at = state, now
    offer.save(update_fields=["state", "closed_at"])


def _move(request: AccessRequest, status: str) -> None:
    request.status = status
    request.save(update_fields=["status"])


def _note(request: AccessRequest, action: str, actor: Account | None) -> None:
    record(
        actor=actor,
        action=action,
        target=request,
        old={"status": RequestStatus.OFFERED},
        new={"status": request.status},
    )
