"""The facts of a family, to try a tariff; only those that it looks at are asked."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.prices import (
    DayKind,
    Event,
    PriceContext,
    Regime,
    Residence,
    Tariff,
)
from catalog.domain.prices.conditions import MOST_MINUTES
from catalog.domain.prices.context import STANDARD, Booking
from catalog.forms.tariffs.fields import LooseDecimalField
from catalog.forms.tariffs.when import BOOKINGS, EVENTS
from catalog.services.price_names import CODES
from catalog.services.tariff_wording import variant_words
from families.enums import Regime as RegimeWords, Residence as ResidenceWords

MOST = 20
UNKNOWN = _("Not known")


def _count(label: Any, initial: int | None = None, most: int = MOST) -> Any:
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=most, initial=initial
    )


def _hour(label: Any) -> Any:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )


def _day(label: Any) -> Any:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class TrialForm(forms.Form):
    """Unknown facts stay empty: the tariff's published defaults then apply."""

    residence = forms.ChoiceField(
        label=_("Residence"),
        required=False,
        choices=[("", _("Not proven")), *ResidenceWords.choices],
    )
    quotient = LooseDecimalField(
        label=_("Quotient"), required=False, help_text=_("Empty: no quotient on file.")
    )
    situation = forms.ChoiceField(label=_("Situation"), required=False)
    regime = forms.ChoiceField(
        label=_("Family allowances"),
        required=False,
        choices=[("", UNKNOWN), *RegimeWords.choices],
    )
    variant = forms.ChoiceField(label=_("Special case"), required=False)
    event = forms.ChoiceField(
        label=_("What is charged"), required=False, choices=EVENTS
    )
    booking = forms.ChoiceField(
        label=_("Booking"),
        required=False,
        choices=BOOKINGS,
        initial=Booking.IN_TIME.value,
    )
    child_rank = _count(_("Child number"), 1)
    children_registered = _count(_("Children registered"), 1)
    present_rank = _count(_("Child number of those present"))
    children_present = _count(_("Children present"))
    occurrence = _count(_("How many times it happened"), 1, 99)
    day = _day(_("Day"))
    booked_on = _day(_("Day of the booking"))
    period_kind = forms.ChoiceField(
        label=_("Time of the year"),
        required=False,
        choices=[
            ("", UNKNOWN),
            *((each.value, CODES["period_kind", each.value]) for each in DayKind),
        ],
    )
    days_a_week = _count(_("Days a week"), most=7)
    minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=0, max_value=MOST_MINUTES
    )
    starts = _hour(_("Starting time"))
    ends = _hour(_("Ending time"))
    session_amount = LooseDecimalField(
        label=_("Price of the session"), required=False, is_price=True
    )
    quantity = LooseDecimalField(label=_("How many units"), initial="1", required=False)

    def __init__(
        self,
        *args: Any,
        tariff: Tariff,
        situations: list[tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tariff = tariff
        others = sorted(tariff.variants - {STANDARD})
        self._offer(
            "variant",
            [
                (STANDARD, _("No special case")),
                *((code, variant_words(code)) for code in others),
            ],
        )
        self._offer("situation", [("", UNKNOWN), *(situations or ())])
        for name in set(self.fields) - facts_asked(tariff):
            del self.fields[name]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def context(self, *, day: date) -> PriceContext:
        """Return the facts for the price engine; call it on a sound form.

        `day` is that of the session when the form asks for none.
        """
        given = {name: each for name, each in self.cleaned_data.items() if each}
        facts: dict[str, Any] = {
            name: _READ.get(name, _as_it_is)(each) for name, each in given.items()
        }
        if "minutes" in self.cleaned_data:
            facts["minutes"] = self.cleaned_data["minutes"]
        facts.setdefault("day", day)
        facts.setdefault("booked_on", facts["day"])
        facts.setdefault("children_registered", facts.get("child_rank", 1))
        facts.setdefault("children_present", facts.get("present_rank"))
        facts.setdefault("event", Event(only_event(self.tariff)))
        return PriceContext(**facts)


def _as_it_is(value: Any) -> Any:
    return value


_READ: dict[str, Any] = {
    "residence": Residence,
    "quotient": Decimal,
    "regime": Regime,
    "event": Event,
    "booking": Booking,
    "period_kind": DayKind,
    "session_amount": Decimal,
    "quantity": Decimal,
}


def facts_asked(tariff: Tariff) -> set[str]:
    """Return the facts that may change the price: the others are not worth asking."""
    facts = {*tariff.facts}
    if len(tariff.variants) == 1:
        facts.discard("variant")
    if len(tariff.parts) == 1:
        facts.discard("event")
    if all(rule.count for rule in tariff.rules):
        facts.discard("quantity")
    return facts


def only_event(tariff: Tariff) -> str:
    """Return the event to try first: a presence unless the tariff prices none."""
    return (
        Event.PRESENCE if Event.PRESENCE in tariff.parts else next(iter(tariff.parts))
    )
