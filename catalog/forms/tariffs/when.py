"""For whom and when: the boxes that a price and a supplement share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.prices import DayKind, Regime
from catalog.services.price_names import CODES
from families.enums import Residence
from foundation.shapes import WEEKDAYS


def _boxes(fact: str, codes: list[str]) -> list[tuple[str, Any]]:
    return [(code, CODES[fact, code]) for code in codes]


CODES_OF_RESIDENCE = _boxes("residence", Residence.values)
NAMES = ("residences", "regimes", "period_kinds", "weekdays")


class WhenForm(forms.Form):
    """Nothing ticked in a group means everybody, or always."""

    residences = forms.MultipleChoiceField(
        label=_("For families who are"),
        choices=CODES_OF_RESIDENCE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing for everybody not priced above."),
    )
    regimes = forms.MultipleChoiceField(
        label=_("Family allowances"),
        choices=_boxes("regime", [each.value for each in Regime]),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    period_kinds = forms.MultipleChoiceField(
        label=_("Time of the year"),
        choices=_boxes("period_kind", [each.value for each in DayKind]),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Days of the week"),
        choices=_boxes("weekday", list(WEEKDAYS)),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def conditions(self) -> dict[str, Any]:
        """Return what was ticked, by the names of the sheet."""
        return {name: tuple(self.cleaned_data[name]) for name in NAMES}

    @property
    def is_narrow(self) -> bool:
        """Whether one of the rarer groups is ticked: it is then shown open."""
        return any(self[name].value() for name in NAMES[1:])
