"""The sections of a child's file."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from families.enums import Aid, HealthMeasure, Vaccinations
from families.models import MealType
from families.services.authorisations import Given, is_old_enough
from families.services.contacts import ContactDetails
from families.services.health_sheets import HealthDetails
from families.services.insurance import Insurance
from foundation.periods import ONE_DAY
from foundation.uploads.cleaning import CleanFile
from foundation.uploads.forms import PortraitField

PHONE = {"autocomplete": "off", "inputmode": "tel", "class": "govuk-input--width-20"}
OFF = {"autocomplete": "off"}
YES, NO = "yes", "no"


def _day(label: object, help_text: object = "") -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type] # A lazy text.
        help_text=help_text,  # type: ignore[arg-type] # As above.
        required=False,
        widget=forms.DateInput(
            attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"
        ),
    )


class InsuranceForm(forms.Form):
    """Who insures the child. The last day is asked, the next one is kept."""

    company = forms.CharField(
        label=_("Insurance company"), max_length=120, widget=forms.TextInput(OFF)
    )
    policy = forms.CharField(
        label=_("Policy number"),
        help_text=_("It is written on the certificate."),
        max_length=60,
        widget=forms.TextInput({**OFF, "class": "govuk-input--width-20"}),
    )
    last_day = _day(_("Last day of the insurance"))

    def to_insurance(self) -> Insurance:
        """Return the valid answers."""
        last_day = self.cleaned_data["last_day"]
        return Insurance(
            self.cleaned_data["company"],
            self.cleaned_data["policy"],
            last_day + ONE_DAY if last_day else None,
        )

    @staticmethod
    def initial_of(insurance: Insurance) -> dict[str, object]:
        """Return what the form shows."""
        return {
            "company": insurance.company,
            "policy": insurance.policy,
            "last_day": insurance.until - ONE_DAY if insurance.until else None,
        }


class HealthForm(forms.Form):
    """What to do for the child, never why."""

    meal_type = forms.ModelChoiceField(
        MealType.objects.none(),
        label=_("Meals"),
        required=False,
        to_field_name="code",
        empty_label=_("Usual meal"),
    )
    measures = forms.MultipleChoiceField(
        label=_("What we must do or avoid"),
        help_text=_("Tick all that apply."),
        choices=HealthMeasure.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    precautions = forms.CharField(
        label=_("Other precautions"),
        help_text=_("Say what to do. You do not have to name an illness."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    treatments = forms.CharField(
        label=_("Medicine to give"),
        help_text=_("Name and hour. We also need the prescription."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    care_plan = forms.BooleanField(
        label=_("My child has an individual care plan (PAI)"), required=False
    )
    care_plan_measures = forms.CharField(
        label=_("What the care plan asks us to do"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    aids = forms.MultipleChoiceField(
        label=_("My child wears"),
        choices=Aid.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    vaccinations = forms.ChoiceField(
        label=_("Are the compulsory vaccinations up to date?"),
        choices=Vaccinations.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Answer about the vaccinations.")},
    )
    doctor_name = forms.CharField(
        label=_("Doctor's name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(OFF),
    )
    doctor_phone = forms.CharField(
        label=_("Doctor's telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(PHONE),
    )

    def __init__(self, *args: Any, present: HealthDetails, **kwargs: Any) -> None:
        """Offer the meals of the town, and the one the child has."""
        kwargs["initial"] = _initial(present)
        super().__init__(*args, **kwargs)
        offered = MealType.objects.filter(is_offered=True)
        if present.meal_type:
            offered |= MealType.objects.filter(pk=present.meal_type.pk)
        self.fields["meal_type"].queryset = offered.order_by("position", "name")  # type: ignore[attr-defined] # A ModelChoiceField.

    def to_details(self) -> HealthDetails:
        """Return the valid answers."""
        data = dict(self.cleaned_data)
        data["measures"] = tuple(data["measures"])
        data["aids"] = tuple(data["aids"])
        return HealthDetails(**data)


class StaffHealthForm(HealthForm):
    """The same questions, as a clerk answers them for a child of others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["care_plan"].label = _("Individual care plan (PAI)")
        self.fields["aids"].label = _("The child wears")


def _initial(present: HealthDetails) -> dict[str, object]:
    values: dict[str, Any] = {
        name: getattr(present, name) for name in HealthDetails.__slots__
    }
    values["measures"], values["aids"] = list(present.measures), list(present.aids)
    return values


class AuthorisationsForm(forms.Form):
    """A yes or no for each authorisation; nothing is answered in the family's place."""

    mark_optional = False

    def __init__(
        self, *args: Any, given: Sequence[Given], child: Any, today: Any, **kwargs: Any
    ) -> None:
        """Ask what the town asks; a yes needs the age."""
        super().__init__(*args, **kwargs)
        for each in given:
            self.fields[each.kind.code] = _question(each, child, today)

    def to_answers(self) -> dict[str, bool | None]:
        """Return the answers by code; None for a question left open."""
        told = {YES: True, NO: False}
        return {code: told.get(value) for code, value in self.cleaned_data.items()}


def _question(given: Given, child: Any, today: Any) -> forms.ChoiceField:
    old_enough = is_old_enough(given.kind, child, today)
    choices = [(YES, _("Yes, I allow it")), (NO, _("No"))]
    help_text: Any = given.kind.text
    if not old_enough:
        choices = choices[1:]
        help_text = _("Possible from %(age)s years of age.") % {
            "age": given.kind.minimum_age
        }
    told = {True: YES, False: NO, None: ""}
    return forms.ChoiceField(
        label=given.kind.name,
        help_text=help_text,
        choices=choices,
        required=False,
        initial=told[given.is_allowed],
        widget=forms.RadioSelect({"class": "govuk-radios--inline"}),
    )


class ContactForm(forms.Form):
    """A person around the child. `id` makes a double click one person."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("First and last name"),
        help_text=_("As on the identity card: staff will ask for it."),
        max_length=120,
        widget=forms.TextInput(OFF),
    )
    relation = forms.CharField(
        label=_("Link with the child"),
        help_text=_("Grandmother, neighbour, childminder..."),
        max_length=60,
        widget=forms.TextInput(OFF),
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, widget=forms.TextInput(PHONE)
    )
    may_collect = forms.BooleanField(label=_("May collect the child"), required=False)
    is_of_age = forms.BooleanField(label="", required=False)
    is_emergency = forms.BooleanField(label=_("Call in an emergency"), required=False)
    from_on = _day(_("From"), _("Leave empty if it is from now on."))
    last_day = _day(_("Until, included"), _("Leave empty if there is no end."))

    def __init__(self, *args: Any, collector_age: int, **kwargs: Any) -> None:
        """Ask the declaration with the town's age."""
        super().__init__(*args, **kwargs)
        self.fields["is_of_age"].label = _(
            "This person is at least %(age)s years old"
        ) % {"age": collector_age}

    def to_details(self) -> ContactDetails:
        """Return the valid answers."""
        data = dict(self.cleaned_data)
        data.pop("id")
        last_day = data.pop("last_day")
        return ContactDetails(**data, until_on=last_day + ONE_DAY if last_day else None)

    @staticmethod
    def initial_of(
        details: ContactDetails | None, public_id: UUID | None
    ) -> dict[str, object]:
        """Return what the form shows of a person, or of nobody yet."""
        if details is None:
            return {"id": uuid4(), "may_collect": True}
        shown: dict[str, Any] = {
            name: getattr(details, name) for name in ContactDetails.__slots__
        }
        until = shown.pop("until_on")
        return {
            **shown,
            "id": public_id,
            "last_day": until - ONE_DAY if until else None,
        }


class PhotoForm(forms.Form):
    """The identity photo."""

    photo = PortraitField(
        label=_("Photo"),
        help_text=_("The face, from the front. We cut a square out of the middle."),
        error_messages={"required": _("Choose a photo.")},
    )

    @property
    def portrait(self) -> CleanFile:
        """The clean square."""
        portrait: CleanFile = self.cleaned_data["photo"]
        return portrait
