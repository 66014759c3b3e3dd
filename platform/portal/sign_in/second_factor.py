"""The second step: authenticator application, recovery codes, passkeys."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext, gettext_lazy as _

from foundation.accounts.models import Account
from foundation.encryption.loose import seal_text, unseal_text

PURPOSE = "second factor"
# Recovery codes alone are no second factor: they follow one.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class TownMFAAdapter(DefaultMFAAdapter):
    """Secrets sealed at rest; passkeys of one host only; our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _(
            "Remove the second step first, then change the address."
        ),
        "incorrect_code": _("This does not match. Try again."),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        """Seal what the authenticator application and we both know."""
        return seal_text(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed, in the same town."""
        return unseal_text(encrypted_text, purpose=PURPOSE)

    def get_totp_issuer(self) -> str:
        """Name the town: an application may hold several."""
        return site_name()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the town's own host, and to nothing above it."""
        return {"id": own_host(), "name": site_name()}

    def generate_authenticator_name(self, user: Account, type: str) -> str:  # noqa: A002 - allauth's name.
        """Propose a name, to tell passkeys apart."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        if not count:
            return gettext("My passkey")
        return gettext("My passkey %(number)s") % {"number": count + 1}


def own_host() -> str:
    """Return the host of this request, without its port: TownMiddleware knows it."""
    host: str = context.request.get_host()
    return host.rpartition(":")[0] if ":" in host else host


def own_origin() -> str:
    """Return what a browser signs as its origin on this host."""
    request: Any = context.request
    host = request.get_host()
    default = ":443" if request.scheme == "https" else ":80"
    return f"{request.scheme}://{host.removesuffix(default)}"


def site_name() -> str:
    """Return the town's name, or the platform's on its own site."""
    town = context.request.tenant
    return "Préau" if town.is_public else str(town.name)


def has_second_factor(account: Account) -> bool:
    """Tell whether an application or a passkey protects the account."""
    held = Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS)
    return bool(held.exists())
