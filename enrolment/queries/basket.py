"""What a household has in its basket, and what it lost by waiting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

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

    A place lost is told until the child has it again.
    """
    rows = list(_recent(household, now))
    held = [each for each in rows if _is_held(each, now)]
    kept = [*held, *(each for each in rows if each.status == BookingStatus.BOOKED)]
    again = {(each.session_id, each.child_id) for each in kept}
    lost = {(each.session_id, each.child_id): each for each in rows if each not in kept}
    lapsed = [each for place, each in lost.items() if place not in again]
    return Basket(held, lapsed)


def _recent(household: Household, now: datetime) -> QuerySet[Booking]:
    """Return what is held, was held a short time ago, or was just confirmed."""
    since = now - TOLD_FOR
    held = Q(status=BookingStatus.HELD, held_until__gt=since)
    expired = Q(status=BookingStatus.EXPIRED, held_until__gt=since, held_until__lte=now)
    booked = Q(status=BookingStatus.BOOKED, booked_at__gt=since)
    return (
        Booking.objects.filter(held | expired | booked, household=household)
        .select_related("child", "session__activity__service")
        .order_by(
            "session__starts_on", "session__start_time", "child__birth_date", "pk"
        )
    )


def count_held(household: Household, *, now: datetime) -> int:
    """Return how many places are in the basket."""
    return Booking.objects.in_basket(household, now=now).count()


def _is_held(booking: Booking, now: datetime) -> bool:
    return (
        booking.status == BookingStatus.HELD
        and booking.held_until is not None
        and booking.held_until > now
        and booking.session.cancelled_at is None
    )
