"""Which past days to try a tariff on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.periods import ONE_DAY, Period

LONGEST_DAYS = 366 * 2
# A field of dates reads and shows them so, whatever the language.
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReplayForm(forms.Form):
    """A first and a last day, both included."""

    first = forms.DateField(label=_("First day"), widget=DAY)
    last = forms.DateField(label=_("Last day"), widget=DAY)

    def clean(self) -> dict[str, Any]:
        """Refuse days the wrong way round, and spans of more than two years."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            raise ValidationError({"last": _("The last day is before the first one.")})
        if first and last and (last - first).days > LONGEST_DAYS:
            raise ValidationError({"last": _("Choose two years at most.")})
        return given

    @property
    def period(self) -> Period:
        """The days chosen, once the form is valid."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"] + ONE_DAY)
