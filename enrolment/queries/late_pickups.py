"""Reads for late pick-ups: what is written on a day."""

from collections.abc import Iterable
from datetime import date

from enrolment.models import Booking, LatePickup


def written_on(bookings: Iterable[Booking], day: date) -> list[LatePickup]:
    """Return the late pick-ups of some bookings on a day, in one query."""
    return list(LatePickup.objects.of_bookings(bookings).filter(day=day))
