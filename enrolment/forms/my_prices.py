"""Which day to price, and in which situation."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enrolment.services.my_prices import Chosen


class MyPricesForm(forms.Form):
    """Asks the situation only where it changes a price."""

    mark_optional = False

    day = forms.DateField(
        label=_("Which day?"),
        widget=forms.DateInput(
            attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"
        ),
    )
    situation = forms.ChoiceField(label=_("Your situation"), required=False)

    def __init__(
        self, *args: Any, situations: Mapping[str, str], **kwargs: Any
    ) -> None:
        """Offer the situations of the service."""
        super().__init__(*args, **kwargs)
        if situations:
            choices = [("", _("I do not know")), *situations.items()]
            self.fields["situation"].choices = choices  # type: ignore[attr-defined] # A ChoiceField.
        else:
            del self.fields["situation"]

    def chosen(self) -> Chosen:
        """Return the valid answers."""
        given = self.cleaned_data
        return Chosen(given["day"], given.get("situation") or None)
