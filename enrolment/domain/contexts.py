"""The facts a price is made from, for one child in one session."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from catalog.domain.prices import (
    STANDARD,
    Booking,
    PriceContext,
    Residence,
    Tariff,
)
from enrolment.domain.facts import HouseholdFacts
from enrolment.domain.offers import Offer, Wish

#: Variants of a child with an individual care plan: the first the tariff knows counts.
CARE_PLANS = ("pai", "care-plan")


def price_context(
    offer: Offer,
    wish: Wish,
    *,
    tariff: Tariff,
    facts: HouseholdFacts,
    booked_on: date,
    also: Collection[int] = (),
) -> PriceContext:
    """Gather what is true on the day of the session.

    `also` are children registered in the same go: they count for the rank.
    """
    day, child_id = wish.place.starts_on, wish.child_id
    residence = facts.residence_on(day)
    rank, registered = facts.rank(
        child_id, day=day, period_id=wish.place.period_id, also=also
    )
    return PriceContext(
        day=day,
        residence=None if residence is None else Residence(residence),
        quotient=facts.quotient_on(day),
        situation=facts.access_on(child_id, day) or None,
        child_rank=rank,
        children_registered=registered,
        booking=Booking.LATE if wish.is_late else Booking.IN_TIME,
        variant=_variant(tariff, facts, child_id, day),
        quantity=Decimal(offer.units),
        booked_on=booked_on,
    )


def depends_on_siblings(tariff: Tariff) -> bool:
    """Tell whether another child's place may change a price."""
    return not {"child_rank", "children_registered"}.isdisjoint(tariff.facts)


def _variant(tariff: Tariff, facts: HouseholdFacts, child_id: int, day: date) -> str:
    known = next((code for code in CARE_PLANS if code in tariff.variants), STANDARD)
    return known if facts.has_care_plan(child_id, day) else STANDARD
