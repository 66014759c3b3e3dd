"""What somebody does to get in, and to protect the account."""

from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django_tenants.utils import tenant_context

from tenants.models import Town
from tests.families.builders import PASSWORD

PROVE = "/accounts/reauthenticate/"
SAME_SITE = {"sec-fetch-site": "same-origin"}


def sign_in(
    client: Client, email: str = "claire@example.com", password: str = PASSWORD
) -> Any:
    """Send the sign-in form."""
    return client.post("/accounts/login/", {"login": email, "password": password})


def code_of(secret: str) -> str:
    """Return the six digits that an application shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def prove(client: Client, password: str = PASSWORD) -> Any:
    """Type the password again."""
    return client.post(PROVE, {"password": password})


def leave_open(client: Client, town: Town, *, minutes: int = 20) -> None:
    """Let the screen stand: who signed in then must say again who it is."""
    with tenant_context(town):
        session = client.session
        records = session[AUTHENTICATION_METHODS_SESSION_KEY]
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {**each, "at": each["at"] - minutes * 60} for each in records
        ]
        session.save()


def set_up_application(client: Client) -> str:
    """Turn the authenticator application on; return its secret."""
    prove(client)
    page = client.get("/accounts/2fa/totp/activate/")
    secret: str = page.context["form"].secret
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content
    return secret
