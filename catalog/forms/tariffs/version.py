"""The name of a tariff, the vote of a version, and what the version says as a whole."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from catalog.domain.prices.counting import LONGEST
from catalog.domain.prices.tariff import ROUND_TO
from catalog.domain.tariff_sheet import COUNTED_UNITS, COUNTED_WHOLE
from catalog.enums import Unit
from catalog.forms.tariffs.fields import LooseDecimalField, choices_with
from catalog.services.price_names import CODES
from catalog.services.tariffs import Vote
from families.enums import Residence


class TariffForm(forms.Form):
    """The name of a new tariff."""

    name = forms.CharField(
        label=_("Name of the tariff"),
        max_length=120,
        help_text=_("For example: school meals, Wednesday half-days."),
    )


class VoteForm(forms.Form):
    """The decision that the version follows."""

    vote_number = forms.CharField(label=_("Number of the vote"), max_length=60)
    voted_on = forms.DateField(label=_("Date of the vote"), widget=AdminDateInput)
    effective_from = forms.DateField(label=_("Applies from"), widget=AdminDateInput)

    def vote(self) -> Vote:
        """Return the decision."""
        data = self.cleaned_data
        return Vote(data["vote_number"], data["voted_on"], data["effective_from"])


class VersionForm(forms.Form):
    """The unit, the default, the rounding, and the shares."""

    unit = forms.ChoiceField(
        label=_("One unit is"), help_text=_("The prices below are for one unit.")
    )
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
    round_to = forms.ChoiceField(
        label=_("Prices are rounded to"),
        required=False,
        choices=[("", "0.01"), *((each, each) for each in ROUND_TO[1:])],
    )
    round_unit_to = forms.ChoiceField(
        label=_("Price of one unit rounded first to"),
        required=False,
        choices=[("", _("Not rounded first")), *((each, each) for each in ROUND_TO)],
    )
    count_every = forms.IntegerField(
        label=_("Minutes of one unit"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=_("30 for half-hours. Leave it empty to charge what was booked."),
    )
    count_rounding = forms.ChoiceField(
        label=_("Counted"),
        required=False,
        choices=[
            ("", _("By units started")),
            ("completed", _("By units completed")),
            ("nearest", _("To the nearest unit")),
        ],
    )
    count_step = forms.IntegerField(
        label=_("By parts of so many minutes"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=_("15 counts hours by the quarter. Leave it empty for whole units."),
    )
    count_free = forms.IntegerField(
        label=_("First minutes, free"), required=False, min_value=0, max_value=LONGEST
    )
    count_tolerance = forms.IntegerField(
        label=_("Minutes over a unit that are not counted"),
        required=False,
        min_value=0,
        max_value=LONGEST,
    )
    count_at_least = LooseDecimalField(label=_("At least, in units"), required=False)
    count_at_most = LooseDecimalField(label=_("At most, in units"), required=False)
    care = LooseDecimalField(label=_("Care, in percent"), required=False)
    meal = LooseDecimalField(label=_("Meal, in percent"), required=False)
    other = LooseDecimalField(label=_("Other, in percent"), required=False)

    def __init__(self, *args: Any, unit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [unit] if unit else []
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices_with(list(Unit.choices), known)

    @property
    def is_counted(self) -> bool:
        """Whether minutes are counted: the boxes are then shown open."""
        return bool(self["count_every"].value()) or any(
            name.startswith("count_") for name in self.errors
        )

    def count(self) -> dict[str, Any]:
        """Return how minutes are counted, nothing when they are not."""
        names = ("every", *COUNTED_WHOLE[1:], "rounding", *COUNTED_UNITS)
        filled = {name: self.cleaned_data[f"count_{name}"] for name in names}
        return {name: each for name, each in filled.items() if each not in (None, "")}
