"""A passkey opens the host it was made on: no other town, no host above or below."""

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator as Kept
from django.test import Client
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from foundation.town import enter_public
from tests.families.builders import PASSWORD, browser, make_family
from tests.portal.sign_in.authenticator import Authenticator
from tests.portal.sign_in.steps import leave_open, prove, sign_in

HERE, THERE = "http://rochebelle.localhost", "http://etangs.localhost"
PLATFORM = "http://localhost"
ADD = "/accounts/2fa/webauthn/add/"
LOGIN = "/accounts/2fa/webauthn/login/"


def add_passkey(client: Client, passkey: Authenticator, origin: str) -> Any:
    """Sign in, prove it, and add the passkey."""
    sign_in(client)
    prove(client)
    options = client.get(ADD).context["js_data"]["creation_options"]
    answer = passkey.register(_plain(options), origin=origin)
    return client.post(
        ADD, {"name": "Mine", "passwordless": "on", "credential": json.dumps(answer)}
    )


def use_passkey(
    client: Client, passkey: Authenticator, origin: str, host: str = ""
) -> Any:
    """Sign in with the passkey alone."""
    asked = client.get(LOGIN, headers={"accept": "application/json"}).json()
    answer = passkey.sign(asked["request_options"], origin=origin, host=host)
    return client.post(LOGIN, {"credential": json.dumps(answer)})


def _plain(options: Any) -> Any:
    return json.loads(json.dumps(options, default=str))


@pytest.fixture
def passkey(rochebelle):
    make_family()
    passkey = Authenticator()
    added = add_passkey(browser(), passkey, HERE)
    assert added["Location"] == "/accounts/2fa/recovery-codes/", added.content
    return passkey


def test_a_passkey_opens_the_account_alone(passkey):
    client = browser()

    answer = use_passkey(client, passkey, HERE)

    assert answer["Location"] == "/my/"
    assert client.get("/my/").status_code == 200


def test_it_is_asked_after_the_password(passkey):
    client = browser()
    sign_in(client)
    page = client.get("/accounts/2fa/authenticate/")

    answer = passkey.sign(
        _plain(page.context["js_data"]["request_options"]), origin=HERE
    )
    let_in = client.post(
        "/accounts/2fa/authenticate/", {"credential": json.dumps(answer)}
    )

    assert let_in["Location"] == "/my/"


@pytest.mark.parametrize(
    "origin", [THERE, PLATFORM, f"{HERE}:8000", "http://a.rochebelle.localhost", "null"]
)
def test_an_answer_made_on_another_host_is_refused(passkey, origin):
    client = browser()

    answer = use_passkey(client, passkey, origin)

    assert answer["Location"] == "/accounts/login/"
    assert client.get("/my/").status_code == 302


def test_an_answer_bound_to_another_host_is_refused(passkey):
    answer = use_passkey(browser(), passkey, HERE, host="etangs.localhost")

    assert answer["Location"] == "/accounts/login/"


def test_a_passkey_of_one_town_does_not_open_another(passkey, rochebelle, etangs):
    with tenant_context(rochebelle):
        row = Kept.objects.get(type=Kept.Type.WEBAUTHN)
    with tenant_context(etangs):
        twin = make_family().account
        # Even the very row, copied to the same account of the other town.
        Kept.objects.create(user=twin, type=row.type, data=row.data)
        passkey.user_handle = _handle(twin)
    client = browser("etangs.localhost")

    honest = use_passkey(client, passkey, THERE, host="rochebelle.localhost")
    carried = use_passkey(client, passkey, HERE, host="rochebelle.localhost")

    assert honest["Location"] == carried["Location"] == "/accounts/login/"
    assert client.get("/my/").status_code == 302


def test_a_page_of_a_town_cannot_use_an_operator_s_passkey(db):
    """Browsers let a host use the passkeys of the host above: we must not."""
    enter_public()
    operator = Account.objects.create_superuser("claire@example.com", PASSWORD)
    EmailAddress.objects.create(
        user=operator, email=operator.email, verified=True, primary=True
    )
    passkey = Authenticator()
    add_passkey(browser("localhost"), passkey, PLATFORM)
    client, other = browser("localhost"), browser("localhost")

    from_a_town = use_passkey(client, passkey, HERE)
    at_home = use_passkey(other, passkey, PLATFORM)

    assert from_a_town["Location"] == "/accounts/login/"
    assert at_home["Location"] == "/console/"


def test_adding_one_asks_the_password_first(rochebelle):
    make_family()
    client = browser()
    sign_in(client)
    leave_open(client, rochebelle)

    assert client.get(ADD)["Location"].startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize(
    "sent", ["", "null", "[]", "{}", '{"response": 3}', '{"response": {}}', "x" * 9]
)
def test_nonsense_is_refused_without_failing(passkey, sent):
    client = browser()
    client.get(LOGIN, headers={"accept": "application/json"})

    assert client.post(LOGIN, {"credential": sent}).status_code == 302


def _handle(account: Account) -> str:
    from fido2.utils import websafe_encode  # noqa: PLC0415 - for this test alone.

    return websafe_encode(str(account.pk).encode())


def test_a_browser_that_used_the_passkey_is_asked_for_it_again_after_signing_out(
    passkey,
):
    client = browser()
    use_passkey(client, passkey, HERE)
    client.post("/accounts/logout/")

    answer = sign_in(client)

    assert answer["Location"] == "/accounts/2fa/authenticate/"
