"""Forms of the family's file."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from families.enums import Civility
from foundation.accounts.models import Account


class SignUpForm(forms.Form):
    """What is asked beside the address and the password."""

    civility = forms.ChoiceField(label=_("Title"), choices=Civility)
    first_name = forms.CharField(label=_("First name"), max_length=100)
    last_name = forms.CharField(label=_("Last name"), max_length=100)
    of_age = forms.BooleanField(label=_("I am of age"))

    def signup(self, request: HttpRequest, user: Account) -> None:
        """Called by django-allauth once the account exists."""
