"""The name of a tariff, the vote of a version, and what the version says as a whole."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from catalog.domain.prices.tariff import ROUND_TO
from catalog.enums import Unit
from catalog.forms.tariffs.fields import LooseDecimalField, choices_with
from catalog.services.price_wording import CODES
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
    care = LooseDecimalField(label=_("Care, in percent"), required=False)
    meal = LooseDecimalField(label=_("Meal, in percent"), required=False)
    other = LooseDecimalField(label=_("Other, in percent"), required=False)

    def __init__(self, *args: Any, unit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [unit] if unit else []
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices_with(list(Unit.choices), known)
