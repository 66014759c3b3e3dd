"""Cancel bookings: free before the deadline, still due after it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from enrolment.enums import BookingStatus
from enrolment.models import Booking
from enrolment.services.booking_errors import AlreadyStartedError, NotBookedError
from enrolment.services.booking_letters import send_cancelled
from enrolment.services.taking import lock_children, lock_sessions
from enrolment.services.terms import Term, term_of
from enrolment.signals import booking_cancelled
from families.models import Household
from foundation.accounts.models import Account
from foundation.journal.services import record


@transaction.atomic
def cancel_booking(
    *,
    booking: Booking,
    household: Household,
    account: Account,
    now: datetime,
    zone: ZoneInfo,
) -> Booking:
    """Cancel one booking of a household.

    Raises NotBookedError and AlreadyStartedError.
    """
    lock_children([booking.child_id])
    lock_sessions([booking.session_id])
    locked = lock_booked(household, [booking])
    if not locked:
        raise NotBookedError
    term = term_of(locked[0], household, now=now, zone=zone)
    if term.has_started:
        raise AlreadyStartedError
    apply_terms([term], account=account, now=now)
    send_cancelled([term], account=account)
    return term.booking


def lock_booked(household: Household, bookings: Collection[Booking]) -> list[Booking]:
    """Lock what is still booked of some bookings; their sessions are locked before."""
    return list(
        Booking.objects.select_for_update(of=("self",))
        .filter(
            pk__in=[each.pk for each in bookings],
            household=household,
            status=BookingStatus.BOOKED,
        )
        .select_related("session__activity__service__department", "child")
        .order_by("pk")
    )


def apply_terms(terms: Sequence[Term], *, account: Account, now: datetime) -> None:
    """Write cancellations whose sessions and bookings are locked, and journal them."""
    for term in terms:
        booking = term.booking
        booking.status = BookingStatus.CANCELLED
        booking.cancelled_at, booking.cancelled_by = now, account
        booking.cancelled_late = term.is_late
        booking.save(
            update_fields=["status", "cancelled_at", "cancelled_by", "cancelled_late"]
        )
        record(
            actor=account,
            action="booking cancelled",
            target=booking,
            old={"status": BookingStatus.BOOKED},
            new={"status": BookingStatus.CANCELLED, "late": term.is_late},
        )
        _tell(booking.pk)


def _tell(booking_id: int) -> None:
    transaction.on_commit(
        lambda: booking_cancelled.send_robust(sender=Booking, booking_id=booking_id)
    )
