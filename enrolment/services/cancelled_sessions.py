"""What a cancelled session does to those who had a place: nobody pays for it.

Places booked are cancelled free of charge, those held leave their baskets, and each
household is told once. A booking that a family gave up too late is not due any more
either: there is nothing to pay for what does not take place.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from catalog.models import Session
from enrolment.enums import SEATED, BookingStatus
from enrolment.models import Booking
from enrolment.services.booking_letters import (
    send_days_reopened,
    send_session_cancelled,
)
from enrolment.services.repricing import reprice_basket
from enrolment.services.taking import lock_children, lock_sessions
from enrolment.signals import booking_cancelled
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from foundation.journal.services import record_each


@dataclass(frozen=True, slots=True)
class Decision:
    """Who cancelled the session, when, and the reason that families read."""

    actor: Account | None
    at: datetime
    reason: str


def end_bookings_of(*, session_id: int, now: datetime, zone: ZoneInfo) -> int:
    """End every booking of a cancelled session; return how many ended.

    Doing it again changes nothing and tells nobody. The statements are as many for
    one booking as for hundreds, but for the messages and the baskets.
    """
    return end_bookings_of_days(session_ids=[session_id], now=now, zone=zone)


@transaction.atomic
def end_bookings_of_days(
    *, session_ids: Collection[int], now: datetime, zone: ZoneInfo
) -> int:
    """End every booking of sessions cancelled together; return how many ended.

    Each household reads one message for all of them.
    """
    sessions = list(Session.objects.filter(pk__in=session_ids).order_by("pk"))
    decisions = {
        each.pk: decision
        for each in sessions
        if (decision := _decision_on(each)) is not None
    }
    ending = _lock_ending(list(decisions))
    for session_id, decision in decisions.items():
        its_own = [each for each in ending if each.session_id == session_id]
        for status, (action, changes) in _endings(decision).items():
            concerned = [each for each in its_own if each.status == status]
            _write(concerned, action, changes, decision)
    _reprice([each for each in ending if _was_held(each)], now=now, zone=zone)
    told = [each for each in ending if not _was_held(each) or _is_held(each, now)]
    reason = next((each.reason for each in decisions.values()), "")
    send_session_cancelled(told, reason=reason)
    return len(ending)


def tell_of_reopening(*, closed_at: Mapping[int, datetime]) -> int:
    """Tell those whose booking a lifted closure had ended; return how many bookings."""
    ended = Booking.objects.none()
    for moment in set(closed_at.values()):
        ids = [each for each, at in closed_at.items() if at == moment]
        ended |= Booking.objects.filter(
            session__in=ids, status=BookingStatus.CANCELLED, cancelled_at=moment
        )
    bookings = list(
        ended.select_related(
            "child", "household", "session__activity__service__department"
        )
        .defer("trace", "split")
        .order_by("session__starts_on", "child__birth_date", "pk")
    )
    send_days_reopened(bookings)
    return len(bookings)


def _decision_on(session: Session) -> Decision | None:
    """Read the decision where it was journalled; None while the session is held."""
    if session.cancelled_at is None:
        return None
    entries = Entry.objects.about("catalog.session", session.public_id)
    said = entries.filter(action="session cancelled").select_related("actor").last()
    if said is None:
        return Decision(None, session.cancelled_at, "")
    return Decision(said.actor, session.cancelled_at, said.reason)


def _reprice(freed: Sequence[Booking], *, now: datetime, zone: ZoneInfo) -> None:
    """Price the baskets again that a place has left."""
    baskets = {(each.household, each.session.activity): None for each in freed}
    for household, activity in baskets:
        reprice_basket(household, activity, now=now, zone=zone)


def _lock_ending(session_ids: Collection[int]) -> list[Booking]:
    """Lock children, sessions and bookings, in the order everybody does.

    No place is added meanwhile: a cancelled session takes nobody.
    """
    late = Q(status=BookingStatus.CANCELLED, cancelled_late=True)
    ending = Booking.objects.filter(
        Q(status__in=SEATED) | late, session__in=session_ids
    )
    lock_children(set(ending.values_list("child_id", flat=True)))
    lock_sessions(session_ids)
    return list(
        ending.select_for_update(of=("self",))
        .select_related("child", "household", "session__activity__service__department")
        .defer("trace", "split")
        .order_by("session__starts_on", "child__birth_date", "pk")
    )


def _endings(decision: Decision) -> Mapping[str, tuple[str, dict[str, Any]]]:
    """Return what becomes of a booking, by the status it has."""
    cancelled = {
        "status": BookingStatus.CANCELLED,
        "cancelled_at": decision.at,
        "cancelled_by": decision.actor,
    }
    # Without an end, the basket does not say that the family waited too long.
    freed = {"status": BookingStatus.EXPIRED, "held_until": None}
    return {
        BookingStatus.BOOKED: ("booking cancelled", cancelled),
        BookingStatus.HELD: ("held place freed", freed),
        BookingStatus.CANCELLED: ("booking not due", {"cancelled_late": False}),
    }


def _write(
    concerned: Sequence[Booking],
    action: str,
    changes: dict[str, Any],
    decision: Decision,
) -> None:
    """Change bookings of one status in one statement, and journal it in another."""
    if not concerned:
        return
    status = concerned[0].status
    Booking.objects.filter(pk__in=[each.pk for each in concerned]).update(**changes)
    record_each(
        actor=decision.actor,
        action=action,
        targets=concerned,
        old={"status": status},
        new={"status": changes.get("status", status), "late": False},
        reason=decision.reason,
    )
    if status == BookingStatus.BOOKED:
        _tell([each.pk for each in concerned])


def _tell(booking_ids: Sequence[int]) -> None:
    def send() -> None:
        for each in booking_ids:
            booking_cancelled.send_robust(sender=Booking, booking_id=each)

    transaction.on_commit(send)


def _was_held(booking: Booking) -> bool:
    return booking.status == BookingStatus.HELD


def _is_held(booking: Booking, now: datetime) -> bool:
    return booking.held_until is not None and booking.held_until > now
