"""Accounts that the town opened, until their holder chose a password."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from foundation.accounts.models import USER_NAME_RULE, Account
from portal.passwords import rule_as_hint

#: What opens before a password is chosen: choosing it, leaving, and the look.
OPEN = ("/accounts/first-password/", "/accounts/logout/", "/static/", "/theme")


class TemporaryPasswordMiddleware:
    """Opens one page to whoever signed in with a password the town made.

    The account of the request is read already: no query is added.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let everybody else through."""
        account = request.user
        if not isinstance(account, Account) or account.temporary_until is None:
            return self.get_response(request)
        if account.temporary_until <= timezone.now():
            logout(request)
            return ask_new_password(request)
        if request.path.startswith(OPEN):
            return self.get_response(request)
        return redirect("account_first_password")


def ask_new_password(request: HttpRequest) -> HttpResponse:
    """Lead somebody whose temporary password is over to the way out."""
    messages.warning(
        request,
        gettext(
            "Your temporary password is over. Enter your address: "
            "we send you a link to choose your own."
        ),
    )
    return redirect("account_reset_password")


class OwnCredentialsForm(forms.Form):
    """The user name, which may be kept, and a password, which may not."""

    user_name = forms.CharField(
        label=_("User name"),
        required=False,
        max_length=30,
        help_text=USER_NAME_RULE,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "govuk-input--width-20",
            }
        ),
    )
    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )

    def __init__(self, data: Any = None, *, account: Account) -> None:
        super().__init__(data, initial={"user_name": account.user_name or ""})
        self.account = account
        self.fields["password1"].help_text = rule_as_hint()

    def clean_user_name(self) -> str:
        """Accept any free name that obeys the rule, in small letters."""
        name: str = self.cleaned_data["user_name"].strip().lower()
        if not name:
            return ""
        # The model's own field knows the rule, and who has which name.
        draft = Account(pk=self.account.pk, email=self.account.email, user_name=name)
        field = Account._meta.get_field("user_name")  # noqa: SLF001 - public in practice.
        field.clean(name, draft)
        others = Account.objects.exclude(pk=self.account.pk)
        if others.filter(user_name=name).exists():
            raise forms.ValidationError(field.error_messages["unique"])
        return name

    def clean_password1(self) -> str:
        """Apply the town's rule, and refuse the password of the message."""
        password: str = self.cleaned_data["password1"]
        if self.account.check_password(password):
            raise forms.ValidationError(
                _("This is the temporary password. Choose another one.")
            )
        return str(get_adapter().clean_password(password, self.account))
