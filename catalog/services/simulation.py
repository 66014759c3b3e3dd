"""Try a price before asking for anything: no account, nothing kept."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.domain.prices import (
    STANDARD,
    Booking,
    DayKind,
    Event,
    Price,
    PriceContext,
    PriceError,
    Regime,
    Residence,
    Tariff,
    price_for,
)
from catalog.models import Activity, TariffVersion
from catalog.services.price_wording import explain_price, explain_price_error
from foundation.days import date_format
from foundation.money import Money


@dataclass(frozen=True, slots=True)
class Facts:
    """What a visitor says; None means "I do not know". `quotient` is a month's.

    `children` are those of the household at the service, the child's own rank when
    nobody says more. `minutes`, `starts` and `ends` are the activity's hours, and
    `quantity` its units, unless they are said.
    """

    residence: Residence | None = None
    quotient: Decimal | None = None
    situation: str | None = None
    child_rank: int = 1
    variant: str = STANDARD
    is_late: bool = False
    children: int | None = None
    booking: Booking | None = None
    regime: Regime | None = None
    period_kind: DayKind | None = None
    days_a_week: int | None = None
    minutes: int | None = None
    occurrence: int = 1
    quantity: Decimal | None = None
    session_amount: Decimal | None = None
    event: Event = Event.PRESENCE


@dataclass(frozen=True, slots=True)
class Simulation:
    """A price with the sentences that lead to it; without price, why.

    `assumed` says what was taken without being asked.
    """

    price: Money | None
    sentences: tuple[str, ...]
    assumed: tuple[str, ...] = ()


def simulate(
    activity: Activity, tariff: Tariff, facts: Facts, *, day: date
) -> Simulation:
    """Price one booking of an activity on a day, for what a visitor says."""
    tried = try_price(tariff, context_of(activity, facts, day=day))
    return replace(tried, assumed=tuple(_assumed(activity, tariff, facts, day)))


def without_tariff(day: date, starts: date | None) -> Simulation:
    """Say that no tariff is voted for a day; `starts` is when the first one applies."""
    said = [
        _("No tariff is voted yet for %(day)s.") % {"day": date_format(day, "j F Y")}
    ]
    if starts is not None:
        known = {"day": date_format(starts, "j F Y")}
        said.append(_("The first prices apply from %(day)s.") % known)
    return Simulation(None, tuple(said))


def with_version(tried: Simulation, version: TariffVersion) -> Simulation:
    """Say which vote a price comes from."""
    said = _("The tariff is no. %(number)s, which applies from %(day)s.") % {
        "number": version.vote_number,
        "day": date_format(version.effective_from, "j F Y"),
    }
    return replace(tried, assumed=(*tried.assumed, said))


def _assumed(
    activity: Activity, tariff: Tariff, facts: Facts, day: date
) -> Iterator[str]:
    yield _("Worked out for one place on %(day)s.") % {"day": date_format(day, "j F Y")}
    looks_at_hours = not {"minutes", "starts", "ends"}.isdisjoint(tariff.facts)
    if looks_at_hours and facts.minutes is None:
        yield _("The child stays from %(start)s to %(end)s.") % {
            "start": f"{activity.start_time:%H:%M}",
            "end": f"{activity.end_time:%H:%M}",
        }


def try_price(tariff: Tariff, context: PriceContext) -> Simulation:
    """Price a case that somebody made up; nothing is kept."""
    try:
        price = price_for(tariff, context)
    except PriceError as error:
        return Simulation(None, (explain_price_error(error),))
    return Simulation(price.money, tuple(explain_price(price.trace)))


def price_of(activity: Activity, tariff: Tariff, facts: Facts, *, day: date) -> Price:
    """Return the price of one booking with its trace.

    Raises PriceError where the tariff has none for these facts.
    """
    return price_for(tariff, context_of(activity, facts, day=day))


def context_of(activity: Activity, facts: Facts, *, day: date) -> PriceContext:
    """Return the facts of one booking of an activity, completed by its own hours."""
    children = max(facts.child_rank, facts.children or 1)
    timing = Booking.LATE if facts.is_late else Booking.IN_TIME
    return PriceContext(
        day=day,
        residence=facts.residence,
        quotient=facts.quotient,
        situation=facts.situation,
        child_rank=facts.child_rank,
        children_registered=children,
        booking=facts.booking or timing,
        variant=facts.variant,
        quantity=Decimal(activity.units) if facts.quantity is None else facts.quantity,
        booked_on=day,
        occurrence=facts.occurrence,
        regime=facts.regime,
        period_kind=facts.period_kind,
        days_a_week=facts.days_a_week,
        children_present=children,
        present_rank=facts.child_rank,
        minutes=_lasting(activity) if facts.minutes is None else facts.minutes,
        starts=activity.start_time,
        ends=activity.end_time,
        session_amount=facts.session_amount,
        event=facts.event,
    )


def _lasting(activity: Activity) -> int:
    return _minute(activity.end_time) - _minute(activity.start_time)


def _minute(hour: time) -> int:
    return hour.hour * 60 + hour.minute
