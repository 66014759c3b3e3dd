"""Bookings in words: who, what, when, at which price and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import cast

from catalog.domain.prices import Trace
from catalog.services.price_wording import explain_price
from enrolment.domain.basket_extras import Extra
from enrolment.models import Booking, LatePickup
from enrolment.queries.basket import Basket
from enrolment.services.late_pickup_rows import LateRow
from enrolment.signals import basket_shown
from foundation.money import Money


@dataclass(frozen=True, slots=True)
class BookingLine:
    """One place of a list."""

    booking: Booking
    #: The days on which the child was collected late.
    late: tuple[LateRow, ...] = ()

    @property
    def title(self) -> str:
        """The name of the session, or of its activity."""
        session = self.booking.session
        return session.name or session.activity.name

    @property
    def activity(self) -> str:
        """The name of the activity, when the session has another one."""
        session = self.booking.session
        return session.activity.name if session.name else ""

    @property
    def hours(self) -> tuple[time, time]:
        """When it begins and ends, each day."""
        return self.booking.session.start_time, self.booking.session.end_time

    @property
    def price(self) -> Money:
        """What the place costs."""
        return Money(self.booking.price_minor, self.booking.currency)

    @property
    def explanation(self) -> list[str]:
        """How the price was made, sentence by sentence."""
        trace = self.booking.trace
        return explain_price(Trace.from_data(trace)) if trace else []


def lines_of(bookings: Iterable[Booking]) -> list[BookingLine]:
    """Return bookings as lines."""
    return [BookingLine(each) for each in bookings]


def lines_with_lateness(bookings: Iterable[Booking]) -> list[BookingLine]:
    """Return bookings as lines, with the late pick-ups of each: one more query."""
    listed = list(bookings)
    late: dict[int, list[LateRow]] = {}
    for each in LatePickup.objects.of_bookings(listed):
        late.setdefault(each.booking_id, []).append(LateRow(each))
    return [BookingLine(each, tuple(late.get(each.pk, ()))) for each in listed]


def extras_of(basket: Basket) -> list[Extra]:
    """Return what invoices take off and add to prices, told by who bills."""
    if not basket.held:
        return []
    told: list[Extra] = []
    for _receiver, extras in basket_shown.send(sender=Booking, bookings=basket.held):
        told.extend(cast("list[Extra] | None", extras) or [])
    return told
