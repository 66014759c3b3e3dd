"""A family that comes to the counter without a file."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from families.enums import Civility
from families.forms.addresses import AddressForm
from families.queries.people import people_named
from families.services.new_families import NewFamily
from foundation.ui.forms import BirthDateField
from tenants.queries import current_town


class NewFamilyForm(AddressForm):
    """The adult who stands there, and where they live. No e-mail address is needed."""

    civility = forms.ChoiceField(label=_("Form of address"), choices=Civility)
    first_name = forms.CharField(label=_("First name"), max_length=100)
    last_name = forms.CharField(label=_("Last name"), max_length=100)
    birth_date = BirthDateField(label=_("Date of birth"), required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Leave it empty if there is none: a letter can be printed."),
    )
    told = forms.BooleanField(
        label=_("The person was told how the town uses their data, and is of age"),
        error_messages={"required": _("Tell them first, or hand them the leaflet.")},
    )
    somebody_else = forms.BooleanField(
        label=_("It is somebody else: open a new file"), required=False
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = (
        *("civility", "first_name", "last_name", "birth_date", "email", "phone"),
        *("street", "street_extra", "postal_code", "city", "country", "commune"),
        *("told", "somebody_else", "form_key"),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"form_key": uuid4(), "country": _country()})
        self.same_names = people_named("", "")

    def clean(self) -> dict[str, Any]:
        """Show who has the same name already, before a second file is opened."""
        answers = super().clean()
        if {"first_name", "last_name"} <= answers.keys():
            self.same_names = people_named(answers["first_name"], answers["last_name"])
        if self.same_names and not answers.get("somebody_else"):
            self.add_error(
                "somebody_else",
                _("Somebody on file has this name. Open their file, or tick the box."),
            )
        return answers

    def visible_fields(self) -> list[Any]:
        """Ask whether it is somebody else only once somebody has the same name."""
        shown = super().visible_fields()
        if self.same_names:
            return shown
        return [each for each in shown if each.name != "somebody_else"]

    @property
    def answers(self) -> dict[str, str]:
        """The answers as text, the form's own key left out."""
        return {
            name: str(value)
            for name, value in self.cleaned_data.items()
            if name != "form_key"
        }

    def to_facts(self) -> NewFamily:
        """Return the valid answers."""
        given = self.cleaned_data
        return NewFamily(
            civility=Civility(given["civility"]),
            first_name=given["first_name"],
            last_name=given["last_name"],
            birth_date=given["birth_date"],
            email=given["email"],
            phone=given["phone"],
            address=self.to_address(),
        )


def _country() -> str:
    return "CA" if current_town().locale == "fr-ca" else "FR"
