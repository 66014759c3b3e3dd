"""Attendance: what happened on the day, as staff saw it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from enrolment.enums import Attendance, BookingStatus
from enrolment.models import Booking
from enrolment.services.late_pickup_errors import CollectedLateError
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record


class NotYetError(DomainError):
    """Nobody attends a day to come."""

    def __init__(self) -> None:
        super().__init__(_("This day has not come yet: wait to take attendance."))


class NotExpectedError(DomainError):
    """The booking was cancelled, or was never confirmed."""

    def __init__(self) -> None:
        super().__init__(_("This child is not expected any more. Reload the list."))


@transaction.atomic
def record_attendance(
    *, booking: Booking, attendance: Attendance, actor: Account, today: date
) -> Booking:
    """Write what happened; saying the same twice changes nothing.

    Raises NotYetError, NotExpectedError and CollectedLateError.
    """
    booking = (
        Booking.objects.select_for_update(of=("self",))
        .select_related("session", "child")
        .get(pk=booking.pk)
    )
    if booking.status != BookingStatus.BOOKED:
        raise NotExpectedError
    if booking.session.starts_on > today:
        raise NotYetError
    old = booking.attendance
    if old == attendance:
        return booking
    if attendance != Attendance.PRESENT and booking.late_pickups.written().exists():
        raise CollectedLateError
    booking.attendance = attendance
    booking.save(update_fields=["attendance"])
    record(
        actor=actor,
        action="attendance recorded",
        target=booking,
        old={"attendance": old},
        new={"attendance": attendance},
    )
    return booking
