"""django-allauth's forms in our words: one password field, no placeholders."""

from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from families.enums import Civility
from families.forms.sign_up import SignUpForm
from families.services.people import discard_unconfirmed
from families.services.sign_up import Newcomer
from foundation.accounts.models import Account
from foundation.robots.forms import RobotCheckMixin
from portal.passwords import rule_as_hint, spend_the_time_of_a_password
from portal.sign_up import ANSWERS, SENT_TO, WAITING
from tenants.townhall.models import SignUpStyle
from tenants.townhall.queries import town_settings


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
        rule_as_hint(),
        autocomplete="new-password",
    )
    form.fields["password1"].error_messages["required"] = _("Choose a password.")


class ProveWithPasswordForm(ReauthenticateForm):
    """The password once more, before a change that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["password"], _("Password"), autocomplete="current-password")


class SignInForm(LoginForm):
    """Address and password; the session ends with the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The town may have given a user name; it never holds an at sign.
        self.fields["login"] = forms.CharField(
            label=_("E-mail address or user name"),
            max_length=254,
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "username",
                    "autocapitalize": "none",
                    "spellcheck": "false",
                    "inputmode": "email",
                }
            ),
            error_messages={"required": _("Enter your address or your user name.")},
        )
        self.order_fields(["login", "password"])
        _word(self.fields["password"], _("Password"))
        self.fields["password"].error_messages["required"] = _("Enter your password.")

    def clean_login(self) -> str:
        """Return the address of a user name; an unknown name leads nowhere.

        The limits and the time of an answer are those of an address.
        """
        typed = str(self.cleaned_data["login"]).strip()
        if "@" in typed:
            return typed
        found = Account.objects.filter(user_name=typed.lower()).first()
        return found.email if found else f"{typed.lower()}@nobody.invalid"


class CreateAccountForm(RobotCheckMixin, SignupForm):
    """The town's questions and an address; a password now, or after the mail.

    Where the password comes later, the address is typed twice: nothing else would
    tell the person that it is wrong.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("We send a message there to check that it is yours.")
        _word_email(self.fields["email"], hint)
        if town_settings().sign_up_style == SignUpStyle.LINK_FIRST:
            del self.fields["password1"]
            self.fields["email_again"] = forms.EmailField()
            _word_email(self.fields["email_again"])
            self.fields["email_again"].label = _("E-mail address, once more")
            self.order_fields(self.field_order)
        else:
            _word_new_password(self)
            self.fields["password1"].label = _("Password")

    def clean_email_again(self) -> str:
        """Compare the two addresses, whatever their capitals."""
        again = str(self.cleaned_data["email_again"]).lower()
        if again != self.cleaned_data.get("email", again):
            raise forms.ValidationError(_("The two addresses are not the same."))
        return again

    def try_save(self, request: HttpRequest) -> Any:
        """Create account and person together, or answer as if.

        Somebody who corrects a mistyped address leaves no account behind; two
        sign-ups at the same instant are one sign-up and one "you have an account".
        """
        _forget_former(request, self.cleaned_data["email"])
        request.session[SENT_TO] = self.cleaned_data["email"]
        is_known = bool(getattr(self, "account_already_exists", False))
        if is_known and "password1" in self.fields:
            spend_the_time_of_a_password()
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

    def clean_email(self) -> str:
        """Read once more for a known address, as the library does for an unknown one.

        So both cost as many questions to the database.
        """
        email = str(super().clean_email())
        if self.users:
            Account.objects.filter(email=email.lower()).first()
        return email


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


class AskLinkForm(RobotCheckMixin, forms.Form):
    """The address to send a new confirmation link to."""

    email = forms.EmailField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_email(self.fields["email"])

    def clean_email(self) -> str:
        """Compare addresses in lower case, as they are kept."""
        return str(self.cleaned_data["email"]).lower()


class StartForm(forms.Form):
    """The address, before anything else."""

    email = forms.EmailField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_email(self.fields["email"])

    def clean_email(self) -> str:
        """Keep addresses in lower case."""
        return str(self.cleaned_data["email"]).lower()


class StartLinkForm(RobotCheckMixin, forms.Form):
    """Nothing to fill in: the address is known, a link is asked for."""


class OpenAccountForm(SignUpForm):
    """What somebody says of themselves, once their address is proven."""

    password1 = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        _word_new_password(self)
        self.fields["password1"].label = _("Password")

    def clean(self) -> dict[str, Any]:
        """Check the password with what is known of the person."""
        answers = self.cleaned_data
        person = Account(
            email=self.email,
            first_name=answers.get("first_name", ""),
            last_name=answers.get("last_name", ""),
        )
        if "password1" in answers:
            try:
                validate_password(answers["password1"], person)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return answers

    def to_newcomer(self) -> Newcomer:
        """Return the valid answers."""
        return Newcomer(
            civility=Civility(self.cleaned_data["civility"]),
            first_name=self.cleaned_data["first_name"],
            last_name=self.cleaned_data["last_name"],
            password=self.cleaned_data["password1"],
        )


def _forget_former(request: HttpRequest, email: str) -> None:
    """Drop the account this browser opened with another, mistyped address."""
    waiting = request.session.get(WAITING)
    former = Account.objects.filter(public_id=waiting).first() if waiting else None
    if former is not None and former.email != email:
        discard_unconfirmed(account=former)
        del request.session[WAITING]
