"""What a tariff says of families about whom something is not known."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.prices import DayKind, Regime
from catalog.domain.prices.conditions import MOST_MINUTES
from catalog.domain.tariff_sheet import DEFAULTED
from catalog.forms.tariffs.fields import LooseDecimalField
from catalog.services.price_names import CODES
from families.enums import Residence

NOTHING = ("", _("Nothing: no price until it is known"))


def _choices(fact: str, codes: list[str]) -> list[tuple[str, Any]]:
    return [NOTHING, *((code, CODES[fact, code]) for code in codes)]


class DefaultsForm(forms.Form):
    """The published values; what is left empty is never guessed."""

    default_residence = forms.ChoiceField(
        label=_("Residence not proven yet"),
        required=False,
        choices=[
            ("", _("No price until it is proven")),
            *((each, CODES["residence", each]) for each in Residence.values),
        ],
        initial=Residence.OUTSIDE,
        help_text=_("Whose price a family pays until its proof is accepted."),
    )
    default_quotient = LooseDecimalField(
        label=_("Quotient"),
        required=False,
        help_text=_("Leave it empty: each price says what applies without one."),
    )
    default_regime = forms.ChoiceField(
        label=_("Family allowances"),
        required=False,
        choices=_choices("regime", [each.value for each in Regime]),
    )
    default_period_kind = forms.ChoiceField(
        label=_("Time of the year"),
        required=False,
        choices=_choices("period_kind", [each.value for each in DayKind]),
    )
    default_days_a_week = forms.IntegerField(
        label=_("Days a week"), required=False, min_value=1, max_value=7
    )
    default_children_present = forms.IntegerField(
        label=_("Children present"), required=False, min_value=1, max_value=20
    )
    default_present_rank = forms.IntegerField(
        label=_("Child number of those present"),
        required=False,
        min_value=1,
        max_value=20,
    )
    default_minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=1, max_value=MOST_MINUTES
    )
    default_situation = forms.ChoiceField(label=_("Situation"), required=False)

    @property
    def has_defaults(self) -> bool:
        """Whether a rarer value is published: the boxes are then shown open."""
        return any(
            self[f"default_{fact}"].value() or f"default_{fact}" in self.errors
            for fact in DEFAULTED
        )

    def defaults(self) -> dict[str, Any]:
        """Return the values filled in, but that of the residence."""
        filled = {fact: self.cleaned_data[f"default_{fact}"] for fact in DEFAULTED}
        return {fact: each for fact, each in filled.items() if each not in (None, "")}
