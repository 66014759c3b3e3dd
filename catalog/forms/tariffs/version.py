"""The name of a tariff, the vote of a version, and what the version says as a whole."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.prices.tariff import ROUND_TO
from catalog.enums import Unit
from catalog.forms.tariffs.counting import CountForm, SharesForm
from catalog.forms.tariffs.defaults import NOTHING, DefaultsForm
from catalog.forms.tariffs.fields import choices_with
from catalog.services.tariffs import Vote


class TariffForm(forms.Form):
    """The name of a new tariff."""

    name = forms.CharField(
        label=_("Name of the tariff"),
        max_length=120,
        help_text=_("For example: school meals, Wednesday half-days."),
    )


def _day() -> forms.DateInput:
    """Return the browser's own box: a day typed in another order is never lost."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class VoteForm(forms.Form):
    """The decision that the version follows."""

    vote_number = forms.CharField(label=_("Number of the vote"), max_length=60)
    voted_on = forms.DateField(label=_("Date of the vote"), widget=_day())
    effective_from = forms.DateField(label=_("Applies from"), widget=_day())

    def vote(self) -> Vote:
        """Return the decision."""
        data = self.cleaned_data
        return Vote(data["vote_number"], data["voted_on"], data["effective_from"])


class VersionForm(DefaultsForm, CountForm, SharesForm):
    """The unit, the published values, the rounding, the minutes and the shares."""

    unit = forms.ChoiceField(
        label=_("One unit is"), help_text=_("The prices below are for one unit.")
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

    def __init__(
        self,
        *args: Any,
        unit: str = "",
        situations: list[tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        known = [unit] if unit else []
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices_with(list(Unit.choices), known)
        situation = self.fields["default_situation"]
        if isinstance(situation, forms.ChoiceField):
            situation.choices = [NOTHING, *(situations or ())]
