"""Passkeys: the browser's answers are taken from this very host only.

The library accepts an answer signed on any host below the one a passkey is bound to.
The platform's host stands above its towns': a page of a town could ask an operator's
passkey, and the platform would believe it. So the origin is compared in full.
"""

import json
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as base
from django import forms
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode

from portal.sign_in.second_factor import own_origin


def check_origin(credential: Any) -> None:
    """Refuse an answer that was not made for a page of this host."""
    try:
        data = json.loads(websafe_decode(credential["response"]["clientDataJSON"]))
        origin = data["origin"]
        is_framed = data.get("crossOrigin", False)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise get_adapter().validation_error("incorrect_code") from error
    if origin != own_origin() or is_framed:
        raise get_adapter().validation_error("incorrect_code")


class AddPasskeyForm(base.AddWebAuthnForm):
    """A name, and whether the passkey replaces the password too."""

    passwordless = forms.BooleanField(
        label=_("Sign in with it alone"),
        help_text=_("No password to type: your finger, your face or a code is enough."),
        required=False,
        initial=True,
    )
    field_order = ("name", "passwordless", "credential")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_name(self.fields["name"])

    def clean_credential(self) -> Any:
        """Check where it was made."""
        check_origin(self.cleaned_data["credential"])
        return self.cleaned_data["credential"]


class RenamePasskeyForm(base.EditWebAuthnForm):
    """Another name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_name(self.fields["name"])


class _OwnOrigin(forms.Form):
    def clean_credential(self) -> Any:
        """Check where it was used, then all the rest."""
        check_origin(self.cleaned_data["credential"])
        return super().clean_credential()  # type: ignore[misc] # allauth's forms have it.


class UsePasskeyForm(_OwnOrigin, base.AuthenticateWebAuthnForm):
    """The second step after the password."""


class SignInWithPasskeyForm(_OwnOrigin, base.LoginWebAuthnForm):
    """The passkey alone."""


class ProveWithPasskeyForm(_OwnOrigin, base.ReauthenticateWebAuthnForm):
    """Still the same person."""


def _word_name(field: forms.Field) -> None:
    field.label = _("Name of the passkey")
    field.help_text = _("To recognise it: “Dad's phone”, “Blue key”.")
    field.widget.attrs.update({"maxlength": "60", "autocomplete": "off"})
