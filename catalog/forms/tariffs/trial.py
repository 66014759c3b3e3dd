"""The facts of a family, to try a tariff."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.prices import PriceContext, Tariff
from catalog.domain.prices.context import STANDARD, Booking, Residence
from catalog.forms.tariffs.fields import LooseDecimalField
from catalog.services.price_wording import REASONS
from catalog.services.tariff_wording import variant_words
from families.enums import Residence as ResidenceWords


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

    def __init__(self, *args: Any, tariff: Tariff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["variant"]
        others = sorted(tariff.variants - {STANDARD})
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (STANDARD, _("No special case")),
                *((code, variant_words(code)) for code in others),
            ]

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
        )
