"""What a visitor says to try a price; only what the tariffs look at is asked."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.prices import STANDARD, Residence, Tariff
from catalog.models import Activity
from catalog.services.price_tables import variant_name
from catalog.services.simulation import Facts

UNKNOWN = _("I do not know")
RESIDENCES = [
    (Residence.RESIDENT, _("I live in the town")),
    (Residence.WORKS_HERE, _("I work in the town")),
    (Residence.SCHOOLED_HERE, _("My child goes to school in the town")),
    (Residence.OUTSIDE, _("I live elsewhere")),
]
MOST_CHILDREN = 6


class SimulationForm(forms.Form):
    """Made for one service: `tariffs` are those of its activities."""

    mark_optional = False

    activity = forms.ChoiceField(label=_("Activity"))
    residence = forms.ChoiceField(
        label=_("Where do you live?"),
        choices=[("", UNKNOWN), *RESIDENCES],
        required=False,
    )
    quotient = forms.DecimalField(
        label=_("Your family quotient"),
        help_text=_("The CAF or the MSA gives it. Leave it empty if you do not know."),
        min_value=Decimal(0),
        max_digits=9,
        decimal_places=2,
        localize=True,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}
        ),
    )
    situation = forms.ChoiceField(label=_("Your situation"), required=False)
    child_rank = forms.TypedChoiceField(
        label=_("Which child is it?"),
        choices=[(1, _("The first one")), (2, _("The second one"))]
        + [
            (rank, _("Child number %(rank)s") % {"rank": rank})
            for rank in range(3, MOST_CHILDREN + 1)
        ],
        coerce=int,
        required=False,
    )
    variant = forms.ChoiceField(label=_("For whom?"), required=False)
    late = forms.BooleanField(label=_("Booked after the deadline"), required=False)

    def __init__(
        self,
        *args: Any,
        tariffs: Mapping[Activity, Tariff],
        situations: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        """Keep the questions whose answer may change a price."""
        super().__init__(*args, **kwargs)
        self.by_code = {activity.code: activity for activity in tariffs}
        facts = {fact for tariff in tariffs.values() for fact in tariff.facts}
        variants = sorted({name for each in tariffs.values() for name in each.variants})
        self._choose("activity", [(each.code, each.name) for each in tariffs])
        self._choose("situation", [("", UNKNOWN), *situations.items()])
        self._choose(
            "variant", [(name, variant_name(name)) for name in _first(variants)]
        )
        self._keep(facts, variants, situations)

    @property
    def chosen(self) -> Activity:
        """The activity to price, once the form is valid."""
        return self.by_code[self.cleaned_data["activity"]]

    def to_facts(self) -> Facts:
        """Return the valid answers."""
        given = self.cleaned_data
        residence = given.get("residence")
        return Facts(
            residence=Residence(residence) if residence else None,
            quotient=given.get("quotient"),
            situation=given.get("situation") or None,
            child_rank=given.get("child_rank") or 1,
            variant=given.get("variant") or STANDARD,
            is_late=bool(given.get("late")),
        )

    def _keep(
        self,
        facts: Collection[str],
        variants: Collection[str],
        situations: Mapping[str, str],
    ) -> None:
        asked = {
            "residence": "residence" in facts,
            "quotient": "quotient" in facts,
            "situation": "situation" in facts and bool(situations),
            "child_rank": bool({"child_rank", "children_registered"} & set(facts)),
            "variant": len(variants) > 1,
            "late": "booking" in facts,
        }
        for name, is_asked in asked.items():
            if not is_asked:
                del self.fields[name]
        if len(self.by_code) == 1:
            self.fields["activity"].widget = forms.HiddenInput()
            self.fields["activity"].initial = next(iter(self.by_code))

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined] # A ChoiceField.


def _first(variants: list[str]) -> list[str]:
    """Put the ordinary price first."""
    return sorted(variants, key=lambda name: (name != STANDARD, name))
