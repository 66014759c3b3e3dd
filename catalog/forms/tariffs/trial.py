"""The facts of a family, to try a tariff."""

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
from catalog.services.price_names import CODES, REASONS
from catalog.services.tariff_wording import variant_words
from families.enums import Regime as RegimeWords, Residence as ResidenceWords

#: Facts that are asked only when the tariff looks at them.
RARE = (
    "regime",
    "period_kind",
    "minutes",
    "days_a_week",
    "present_rank",
    "starts",
    "ends",
    "session_amount",
    "event",
)


class TrialForm(forms.Form):
    """Unknown facts stay empty: the tariff's published defaults then apply."""

    quotient = LooseDecimalField(label=_("Quotient"), required=False)
    residence = forms.ChoiceField(
        label=_("Residence"),
        required=False,
        choices=[("", _("Not proven")), *ResidenceWords.choices],
    )
    variant = forms.ChoiceField(label=_("Special case"), required=False)
    booking = forms.ChoiceField(
        label=_("Booking"),
        choices=[(each.value, REASONS["booking", each.value]) for each in Booking],
        initial=Booking.IN_TIME.value,
    )
    child_rank = forms.IntegerField(
        label=_("Child number"), min_value=1, max_value=20, initial=1
    )
    quantity = LooseDecimalField(label=_("How many units"), initial="1")
    regime = forms.ChoiceField(
        label=_("Family allowances"),
        required=False,
        choices=[("", _("Not known")), *RegimeWords.choices],
    )
    period_kind = forms.ChoiceField(
        label=_("Time of the year"),
        required=False,
        choices=[
            ("", _("Not known")),
            *((each.value, CODES["period_kind", each.value]) for each in DayKind),
        ],
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=0, max_value=MOST_MINUTES
    )
    days_a_week = forms.IntegerField(
        label=_("Days a week"), required=False, min_value=1, max_value=7
    )
    present_rank = forms.IntegerField(
        label=_("Child number of those present"),
        required=False,
        min_value=1,
        max_value=20,
    )
    starts = forms.TimeField(label=_("Starting time"), required=False)
    ends = forms.TimeField(label=_("Ending time"), required=False)
    session_amount = LooseDecimalField(
        label=_("Price of the session"), required=False, is_price=True
    )
    event = forms.ChoiceField(
        label=_("What is charged"),
        required=False,
        choices=[
            (Event.PRESENCE.value, CODES["event", Event.PRESENCE]),
            (Event.LATE_PICKUP.value, REASONS["event", Event.LATE_PICKUP]),
        ],
    )

    def __init__(self, *args: Any, tariff: Tariff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tariff = tariff
        field = self.fields["variant"]
        others = sorted(tariff.variants - {STANDARD})
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (STANDARD, _("No special case")),
                *((code, variant_words(code)) for code in others),
            ]
        facts = {*tariff.facts}
        if "children_present" in facts:
            facts.add("present_rank")
        if len(tariff.parts) == 1:
            facts.discard("event")
        for name in RARE:
            if name not in facts:
                del self.fields[name]

    def context(self, *, day: date) -> PriceContext:
        """Return the facts for the price engine; call it on a sound form."""
        data = self.cleaned_data
        return PriceContext(
            day=day,
            booked_on=day,
            residence=Residence(data["residence"]) if data["residence"] else None,
            quotient=Decimal(data["quotient"]) if data["quotient"] else None,
            variant=data["variant"] or STANDARD,
            booking=Booking(data["booking"]),
            child_rank=data["child_rank"],
            children_registered=data["child_rank"],
            quantity=Decimal(data["quantity"]),
            children_present=data.get("present_rank"),
            event=Event(data.get("event") or only_event(self.tariff)),
            **self._rare(),
        )

    def _rare(self) -> dict[str, Any]:
        """Return the facts that few tariffs look at."""
        data = self.cleaned_data
        amount, regime = data.get("session_amount"), data.get("regime")
        kind = data.get("period_kind")
        plain = ("minutes", "days_a_week", "present_rank", "starts", "ends")
        return {
            "session_amount": Decimal(amount) if amount else None,
            "regime": Regime(regime) if regime else None,
            "period_kind": DayKind(kind) if kind else None,
            **{name: data.get(name) for name in plain},
        }


def only_event(tariff: Tariff) -> str:
    """Return the event to try first: a presence unless the tariff prices none."""
    return (
        Event.PRESENCE if Event.PRESENCE in tariff.parts else next(iter(tariff.parts))
    )
