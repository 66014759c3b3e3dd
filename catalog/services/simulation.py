"""Try a price before asking for anything: no account, nothing kept."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from catalog.domain.prices import (
    STANDARD,
    Booking,
    Price,
    PriceContext,
    PriceError,
    Residence,
    Tariff,
    price_for,
)
from catalog.models import Activity
from catalog.services.price_wording import explain_price, explain_price_error
from foundation.money import Money


@dataclass(frozen=True, slots=True)
class Facts:
    """What a visitor says; None means "I do not know". `quotient` is a month's."""

    residence: Residence | None = None
    quotient: Decimal | None = None
    situation: str | None = None
    child_rank: int = 1
    variant: str = STANDARD
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Simulation:
    """A price with the sentences that lead to it; without price, why."""

    price: Money | None
    sentences: tuple[str, ...]


def simulate(
    activity: Activity, tariff: Tariff, facts: Facts, *, day: date
) -> Simulation:
    """Price one booking of an activity on a day, for what a visitor says."""
    try:
        price = price_of(activity, tariff, facts, day=day)
    except PriceError as error:
        return Simulation(None, (explain_price_error(error),))
    return Simulation(price.money, tuple(explain_price(price.trace)))


def price_of(activity: Activity, tariff: Tariff, facts: Facts, *, day: date) -> Price:
    """Return the price of one booking with its trace.

    Raises PriceError where the tariff has none for these facts.
    """
    context = PriceContext(
        day=day,
        residence=facts.residence,
        quotient=facts.quotient,
        situation=facts.situation,
        child_rank=facts.child_rank,
        children_registered=facts.child_rank,
        booking=Booking.LATE if facts.is_late else Booking.IN_TIME,
        variant=facts.variant,
        quantity=Decimal(activity.units),
        booked_on=day,
        children_present=facts.child_rank,
        present_rank=facts.child_rank,
        minutes=_minute(activity.end_time) - _minute(activity.start_time),
        starts=activity.start_time,
        ends=activity.end_time,
    )
    return price_for(tariff, context)


def _minute(hour: time) -> int:
    return hour.hour * 60 + hour.minute
