"""django-allauth's forms in our words: one password field, no placeholders."""

from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from families.services.people import discard_unconfirmed
from foundation.accounts.models import Account
from portal.sign_up import ANSWERS, SENT_TO, WAITING

NEW_PASSWORD_RULE = _(
    "Ten characters or more. Avoid your name, and passwords that many people use."
)


def _word(field: forms.Field, label: Any, hint: Any = "", **attrs: str) -> None:
    field.label = label
    field.help_text = hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def _word_email(field: forms.Field, hint: Any = "") -> None:
    _word(field, _("E-mail address"), hint, autocomplete="email", inputmode="email")
    field.error_messages["required"] = _("Enter your e-mail address.")
    field.error_messages["invalid"] = _("Enter an address like name@example.com.")


def _word_new_password(form: forms.Form) -> None:
    """Ask once: the button beside the field shows what was typed."""
    form.fields.pop("password2", None)
    _word(
        form.fields["password1"],
        _("New password"),
        NEW_PASSWORD_RULE,
        autocomplete="new-password",
    )
    form.fields["password1"].error_messages["required"] = _("Choose a password.")


class SignInForm(LoginForm):
    """Address and password; the session ends with the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_email(self.fields["login"])
        _word(self.fields["password"], _("Password"))
        self.fields["password"].error_messages["required"] = _("Enter your password.")


class CreateAccountForm(SignupForm):
    """The town's questions, an address and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("We send a message there to check that it is yours.")
        _word_email(self.fields["email"], hint)
        _word_new_password(self)
        self.fields["password1"].label = _("Password")

    def try_save(self, request: HttpRequest) -> Any:
        """Create account and person together, or answer as if.

        Somebody who corrects a mistyped address leaves no account behind; two
        sign-ups at the same instant are one sign-up and one "you have an account".
        """
        _forget_former(request, self.cleaned_data["email"])
        request.session[SENT_TO] = self.cleaned_data["email"]
        names = ("civility", "first_name", "last_name", "email")
        request.session[ANSWERS] = {name: self.cleaned_data[name] for name in names}
        try:
            with transaction.atomic():
                account, response = super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            account, response = super().try_save(request)
        if account is not None:
            request.session[WAITING] = str(account.public_id)
        return account, response


class AskResetForm(ResetPasswordForm):
    """The address to send the link to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_email(self.fields["email"])


class ResetForm(ResetPasswordKeyForm):
    """The new password, after the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_new_password(self)


class FirstPasswordForm(SetPasswordForm):
    """The first password of an account that had none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_new_password(self)


class NewPasswordForm(ChangePasswordForm):
    """The present password, then the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["oldpassword"], _("Present password"))
        _word_new_password(self)


class NewAddressForm(AddEmailForm):
    """The address to use from now on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_email(self.fields["email"], _("We send a link there. It works once."))
        self.fields["email"].label = _("New e-mail address")


class AskLinkForm(forms.Form):
    """The address to send a new confirmation link to."""

    email = forms.EmailField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_email(self.fields["email"])

    def clean_email(self) -> str:
        """Compare addresses in lower case, as they are kept."""
        return str(self.cleaned_data["email"]).lower()


def _forget_former(request: HttpRequest, email: str) -> None:
    """Drop the account this browser opened with another, mistyped address."""
    waiting = request.session.get(WAITING)
    former = Account.objects.filter(public_id=waiting).first() if waiting else None
    if former is not None and former.email != email:
        discard_unconfirmed(account=former)
        del request.session[WAITING]
