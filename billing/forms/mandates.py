"""Signing a mandate: the account, then the signature."""

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.domain.iban import IbanError, check_iban


class AccountForm(forms.Form):
    """Whose account, and its number, checked as deeply as public rules allow."""

    holder = forms.CharField(
        label=_("Account holder"),
        help_text=_("First and last name, as on the bank statement."),
        max_length=70,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    iban = forms.CharField(
        label=_("IBAN"),
        help_text=_("Copy it from a bank statement. Spaces do not matter."),
        max_length=50,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "govuk-input--width-30",
            }
        ),
    )

    def clean_iban(self) -> str:
        """Say what is wrong with the number, as precisely as we can."""
        try:
            return check_iban(self.cleaned_data["iban"])
        except IbanError as error:
            raise forms.ValidationError(str(error)) from error


class SignatureForm(AccountForm):
    """The answers again, unseen, and the box to tick."""

    holder = forms.CharField(max_length=70, widget=forms.HiddenInput)
    iban = forms.CharField(max_length=50, widget=forms.HiddenInput)
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=_("I sign this mandate"),
        error_messages={"required": _("Tick the box to sign.")},
    )
