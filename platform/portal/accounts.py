"""How django-allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from portal.addresses import current_base_url
from tenants.models import Town


class PreauAccountAdapter(DefaultAccountAdapter):
    """Links on the town's own host, messages in its name, sign-up in towns only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Families sign up in towns; operators are created by the platform."""
        return not _tenant_of(request).is_public

    def get_from_email(self) -> str:
        """Sign messages with the town's name."""
        town = getattr(self.request, "tenant", None)
        name = town.name if town is not None and not town.is_public else "Préau"
        return f'"{name}" <{settings.DEFAULT_FROM_EMAIL}>'

    def get_email_confirmation_url(
        self, request: HttpRequest, emailconfirmation: Any
    ) -> str:
        """Return the one-time link on the town's own host, never the request's."""
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return f"{current_base_url()}{path}"

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


def _tenant_of(request: HttpRequest) -> Town:
    """Return what TownMiddleware found for the host."""
    town: Town = request.tenant  # Set by TownMiddleware.
    return town


class SignInForm(LoginForm):  # type: ignore[misc] # allauth ships no types.
    """Sign-in by e-mail address and password, without a remembered session."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
