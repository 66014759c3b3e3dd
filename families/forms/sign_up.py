"""Who signs up, beside the address and the password."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from families.enums import Civility
from families.services.people import register_person
from foundation.accounts.models import Account
from tenants.townhall.models import LegalBasis
from tenants.townhall.queries import town_settings


class SignUpForm(forms.Form):
    """The part of the sign-up form that django-allauth does not know."""

    civility = forms.ChoiceField(
        label=_("Form of address"),
        choices=Civility,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
        error_messages={"required": _("Choose a title, or “No title”.")},
    )
    first_name = forms.CharField(
        label=_("First name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Enter your first name.")},
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Enter your last name.")},
    )
    of_age = forms.BooleanField(
        help_text=_("An account opened with a false statement is closed.")
    )
    consent = forms.BooleanField(
        label=_("I agree that my data are used to give me access to these services"),
        error_messages={"required": _("Tick the box to agree: we need it to go on.")},
    )

    field_order = (
        *("civility", "first_name", "last_name", "email", "email_again"),
        *("password1", "of_age", "consent"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask what this town asks: its minimum age, its legal basis."""
        super().__init__(*args, **kwargs)
        town = town_settings()
        self.minimum_age = town.minimum_age
        self.legal_notice = town.legal_notice
        self.fields["of_age"].label = _("I am %(age)s or older") % {
            "age": town.minimum_age
        }
        self.fields["of_age"].error_messages["required"] = _(
            "You must be %(age)s or older to open an account. Ask an adult to do it."
        ) % {"age": town.minimum_age}
        if town.legal_basis != LegalBasis.CONSENT:
            del self.fields["consent"]

    def signup(self, request: HttpRequest, user: Account) -> None:  # noqa: ARG002 - allauth's signature.
        """Create the person, in the transaction that created the account."""
        register_person(
            account=user,
            civility=Civility(self.cleaned_data["civility"]),
            first_name=self.cleaned_data["first_name"],
            last_name=self.cleaned_data["last_name"],
            now=timezone.now(),
        )
