"""The facts a price is made from, for one child in one session."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import Any, Protocol

from catalog.domain.prices import (
    STANDARD,
    Booking,
    Event,
    PriceContext,
    Regime,
    Residence,
    Tariff,
)
from enrolment.domain.calendar import Calendar
from enrolment.domain.facts import HouseholdFacts, Together
from enrolment.domain.lateness import Lateness
from enrolment.domain.offers import Place, Wish
from foundation.money import Money

#: Variants of a child with an individual care plan: the first the tariff knows counts.
CARE_PLANS = ("pai", "care-plan")
#: Facts that another place of the household may change.
DEPENDENT = frozenset(
    {
        "child_rank",
        "children_registered",
        "children_present",
        "present_rank",
        "days_a_week",
    }
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known around a booking: the family, the calendar, the same go.

    `also` are children registered in the same go: they count for the rank.
    `together` are the places wanted in it: they count for the children present.
    """

    facts: HouseholdFacts
    calendar: Calendar
    booked_on: date
    also: Collection[int] = ()
    together: Together = ()


class Counted(Protocol):
    """An activity, whose places count a number of units of its tariff."""

    @property
    def units(self) -> int:
        """The units in one place."""


def price_context(
    offer: Counted, wish: Wish, *, tariff: Tariff, known: Known
) -> PriceContext:
    """Gather what is true on the day of the session."""
    place, facts = wish.place, known.facts
    day = place.starts_on
    residence, regime = facts.residence_on(day), facts.regime_on(day)
    return PriceContext(
        day=day,
        residence=None if residence is None else Residence(residence),
        quotient=facts.quotient_on(day),
        situation=facts.access_on(wish.child_id, day) or None,
        booking=Booking.LATE if wish.is_late else Booking.IN_TIME,
        variant=_variant(tariff, facts, wish.child_id, day),
        quantity=Decimal(offer.units),
        booked_on=known.booked_on,
        regime=None if regime is None else Regime(regime),
        period_kind=known.calendar.kind_of(day),
        minutes=minutes_of(place),
        starts=place.start_time,
        ends=place.end_time,
        session_amount=_amount(place, tariff.currency),
        **_counts(wish, known),
    )


def late_context(
    offer: Counted, wish: Wish, late: Lateness, *, tariff: Tariff, known: Known
) -> PriceContext:
    """Gather what is true on the day a child was collected late.

    The facts are those of a presence that day; what is counted is the delay, once.
    """
    day = late.day
    place = replace(wish.place, starts_on=day, ends_on=day, meets_on=(day,))
    there = price_context(offer, replace(wish, place=place), tariff=tariff, known=known)
    return replace(
        there,
        event=Event.LATE_PICKUP,
        quantity=Decimal(1),
        minutes=late.minutes,
        ends=late.pickup_time,
        occurrence=late.occurrence,
    )


def _counts(wish: Wish, known: Known) -> dict[str, Any]:
    """Count the children of the household, and the days of the week."""
    facts, child_id, day = known.facts, wish.child_id, wish.place.starts_on
    period_id = wish.place.period_id
    rank, registered = facts.rank(
        child_id, day=day, period_id=period_id, also=known.also
    )
    present_rank, present = facts.presence(child_id, day=day, together=known.together)
    return {
        "child_rank": rank,
        "children_registered": registered,
        "present_rank": present_rank,
        "children_present": present,
        "days_a_week": facts.days_a_week(child_id, day=day, together=known.together),
    }


def minutes_of(place: Place) -> int:
    """Return how long a session lasts, over all its meetings."""
    return len(place.days) * (_minute(place.end_time) - _minute(place.start_time))


def depends_on_siblings(tariff: Tariff) -> bool:
    """Tell whether another place of the household may change a price."""
    return not DEPENDENT.isdisjoint(tariff.facts)


def _minute(hour: time) -> int:
    return hour.hour * 60 + hour.minute


def _amount(place: Place, currency: str) -> Decimal | None:
    if place.price_minor is None:
        return None
    return Money(place.price_minor, currency).decimal


def _variant(tariff: Tariff, facts: HouseholdFacts, child_id: int, day: date) -> str:
    known = next((code for code in CARE_PLANS if code in tariff.variants), STANDARD)
    return known if facts.has_care_plan(child_id, day) else STANDARD
