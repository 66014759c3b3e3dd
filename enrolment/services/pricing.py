"""The price of places: the version voted for the day, the facts true that day.

A price is stored on the booking with its shares and its trace, and never changes
once the booking is confirmed.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from catalog.domain.prices import (
    STANDARD,
    Event,
    NoRuleAppliesError,
    Price,
    PriceError,
    Tariff,
    parse_tariff,
    price_each,
)
from enrolment.domain.contexts import (
    Known,
    depends_on_siblings,
    late_context,
    price_context,
)
from enrolment.domain.facts import Together
from enrolment.domain.lateness import Lateness
from enrolment.domain.offers import Wish
from enrolment.queries.planning import Plan, Version


@dataclass(frozen=True, slots=True)
class Quote:
    """A price for a wish, and the version of the tariff that gave it."""

    wish: Wish
    price: Price
    version_id: int


Answer = Quote | PriceError


def quote(
    plan: Plan, wish: Wish, *, also: Collection[int] = (), together: Together = ()
) -> Answer:
    """Price a wish, or return the error that says why there is no price.

    `also` are the children registered in the same go, `together` the places wanted
    in it. Nothing is read: the plan holds all that a price looks at.
    """
    return quote_each(plan, [wish], also=also, together=together)[0]


def quote_each(
    plan: Plan,
    wishes: Iterable[Wish],
    *,
    also: Collection[int] = (),
    together: Together = (),
) -> list[Answer]:
    """Price wishes as `quote` does one, those of a version of the tariff in bulk."""
    listed = list(wishes)
    voted = [plan.version_on(wish.place.starts_on) for wish in listed]
    answers: list[Answer] = [NoRuleAppliesError(variant=STANDARD) for _ in listed]
    for version in plan.versions:
        mine = [at for at, each in enumerate(voted) if each is version]
        prices = _prices(plan, version, [listed[at] for at in mine], also, together)
        for at, price in zip(mine, prices, strict=True):
            if isinstance(price, PriceError):
                answers[at] = price
            else:
                answers[at] = Quote(listed[at], price, version.id)
    return answers


def quote_many(plan: Plan, wishes: Iterable[Wish]) -> list[Answer]:
    """Price wishes taken in one go: they count for each other's rank and presence."""
    listed = list(wishes)
    also = {wish.child_id for wish in listed}
    together = {(wish.child_id, wish.place.starts_on) for wish in listed}
    return quote_each(plan, listed, also=also, together=together)


def quote_late(plan: Plan, wish: Wish, late: Lateness, *, booked_on: date) -> Answer:
    """Price a late pick-up with the version and the facts of its day.

    Returns the error that says why there is no price.
    """
    version = plan.version_on(late.day)
    if version is None:
        return NoRuleAppliesError(variant=STANDARD)
    tariff = tariff_of(version.rules)
    known = Known(plan.facts, plan.calendar, booked_on)
    context = late_context(plan.offer, wish, late, tariff=tariff, known=known)
    answer = next(price_each(tariff, [context]))
    if isinstance(answer, PriceError):
        return answer
    return Quote(wish, answer, version.id)


def prices_late_pickups(rules: Mapping[str, Any]) -> bool:
    """Tell whether a tariff has a price for a child who is collected late."""
    return Event.LATE_PICKUP in tariff_of(rules).parts


def tariff_of(rules: Mapping[str, Any]) -> Tariff:
    """Return the tariff that rules describe; the same content is read once."""
    return _parsed(json.dumps(rules, sort_keys=True))


def sees_siblings(plan: Plan) -> bool:
    """Tell whether a child's place may change the price of another one's."""
    return any(depends_on_siblings(tariff_of(each.rules)) for each in plan.versions)


def shares_of(price: Price) -> dict[str, int]:
    """Return the parts of a price, in minor units, as a booking stores them."""
    return {"care": price.care, "meal": price.meal, "other": price.other}


def _prices(
    plan: Plan,
    version: Version,
    wishes: Sequence[Wish],
    also: Collection[int],
    together: Together,
) -> Iterator[Price | PriceError]:
    tariff = tariff_of(version.rules)
    today = plan.moment.now.astimezone(plan.moment.zone).date()
    known = Known(plan.facts, plan.calendar, today, also, together)
    return price_each(
        tariff,
        (
            price_context(plan.offer, each, tariff=tariff, known=known)
            for each in wishes
        ),
    )


@lru_cache(maxsize=256)
def _parsed(text: str) -> Tariff:
    return parse_tariff(json.loads(text))
