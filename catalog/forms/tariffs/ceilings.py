"""What a child or a household pays at most over a period."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.tariff_sheet import Ceiling
from catalog.forms.tariffs.fields import LooseDecimalField, choices_with

PERIODS = [
    ("month", _("In a month")),
    ("day", _("In a day")),
    ("week", _("In a week, from Monday")),
    ("calendar_period", _("In a period of the calendar")),
    ("school_year", _("In a school year")),
]
PAYERS = [("child", _("Each child")), ("household", _("The whole household"))]


class CeilingForm(forms.Form):
    """One ceiling; it is taken off on invoices."""

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(
        label=_("Name shown"),
        max_length=120,
        required=False,
        help_text=_("Families read it on their invoice."),
    )
    amount = LooseDecimalField(label=_("Highest amount"), required=False, is_price=True)
    period = forms.ChoiceField(label=_("Counted"), choices=PERIODS, initial="month")
    per = forms.ChoiceField(label=_("For whom"), choices=PAYERS, initial="child")
    activities = forms.MultipleChoiceField(
        label=_("For these activities only"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing for all the activities of this tariff."),
    )

    def __init__(
        self, *args: Any, activities: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["activities"]
        known = list(self.initial.get("activities", ()))
        if isinstance(field, forms.ChoiceField):
            field.choices = choices_with(list(activities or ()), known)
        if not activities and not known:
            del self.fields["activities"]

    def clean(self) -> dict[str, Any]:
        """Ask for the amount and the name together."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.has_changed():
            return data
        asked = {"label": _("Write its name."), "amount": _("Write the amount.")}
        for name, message in asked.items():
            if name not in self.errors and not data.get(name):
                self.add_error(name, message)
        return data

    def ceiling(self) -> Ceiling:
        """Return what was filled in; call it on a sound form."""
        data = self.cleaned_data
        return Ceiling(
            label=data["label"].strip(),
            amount=data["amount"],
            period=data["period"],
            per=data["per"],
            activities=tuple(data.get("activities", ())),
            code=data["code"],
        )
