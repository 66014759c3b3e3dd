"""A child of the family."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.domain.children import is_plausible_birth
from families.enums import Filiation, QuebecClass, SchoolClass
from families.models import Child
from families.services.children import ChildDetails, ImplausibleBirthError
from foundation.ui.forms import BirthDateField
from foundation.ui.widgets import DocumentInput
from foundation.uploads.forms import PortraitField
from tenants.townhall.models import School

ANSWERS = frozenset(ChildDetails.__slots__)


class ChildForm(forms.Form):
    """Identity and school. The date of birth decides what is open to the child."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the child's first name.")},
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the child's last name.")},
    )
    birth_date = BirthDateField(
        label=_("Date of birth"),
        help_text=_("For example, 27 3 2019. It decides which activities are open."),
        error_messages={"required": _("Enter the date of birth.")},
    )
    school = forms.ModelChoiceField(
        School.objects.order_by("position", "name"),
        label=_("School"),
        required=False,
        to_field_name="code",
        empty_label=_("Another school, or not at school yet"),
    )
    other_school = forms.CharField(
        label=_("Another school"),
        help_text=_("Only if the school is not in the list."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    school_class = forms.ChoiceField(label=_("Class"), required=False)

    def __init__(self, *args: Any, today: date, locale: str, **kwargs: Any) -> None:
        """Offer the classes of the town's country."""
        super().__init__(*args, **kwargs)
        self.today = today
        classes = QuebecClass if locale == "fr-ca" else SchoolClass
        self.fields["school_class"].choices = [  # type: ignore[attr-defined] # A ChoiceField.
            ("", _("Not at school yet, or not known")),
            *classes.choices,
        ]
        if not self.fields["school"].queryset.exists():  # type: ignore[attr-defined] # A ModelChoiceField.
            del self.fields["school"]
            self.fields["other_school"].label = _("School")
            self.fields["other_school"].help_text = ""

    def clean_birth_date(self) -> date:
        """Refuse the future and more than twenty years."""
        birth_date: date = self.cleaned_data["birth_date"]
        if not is_plausible_birth(birth_date, today=self.today):
            raise forms.ValidationError(str(ImplausibleBirthError()))
        return birth_date

    def clean(self) -> dict[str, Any]:
        """Keep one school: the one chosen from the list wins."""
        data = super().clean() or self.cleaned_data
        if data.get("school"):
            data["other_school"] = ""
        return data

    def to_details(self) -> ChildDetails:
        """Return the valid answers on the child, whatever else was asked."""
        given = {k: v for k, v in self.cleaned_data.items() if k in ANSWERS}
        return ChildDetails(**given)

    @staticmethod
    def initial_of(child: Child) -> dict[str, object]:
        """Return what the form shows of a child on file."""
        return {name: getattr(child, name) for name in ChildDetails.__slots__}


class FamilyChildForm(ChildForm):
    """What a family says: the same, and what its responsible is to the child."""

    field_order = ("first_name", "last_name", "birth_date", "filiation")

    filiation = forms.ChoiceField(
        label=_("Link with the child"),
        help_text=_("That of the responsible of the household."),
        choices=[("", _("Not said")), *Filiation.choices],
        required=False,
    )


class NewChildForm(FamilyChildForm):
    """All that is known of a child at once: the photo too, for who has it at hand."""

    photo = PortraitField(
        label=_("Photo"),
        help_text=_("The face, from the front. Staff see it on the list of the day."),
        required=False,
        widget=DocumentInput({"accept": PortraitField.accepted}),
    )
