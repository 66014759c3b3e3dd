"""Accounts and the services that vouch for them: new, known, and to be linked once."""

import logging
import secrets
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from families.services.people import discard_unconfirmed
from foundation.accounts.models import Account
from foundation.town import current_tenant
from portal.sign_in.openid import TownOpenIDProvider, as_app
from tenants.gateways.openid import guarded_session
from tenants.townhall.models import SignInProvider

logger = logging.getLogger(__name__)
#: In the session: who was recognised by a service, until the password is typed once.
TO_LINK = "sign_in_to_link"


@dataclass(frozen=True, slots=True)
class LinkedService:
    """A service the account may be opened with."""

    code: str
    label: str
    is_linked: bool


class TownSocialAdapter(DefaultSocialAccountAdapter):
    """Services are the town's own rows; an account is never taken over in silence."""

    def list_apps(
        self,
        request: HttpRequest,  # noqa: ARG002 - allauth's signature.
        provider: str | None = None,
        client_id: str | None = None,
    ) -> list[SocialApp]:
        """Return the services this town offers; operators have none."""
        if current_tenant().schema_name == "public":
            return []
        rows = SignInProvider.objects.filter(is_offered=True).order_by("id")
        if provider and provider != TownOpenIDProvider.id:
            rows = rows.filter(code=provider)
        if client_id:
            rows = rows.filter(client_id=client_id)
        return [as_app(row) for row in rows]

    def get_requests_session(self) -> Any:
        """Speak to services through the guard."""
        return guarded_session()

    def generate_state_param(self, state: dict[str, Any]) -> str:  # noqa: ARG002 - as above.
        """Return a state nobody guesses; FranceConnect wants 32 signs at least."""
        return secrets.token_urlsafe(32)

    def is_auto_signup_allowed(
        self,
        request: HttpRequest,  # noqa: ARG002 - as above.
        sociallogin: SocialLogin,  # noqa: ARG002 - as above.
    ) -> bool:
        """Ask the town's own questions first: age, statement, names."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Ask for the password once when the address already has an account here."""
        born_on = getattr(request, "born_on", None)
        sociallogin.state["born_on"] = born_on.isoformat() if born_on else ""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        verified = [each for each in sociallogin.email_addresses if each.verified]
        # An address that the service did not check is proved by our own message.
        sociallogin.email_addresses = verified
        for address in verified:
            _meet_namesake(request, sociallogin, address.email.lower())

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,  # noqa: ARG002 - as above.
    ) -> None:
        """Go back to the sign-in page and say what to do."""
        logger.warning("sign-in service %s: %s %r", provider.sub_id, error, exception)
        said = _(
            "We could not sign you in with %(service)s. "
            "Try again, or use your password."
        )
        messages.error(request, said % {"service": provider.name})
        raise ImmediateHttpResponse(redirect("account_login"))

    def get_connect_redirect_url(
        self,
        request: HttpRequest,  # noqa: ARG002 - as above.
        socialaccount: SocialAccount,  # noqa: ARG002 - as above.
    ) -> str:
        """Return to the page of the account."""
        return reverse("account_security")


def _meet_namesake(request: HttpRequest, sociallogin: SocialLogin, email: str) -> None:
    """Stop here when another account has the address; forget one never confirmed."""
    for account in Account.objects.filter(email=email):
        if not EmailAddress.objects.filter(user=account, verified=True).exists() and (
            discard_unconfirmed(account=account)
        ):
            continue
        request.session[TO_LINK] = {
            "account": str(account.public_id),
            "login": sociallogin.serialize(),
        }
        said = _(
            "You already have an account here. Sign in once with your password: "
            "%(service)s will be enough next time."
        )
        messages.info(request, said % {"service": sociallogin.provider.name})
        raise ImmediateHttpResponse(redirect("account_login"))


def link_after_sign_in(request: HttpRequest, account: Account) -> None:
    """Link what was recognised, once the account's own password was typed."""
    kept = request.session.pop(TO_LINK, None)
    if not kept or kept["account"] != str(account.public_id):
        return
    try:
        login = SocialLogin.deserialize(kept["login"])
    except (ValueError, SocialApp.DoesNotExist):
        return
    if SocialAccount.objects.filter(
        provider=login.account.provider, uid=login.account.uid
    ).exists():
        return
    login.connect(request, account)
    said = _("From now on you may sign in with %(service)s.")
    messages.success(request, said % {"service": login.provider.name})


def offered_services(request: HttpRequest) -> list[SocialApp]:
    """Return the services of the sign-in page."""
    return TownSocialAdapter(request).list_apps(request)


def linked_services(request: HttpRequest) -> list[LinkedService]:
    """Return the services that open this account, and those that could."""
    if current_tenant().schema_name == "public":
        return []
    linked = set(
        SocialAccount.objects.filter(user_id=request.user.pk).values_list(
            "provider", flat=True
        )
    )
    rows = SignInProvider.objects.order_by("id")
    return [
        LinkedService(row.code, row.label, row.code in linked)
        for row in rows
        if row.is_offered or row.code in linked
    ]
