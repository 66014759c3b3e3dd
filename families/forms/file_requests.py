"""Asking for file numbers: the people, and where the family lives."""

from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from families.domain.children import age_on, is_plausible_birth
from families.domain.file_numbers import readings
from families.forms.addresses import AddressForm
from families.models import Household, Person
from families.services.children import ImplausibleBirthError
from families.services.file_requests import Member
from foundation.ui.forms import BirthDateField
from foundation.ui.widgets import DateFieldsInput
from tenants.townhall.queries import town_settings

MOST_MEMBERS = 10
OLDEST_ADULT = 120


class _Unfinished(forms.BaseForm):
    """A form that may be shown again before it is finished."""

    def forget_errors(self) -> None:
        """Complain of nothing: the person only asked for one more line."""
        self._errors = ErrorDict()


class FileRequestForm(_Unfinished, AddressForm):
    """Who asks, and where the family lives; names come from the account."""

    birth_date = BirthDateField(
        label=_("Your date of birth"),
        help_text=_("You will need it with your number."),
        widget=DateFieldsInput(own_birthday=True),
        error_messages={"required": _("Enter your date of birth.")},
    )
    field_order = ("birth_date",)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Check ages on `today`."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_birth_date(self) -> date:
        """Check that who asks is an adult, as the town sees it."""
        born: date = self.cleaned_data["birth_date"]
        age = age_on(born, self.today)
        if not town_settings().minimum_age <= age <= OLDEST_ADULT:
            raise forms.ValidationError(_("Check your date of birth."))
        return born

    def to_member(self, person: Person) -> Member:
        """Return who asks, as the first of the people."""
        born = self.cleaned_data["birth_date"]
        return Member(person.first_name, person.last_name, born, is_adult=True)


class MemberForm(_Unfinished, forms.Form):
    """Another one of the people. Left empty, it counts for nobody."""

    mark_optional = False
    kind = forms.ChoiceField(
        label=_("This person is"),
        choices=[("child", _("A child")), ("adult", _("An adult"))],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
        initial="child",
    )
    first_name = forms.CharField(
        label=_("First name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the first name.")},
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the last name.")},
    )
    birth_date = BirthDateField(
        label=_("Date of birth"),
        error_messages={"required": _("Enter the date of birth.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Check ages on `today`."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Refuse a child who is no child, and an adult yet to be born."""
        born = self.cleaned_data.get("birth_date")
        if born is None:
            return self.cleaned_data
        if self.cleaned_data.get("kind") == "child":
            if not is_plausible_birth(born, today=self.today):
                self.add_error("birth_date", str(ImplausibleBirthError()))
        elif not 0 <= age_on(born, self.today) <= OLDEST_ADULT:
            self.add_error("birth_date", _("Check the date of birth."))
        return self.cleaned_data

    def to_member(self) -> Member:
        """Return the valid answers."""
        answers = self.cleaned_data
        return Member(
            answers["first_name"],
            answers["last_name"],
            answers["birth_date"],
            is_adult=answers["kind"] == "adult",
        )


class _Members(forms.BaseFormSet[MemberForm]):
    """The other people, one after the other."""

    def to_members(self) -> list[Member]:
        """Return those that were filled in."""
        return [form.to_member() for form in self.forms if form.has_changed()]


MemberFormSet = forms.formset_factory(
    MemberForm,
    formset=_Members,
    extra=1,
    max_num=MOST_MEMBERS,
    validate_max=True,
    absolute_max=MOST_MEMBERS + 1,
)


class AnswerForm(forms.Form):
    """Which file a request is answered with: a new one, or one the town has."""

    NEW = "new"
    file = forms.ChoiceField(
        label=_("File"), widget=forms.RadioSelect, choices=[], required=False
    )
    other = forms.CharField(
        label=_("Another file number"),
        required=False,
        max_length=30,
        help_text=_("Fill it in when the file is not in the list."),
    )

    def __init__(self, *args: Any, files: list[Household], **kwargs: Any) -> None:
        """Offer the files that look like the one asked for.

        A new file is chosen beforehand only when no other resembles it: the clerk
        who overlooks a match would give the family a second file.
        """
        super().__init__(*args, **kwargs)
        self.known_files = {str(each.public_id): each for each in files}
        known = [
            (key, _("%(file)s, %(place)s") % {"file": each, "place": each.street})
            for key, each in self.known_files.items()
        ]
        self.fields["file"].choices = [  # type: ignore[attr-defined] # A ChoiceField.
            *known,
            (self.NEW, _("Open a new file")),
        ]
        self.fields["file"].initial = "" if known else self.NEW
        self.found: Household | None = None

    def clean(self) -> dict[str, Any]:
        """Find the file chosen; None opens a new one."""
        number = self.cleaned_data.get("other", "")
        if number:
            found = Household.objects.current().filter(file_number__in=readings(number))
            self.found = found.first()
            if self.found is None:
                self.add_error("other", _("No file has this number."))
        elif not self.cleaned_data.get("file") and "file" not in self.errors:
            self.add_error("file", _("Choose a file, or open a new one."))
        else:
            self.found = self.known_files.get(self.cleaned_data.get("file", ""))
        return self.cleaned_data
