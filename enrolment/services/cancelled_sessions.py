"""What a cancelled session does to those who had a place: nobody pays for it.

Places booked are cancelled free of charge, those held leave their baskets, and each
household is told once. A booking that a family gave up too late is not due any more
either: there is nothing to pay for what does not take place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from catalog.models import Session
from enrolment.enums import SEATED, BookingStatus
from enrolment.models import Booking
from enrolment.services.booking_letters import send_session_cancelled
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


@transaction.atomic
def end_bookings_of(*, session_id: int, now: datetime, zone: ZoneInfo) -> int:
    """End every booking of a cancelled session; return how many ended.

    Doing it again changes nothing and tells nobody. The statements are as many for
    one booking as for hundreds, but for the messages and the baskets.
    """
    session = Session.objects.get(pk=session_id)
    decision = _decision_on(session)
    if decision is None:
        return 0
    ending = _lock_ending(session)
    for status, (action, changes) in _endings(decision).items():
        concerned = [each for each in ending if each.status == status]
        _write(concerned, action, changes, decision)
    for household in {each.household for each in ending if _was_held(each)}:
        reprice_basket(household, session.activity, now=now, zone=zone)
    send_session_cancelled(
        [each for each in ending if not _was_held(each) or _is_held(each, now)],
        reason=decision.reason,
    )
    return len(ending)


def _decision_on(session: Session) -> Decision | None:
    """Read the decision where it was journalled; None while the session is held."""
    if session.cancelled_at is None:
        return None
    entries = Entry.objects.about("catalog.session", session.public_id)
    said = entries.filter(action="session cancelled").select_related("actor").last()
    if said is None:
        return Decision(None, session.cancelled_at, "")
    return Decision(said.actor, session.cancelled_at, said.reason)


def _lock_ending(session: Session) -> list[Booking]:
    """Lock children, session and bookings, in the order everybody does.

    No place is added meanwhile: a cancelled session takes nobody.
    """
    late = Q(status=BookingStatus.CANCELLED, cancelled_late=True)
    ending = Booking.objects.filter(Q(status__in=SEATED) | late, session=session)
    lock_children(set(ending.values_list("child_id", flat=True)))
    lock_sessions([session.pk])
    return list(
        ending.select_for_update(of=("self",))
        .select_related("child", "household", "session__activity__service__department")
        .defer("trace", "split")
        .order_by("child__birth_date", "pk")
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
