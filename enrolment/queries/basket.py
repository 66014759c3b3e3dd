"""What a household has in its basket, and what it lost by waiting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from enrolment.enums import BookingStatus
from enrolment.models import Booking
from families.models import Household
from foundation.money import Money

#: Places lost since less than this are still told.
TOLD_FOR = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Basket:
    """The places held, in the order of their days, and those whose time is over."""

    held: Sequence[Booking]
    lapsed: Sequence[Booking]

    @property
    def until(self) -> datetime | None:
        """The instant the first of the places goes back to the others."""
        return min(
            (each.held_until for each in self.held if each.held_until), default=None
        )

    def total(self, currency: str) -> Money:
        """Return what the places cost together."""
        return Money(sum(each.price_minor for each in self.held), currency)


def basket_of(household: Household, *, now: datetime) -> Basket:
    """Return the basket of a household, in one query.

    A place lost is told once the child did not get it back since.
    """
    lapsed = Q(held_until__lte=now, held_until__gt=now - TOLD_FOR)
    statuses = [BookingStatus.HELD, BookingStatus.EXPIRED, BookingStatus.BOOKED]
    rows = list(
        Booking.objects.filter(
            Q(status=BookingStatus.HELD, held_until__gt=now)
            | Q(lapsed, status__in=[BookingStatus.HELD, BookingStatus.EXPIRED])
            | Q(status=BookingStatus.BOOKED, booked_at__gt=now - TOLD_FOR),
            household=household,
            status__in=statuses,
        )
        .select_related("child", "session__activity__service")
        .order_by(
            "session__starts_on", "session__start_time", "child__birth_date", "pk"
        )
    )
    held = [each for each in rows if _is_held(each, now)]
    again = {
        (each.session_id, each.child_id)
        for each in rows
        if _is_held(each, now) or each.status == BookingStatus.BOOKED
    }
    lost = {
        (each.session_id, each.child_id): each
        for each in rows
        if not _is_held(each, now)
        and each.status != BookingStatus.BOOKED
        and (each.session_id, each.child_id) not in again
    }
    return Basket(held, list(lost.values()))


def count_held(household: Household, *, now: datetime) -> int:
    """Return how many places are in the basket."""
    return Booking.objects.in_basket(household, now=now).count()


def _is_held(booking: Booking, now: datetime) -> bool:
    return (
        booking.status == BookingStatus.HELD
        and booking.held_until is not None
        and booking.held_until > now
    )
