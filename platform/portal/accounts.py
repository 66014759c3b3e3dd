"""How django-allauth behaves here."""

from email.utils import formataddr
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from families.services.people import discard_unconfirmed
from families.views.family import PREVIOUS_SIGN_IN
from foundation.accounts.models import Account
from foundation.accounts.proof import has_proved_lately
from foundation.post.letters import write_letter
from foundation.town import current_schema
from portal.addresses import current_base_url
from portal.made_accounts import ask_new_password
from portal.sign_in.guessing import GuessingLimits
from portal.sign_up import SENT_TO
from tenants.models import Town


class PreauAccountAdapter(GuessingLimits):
    """Links on the town's own host, messages in its name, sign-up in towns only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Families sign up in towns; operators are created by the platform."""
        return not _tenant_of(request).is_public

    def get_from_email(self) -> str:
        """Sign messages with the town's name."""
        return formataddr((_name_of(self.request), settings.DEFAULT_FROM_EMAIL))

    def get_email_confirmation_url(
        self,
        request: HttpRequest,  # noqa: ARG002 - allauth's signature.
        emailconfirmation: Any,
    ) -> str:
        """Return the one-time link on the town's own host, never the request's."""
        return _absolute("account_confirm_email", emailconfirmation.key)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the reset link on the town's own host."""
        path = reverse("account_reset_password_from_key", args=["UID", "KEY"])
        path = path.replace("UID-KEY", key)
        return f"{current_base_url()}{path}"

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Operators go to the console, staff to the back office, families home."""
        if _tenant_of(request).is_public:
            return "/console/"
        return "/admin/" if request.user.is_staff else "/my/"

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,  # noqa: ARG002 - allauth's signature.
    ) -> EmailMessage:
        """Write our own letter instead of allauth's template of the same name."""
        name = _name_of(self.request)
        links = {
            "login_url": _absolute("account_login"),
            "signup_url": _absolute("account_signup"),
            "password_reset_url": _absolute("account_reset_password"),
        }
        # The one-time link of a reset comes in the context, and wins there.
        filled = {**links, **context, "town": name}
        if not template_prefix.endswith("password_reset_key"):
            filled |= links
        letter = write_letter(
            f"mail/account/{template_prefix.rsplit('/', 1)[-1]}.txt",
            filled,
            signature=name,
        )
        recipient = email if isinstance(email, str) else email[0]
        return letter.to_mail(sender=self.get_from_email(), recipient=recipient)

    def respond_email_verification_sent(
        self, request: HttpRequest, user: Account | None
    ) -> HttpResponseBase:
        """Remember which address the page is to show."""
        if user is not None:
            request.session[SENT_TO] = user.email
        response: HttpResponseBase = super().respond_email_verification_sent(
            request, user
        )
        return response

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Give a confirmed address to who proved it, not to who only typed it."""
        rivals = Account.objects.filter(email=email_address.email)
        for rival in rivals.exclude(pk=email_address.user_id):
            if not discard_unconfirmed(account=rival):
                return False
        return bool(super().confirm_email(request, email_address))

    def pre_login(
        self, request: HttpRequest, user: Account, **login: Any
    ) -> HttpResponse | None:
        """Refuse a temporary password that is over, and say how to go on."""
        until = user.temporary_until
        if until is not None and until <= timezone.now():
            return ask_new_password(request)
        refused: HttpResponse | None = super().pre_login(request, user, **login)
        return refused

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Say what comes next to who activated an account that the town opened."""
        if email_address.user.must_choose_password:
            messages.success(
                self.request,
                _(
                    "Your account is active. Sign in with the user name and the "
                    "temporary password of our message."
                ),
            )
        url: str = super().get_email_verification_redirect_url(email_address)
        return url

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Do not ask again who signed in, or answered, some minutes ago."""
        asks = bool(super().is_reauthentication_required(app=app, **kwargs))
        return asks and not has_proved_lately(self.request)

    def login(self, request: HttpRequest, user: Account) -> None:
        """Keep the date of the previous sign-in: the home page shows it."""
        previous = user.last_login
        super().login(request, user)
        if previous is not None:
            request.session[PREVIOUS_SIGN_IN] = previous.isoformat()


def _tenant_of(request: HttpRequest) -> Town:
    """Return what TownMiddleware found for the host."""
    town: Town = request.tenant  # type: ignore[attr-defined] # Set by TownMiddleware.
    return town


def _name_of(request: HttpRequest) -> str:
    town = _tenant_of(request)
    return "Préau" if town.is_public else town.name


def _absolute(name: str, *args: str) -> str:
    return f"{current_base_url()}{reverse(name, args=args)}"


class TownTokenGenerator(PasswordResetTokenGenerator):
    """Reset tokens that only open in the town they were made for."""

    def _make_hash_value(self, user: Account, timestamp: int) -> str:
        return f"{current_schema()}|{super()._make_hash_value(user, timestamp)}"
