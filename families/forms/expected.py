"""A child to be born, and its birth."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.domain.children import is_plausible_birth
from families.enums import Filiation
from families.models import Child
from families.services.children import ImplausibleBirthError
from families.services.expected import Names
from foundation.ui.forms import BirthDateField


def _name(label: object, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type] # A lazy text.
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        **options,
    )


class NamesForm(forms.Form):
    """A day and two names."""

    birth_date: forms.DateField

    def to_names(self) -> Names:
        """Return the valid answers on the child, whatever else was asked."""
        return Names(
            self.cleaned_data["first_name"],
            self.cleaned_data["last_name"],
            self.cleaned_data["birth_date"],
        )


class ExpectedChildForm(NamesForm):
    """When a child is expected; its first name, if it has one already."""

    birth_date = BirthDateField(
        label=_("Expected date of birth"),
        help_text=_("As the doctor or the midwife wrote it. For example, 27 3 2027."),
        error_messages={
            "required": _("Enter the expected date of birth."),
            "invalid": _("Enter a real date, like 27 3 2027."),
        },
    )
    first_name = _name(
        _("First name"),
        required=False,
        help_text=_("You may leave it empty until the birth."),
    )
    last_name = _name(
        _("Last name"),
        error_messages={"required": _("Enter the child's last name.")},
    )

    @staticmethod
    def initial_of(child: Child) -> dict[str, object]:
        """Return what the form shows of a child."""
        names = ("birth_date", "first_name", "last_name")
        return {name: getattr(child, name) for name in names}


class BirthForm(NamesForm):
    """A birth, as a clerk writes it: the day and the names."""

    birth_date = BirthDateField(
        label=_("Date of birth"),
        help_text=_("For example, 27 3 2027."),
        error_messages={
            "required": _("Enter the date of birth."),
            "invalid": _("Enter a real date, like 27 3 2027."),
        },
    )
    first_name = _name(
        _("First name"), error_messages={"required": _("Enter the child's first name.")}
    )
    last_name = _name(
        _("Last name"), error_messages={"required": _("Enter the child's last name.")}
    )

    def __init__(self, *args: Any, child: Child, today: date, **kwargs: Any) -> None:
        """Start with the names given before the birth, without the day."""
        known = {"first_name": child.first_name, "last_name": child.last_name}
        super().__init__(*args, **{**kwargs, "initial": known})
        self.today = today

    def clean_birth_date(self) -> date:
        """Refuse a birth to come."""
        birth_date: date = self.cleaned_data["birth_date"]
        if not is_plausible_birth(birth_date, today=self.today):
            raise forms.ValidationError(str(ImplausibleBirthError()))
        return birth_date


class FamilyBirthForm(BirthForm):
    """What a family says: the same, and what its responsible is to the child."""

    filiation = forms.ChoiceField(
        label=_("Link with the child"),
        help_text=_("That of the responsible of the household."),
        choices=[("", _("Not said")), *Filiation.choices],
        required=False,
    )
