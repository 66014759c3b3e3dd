"""The facts of a family that a price is made from, and where each one comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from catalog.domain.prices import STANDARD, PriceContext, Tariff
from catalog.services.price_names import FACTS, NAMES
from catalog.services.rule_wording import capital, say_bound, say_code

#: Where each fact is read, in the order they are told.
SOURCES: Mapping[str, object] = {
    "residence": gettext_lazy("From the proof accepted in your file."),
    "quotient": gettext_lazy("From the statement accepted in your file."),
    "situation": gettext_lazy("From your access to the service, or chosen above."),
    "regime": gettext_lazy("From your file, or from who works out your quotient."),
    "variant": gettext_lazy("From the documents accepted for this child."),
    "child_rank": gettext_lazy("From the children of your household."),
    "children_registered": gettext_lazy("From the children of your household."),
    "present_rank": gettext_lazy("From the places booked or in your basket."),
    "children_present": gettext_lazy("From the places booked or in your basket."),
    "days_a_week": gettext_lazy("From the places booked or in your basket."),
    "period_kind": gettext_lazy("From the calendar of the town."),
    "minutes": gettext_lazy("From the hours of the activity."),
    "starts": gettext_lazy("From the hours of the activity."),
    "ends": gettext_lazy("From the hours of the activity."),
    "session_amount": gettext_lazy("From the session."),
    "booking": gettext_lazy("An estimate for a place booked in time."),
}
MISSING: Mapping[str, object] = {
    "residence": gettext_lazy("No proof of residence is accepted for this day."),
    "quotient": gettext_lazy("No statement of quotient is accepted for this day."),
}


@dataclass(frozen=True, slots=True)
class FactTold:
    """One fact: its name, what is known of it, and where it was read."""

    name: str
    value: str
    source: str


def facts_told(
    used: Iterable[tuple[Tariff, PriceContext]], situations: Mapping[str, str]
) -> tuple[FactTold, ...]:
    """Return the facts that the tariffs of a child look at, each once a value."""
    told: dict[FactTold, None] = {}
    pairs = list(used)
    for fact in SOURCES:
        for tariff, context in pairs:
            value = getattr(context, fact)
            is_told = fact in tariff.facts and (fact, value) != ("variant", STANDARD)
            if is_told:
                told[_told(fact, value, situations)] = None
    return tuple(told)


def _told(fact: str, value: Any, situations: Mapping[str, str]) -> FactTold:
    name = capital(str(FACTS.get(fact) or NAMES.get(fact) or _NAMES[fact]))
    if value is None:
        source = str(MISSING.get(fact, _("Your file says nothing about it.")))
        return FactTold(name, _("not known"), source)
    is_code = isinstance(value, str)
    said = say_code(fact, value, situations) if is_code else say_bound(value)
    return FactTold(name, said, str(SOURCES[fact]))


_NAMES: Mapping[str, object] = {
    "variant": gettext_lazy("special case"),
    "booking": gettext_lazy("booking"),
}
