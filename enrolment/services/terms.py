"""On what terms a booking is cancelled: free until an instant, due after it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from catalog.domain.deadlines import is_in_time
from catalog.models import Session
from enrolment.models import Booking
from enrolment.queries.planning import Plan, plan_of, read_activity
from enrolment.services.booking_errors import NotBookedError
from families.models import Household
from foundation.money import Money


@dataclass(frozen=True, slots=True)
class Term:
    """Until when a booking is cancelled for free, and whether that is over."""

    booking: Booking
    until: datetime
    is_late: bool
    has_started: bool

    @property
    def price(self) -> Money:
        """What the booking costs."""
        return Money(self.booking.price_minor, self.booking.currency)


def term_of(
    booking: Booking, household: Household, *, now: datetime, zone: ZoneInfo
) -> Term:
    """Return on what terms a booking is cancelled now."""
    activity = read_activity(pk=booking.session.activity_id)
    if activity is None:
        raise NotBookedError
    sessions = Session.objects.filter(pk=booking.session_id)
    plan = plan_of(household, activity, sessions, now=now, zone=zone)
    return _term(plan, booking)


def terms_of(plan: Plan, bookings: Collection[Booking]) -> list[Term]:
    """Return the terms of bookings in the sessions of a plan, those begun left out."""
    terms = [_term(plan, each) for each in bookings]
    return [term for term in terms if not term.has_started]


def _term(plan: Plan, booking: Booking) -> Term:
    place = plan.place(booking.session.public_id)
    if place is None:
        raise NotBookedError
    verdict = plan.judge(place, booking.child_id)
    now = plan.moment.now
    return Term(
        booking,
        until=verdict.cancel_until,
        is_late=not is_in_time(now, verdict.cancel_until),
        has_started=not is_in_time(now, verdict.starts_at),
    )
