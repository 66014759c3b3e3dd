"""What a visitor says to try a price; only what the tariffs look at is asked."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.domain.prices import (
    STANDARD,
    Booking,
    DayKind,
    Event,
    Regime,
    Residence,
    Tariff,
)
from catalog.domain.prices.methods import Table
from catalog.forms.questions import UNKNOWN, QuestionsForm
from catalog.models import Activity
from catalog.services.price_tables import variant_name
from catalog.services.rule_wording import say_default
from catalog.services.simulation import Facts
from foundation.days import date_format

#: The facts of a price that each question answers.
ANSWERS: Mapping[str, frozenset[str]] = {
    "residence": frozenset({"residence"}),
    "quotient": frozenset({"quotient"}),
    "situation": frozenset({"situation"}),
    "regime": frozenset({"regime"}),
    "children": frozenset({"children_registered", "children_present"}),
    "child_rank": frozenset({"child_rank", "present_rank"}),
    "days_a_week": frozenset({"days_a_week"}),
    "period_kind": frozenset({"period_kind"}),
    "day": frozenset({"day"}),
    "minutes": frozenset({"minutes"}),
    "occurrence": frozenset({"occurrence"}),
    "session_amount": frozenset({"session_amount"}),
}
#: The timings that the box `late` is enough for.
BY_BOX = frozenset({Booking.IN_TIME, Booking.LATE, Booking.UNBOOKED})
#: The questions that may be answered by "I do not know".
DEFAULTED = ("residence", "quotient", "situation", "regime", "days_a_week")


class SimulationForm(QuestionsForm):
    """Made for one service: `tariffs` are those of its activities on the day asked for.

    `activities` has those without a tariff that day too. `next_prices` is the day on
    which other prices apply: the day of the booking is then asked for.
    """

    mark_optional = False

    def __init__(
        self,
        *args: Any,
        tariffs: Mapping[Activity, Tariff],
        situations: Mapping[str, str],
        activities: Iterable[Activity] | None = None,
        next_prices: date | None = None,
        **kwargs: Any,
    ) -> None:
        """Keep the questions whose answer may change a price."""
        super().__init__(*args, **kwargs)
        offered = list(tariffs if activities is None else activities)
        self.by_code = {activity.code: activity for activity in offered}
        self._tariffs, self._situations = tariffs, situations
        self._next_prices = next_prices
        variants = sorted({name for each in tariffs.values() for name in each.variants})
        self._choose("activity", [(each.code, each.name) for each in offered])
        self._choose("situation", [("", UNKNOWN), *situations.items()])
        self._choose(
            "variant", [(name, variant_name(name)) for name in _first(variants)]
        )
        for name in set(self.fields) - self._asked(variants):
            del self.fields[name]
        if len(self.by_code) == 1:
            self.fields["activity"].widget = forms.HiddenInput()
            self.fields["activity"].initial = next(iter(self.by_code))
        for name in self.fields:
            self._explain(name)

    @property
    def chosen(self) -> Activity:
        """The activity to price, once the form is valid."""
        return self.by_code[self.cleaned_data["activity"]]

    def to_facts(self) -> Facts:
        """Return the valid answers."""
        given = {
            name: each
            for name, each in self.cleaned_data.items()
            if each not in (None, "")
        }
        codes = {
            "residence": Residence,
            "regime": Regime,
            "period_kind": DayKind,
            "event": Event,
            "booking": Booking,
        }
        facts: dict[str, Any] = {
            name: codes[name](each) if name in codes else each
            for name, each in given.items()
            if name not in {"activity", "day", "late"}
        }
        return Facts(is_late=bool(given.get("late")), **facts)

    def _asked(self, variants: Collection[str]) -> set[str]:
        facts = {fact for each in self._tariffs.values() for fact in each.facts}
        asked = {name for name, known in ANSWERS.items() if known & facts}
        if not self._situations:
            asked.discard("situation")
        if len(variants) > 1:
            asked.add("variant")
        if any(len(each.parts) > 1 for each in self._tariffs.values()):
            asked.add("event")
        if "booking" in facts:
            asked.add(
                "late" if _timings(self._tariffs.values()) <= BY_BOX else "booking"
            )
        if self._next_prices is not None:
            asked.add("day")
        return {"activity", *asked}

    def _explain(self, name: str) -> None:
        """Say what applies without an answer, and which activities ask for it."""
        known = ANSWERS.get(name, frozenset({name}))
        mine = [each for each in self._tariffs if known & {*self._tariffs[each].facts}]
        said = [str(self.fields[name].help_text)]
        if name in DEFAULTED:
            said += self._defaults(name, mine)
        if name == "day" and self._next_prices is not None:
            day = date_format(self._next_prices, "j F Y")
            said.append(_("Other prices apply from %(day)s.") % {"day": day})
        if name in ANSWERS and 0 < len(mine) < len(self._tariffs):
            names = ", ".join(each.name for each in mine)
            said.append(_("Only for: %(activities)s.") % {"activities": names})
        self.fields[name].help_text = " ".join(filter(None, said))

    def _defaults(self, fact: str, activities: Collection[Activity]) -> list[str]:
        """Return the published value that applies when nobody knows."""
        values = {
            say_default(fact, self._tariffs[each].defaults.values, self._situations)
            for each in activities
        }
        if len(values) != 1 or not (value := values.pop()):
            return []
        return [_("Not known: we count with “%(value)s”.") % {"value": value}]

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined] # A ChoiceField.


def day_asked(data: Mapping[str, Any]) -> date | None:
    """Return the day that a visitor chose, None when it is none or cannot be read."""
    try:
        return SimulationForm.base_fields["day"].clean(data.get("day", ""))  # type: ignore[no-any-return] # Of a DateField.
    except ValidationError:
        return None


def _timings(tariffs: Collection[Tariff]) -> frozenset[str]:
    """Return the timings that the tariffs name, in conditions and in tables."""
    whens = [rule.when for one in tariffs for rule in one.rules]
    whens += [each.when for one in tariffs for each in one.adjustments]
    tables = [
        rule.method.amounts
        for one in tariffs
        for rule in one.rules
        if isinstance(rule.method, Table) and rule.method.by == "booking"
    ]
    named = (when.codes_of("booking") for when in whens)
    return frozenset[str]().union(*named, *tables)


def _first(variants: list[str]) -> list[str]:
    """Put the ordinary price first."""
    return sorted(variants, key=lambda name: (name != STANDARD, name))
