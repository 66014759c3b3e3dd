"""What a service would cost a family: its own file, nothing kept, nothing asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from catalog.domain.prices import PriceContext, PriceError, Tariff, price_for
from catalog.models import Activity, Service
from catalog.queries.public import version_in_force
from catalog.services.price_wording import explain_price, explain_price_error
from enrolment.domain.contexts import Known, price_context
from enrolment.domain.offers import Place, Wish
from enrolment.queries.facts import Scope, read_facts
from enrolment.queries.planning import place_of
from enrolment.services.fact_wording import FactTold, facts_told
from enrolment.services.pricing import tariff_of
from families.models import Household
from foundation.money import Money
from foundation.periods import Period


@dataclass(frozen=True, slots=True)
class Line:
    """The price of one place of an activity; without price, why."""

    activity: str
    price: Money | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChildPrices:
    """A child of the household, with the price of each activity.

    `facts` are those that the prices look at, and where each was read.
    """

    name: str
    lines: tuple[Line, ...]
    facts: tuple[FactTold, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The day to price, and the situation of children who have no access yet."""

    day: date
    situation: str | None = None


def my_prices(
    household: Household, service: Service, chosen: Chosen, *, now: datetime
) -> list[ChildPrices]:
    """Price one place of each activity for each child, from the file of the family.

    `service` was read by `get_service_shown` for the day. One statement.
    """
    days = Period.of_day(chosen.day)
    facts, calendar = read_facts(Scope(household.pk, service.pk, 0, days, now))
    known = Known(facts=facts, calendar=calendar, booked_on=chosen.day)
    priced = list(_priced(service))
    situations = {each.code: each.name for each in service.situations.all()}
    return [
        _of_child(child.id, child.name, priced, known, chosen, situations)
        for child in facts.children.values()
    ]


def _of_child(
    child_id: int,
    name: str,
    priced: list[tuple[Activity, Tariff]],
    known: Known,
    chosen: Chosen,
    situations: Mapping[str, str],
) -> ChildPrices:
    used = [
        (activity, tariff, _context(activity, tariff, child_id, known, chosen))
        for activity, tariff in priced
    ]
    return ChildPrices(
        name,
        tuple(_line(*each) for each in used),
        facts_told(((tariff, facts) for _activity, tariff, facts in used), situations),
    )


def situations_asked(service: Service) -> dict[str, str]:
    """Return the situations that change a price, by code; none when none does."""
    if not any("situation" in tariff.facts for _activity, tariff in _priced(service)):
        return {}
    return {each.code: each.name for each in service.situations.all()}


def _priced(service: Service) -> Iterator[tuple[Activity, Tariff]]:
    for activity in service.activities.all():
        version = version_in_force(activity)
        if version is not None:
            yield activity, tariff_of(version.rules)


def _context(
    activity: Activity, tariff: Tariff, child_id: int, known: Known, chosen: Chosen
) -> PriceContext:
    wish = Wish(_place(activity, chosen.day), child_id)
    context = price_context(activity, wish, tariff=tariff, known=known)
    if context.situation is None:
        return replace(context, situation=chosen.situation)
    return context


def _line(activity: Activity, tariff: Tariff, context: PriceContext) -> Line:
    try:
        price = price_for(tariff, context)
    except PriceError as error:
        return Line(activity.name, None, (str(explain_price_error(error)),))
    return Line(activity.name, price.money, tuple(explain_price(price.trace)))


def _place(activity: Activity, day: date) -> Place:
    """Return the next course, or a day like the others."""
    course = next(iter(activity.sessions.all()), None)
    if course is not None:
        return place_of(course)
    return Place(
        id=0,
        public_id=activity.public_id,
        name=activity.name,
        period_id=None,
        starts_on=day,
        ends_on=day,
        start_time=activity.start_time,
        end_time=activity.end_time,
    )
