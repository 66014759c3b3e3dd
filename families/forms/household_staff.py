"""What clerks write of a household: who is in it, what is proven."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.enums import QuotientKind, Regime, Residence
from foundation.ui.fields import PlainDecimalField


class DayField(forms.DateField):
    """A day, typed or chosen in a calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


class ReasonForm(forms.Form):
    """A decision about people, with its reason, made once."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("The family reads it. Say nothing of another household."),
    )


class ShareForm(ReasonForm):
    """The household a child belongs to as well."""

    file_number = forms.CharField(label=_("Number of the other file"), max_length=20)
    sees_file = forms.BooleanField(
        label=_("This household sees the child's file"), required=False, initial=True
    )
    from_on = DayField(label=_("From"))
    field_order = ("form_key", "file_number", "sees_file", "from_on", "reason")


class SeenForm(ReasonForm):
    """Whether a household may see a child's file."""

    sees_file = forms.BooleanField(
        label=_("This household sees the child's file"), required=False
    )
    field_order = ("form_key", "sees_file", "reason")


class EndForm(ReasonForm):
    """The first day on which something no longer holds."""

    until_on = DayField(
        label=_("Until"), help_text=_("The first day on which it no longer holds.")
    )
    field_order = ("form_key", "until_on", "reason")


class _WrittenForm(ReasonForm):
    """When a fact holds, and where it comes from."""

    from_on = DayField(label=_("From"))
    until_on = DayField(
        label=_("Until"),
        required=False,
        help_text=_("This day is not included. Empty: without end."),
    )
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=200,
        help_text=_("For example: CAF certificate seen on 3 September 2026."),
    )
    is_correction = forms.BooleanField(
        label=_("I correct a mistake: it may start in the past"), required=False
    )


class QuotientForm(_WrittenForm):
    """A family quotient."""

    value = PlainDecimalField(
        label=_("Quotient"), min_value=0, max_digits=9, decimal_places=2
    )
    kind = forms.ChoiceField(label=_("Worked out by"), choices=QuotientKind)
    field_order = (
        "form_key",
        "value",
        "kind",
        "from_on",
        "until_on",
        "source",
        "is_correction",
        "reason",
    )


class ResidenceForm(_WrittenForm):
    """Where the household stands towards the town."""

    status = forms.ChoiceField(label=_("Residence"), choices=Residence)
    field_order = (
        "form_key",
        "status",
        "from_on",
        "until_on",
        "source",
        "is_correction",
        "reason",
    )


class RegimeForm(_WrittenForm):
    """Who pays the family allowances of the household."""

    regime = forms.ChoiceField(label=_("Family allowances paid by"), choices=Regime)
    field_order = (
        "form_key",
        "regime",
        "from_on",
        "until_on",
        "source",
        "is_correction",
        "reason",
    )
