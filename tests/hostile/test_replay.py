"""What one town gave, brought to another: cookies, tokens, links, messages.

Confirmation links: tests/portal/views/test_sign_up.py. Signed values:
tests/isolation/test_values.py. Webhooks: tests/billing/views/test_card_payments.py.
"""

import re
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from tenants.models import Town
from tests.families.builders import PASSWORD, browser, make_family
from tests.hostile.world import ELSEWHERE, HOME, World
from tests.portal.sign_up_steps import link_in, mails

RESET = "/accounts/password/reset/key/"


def carry(name: str, giver: Client, taker: Client) -> None:
    """Copy a cookie from one browser to another."""
    taker.cookies[name] = giver.cookies[name].value


def strict_browser(host: str) -> Client:
    """Return a browser whose forms need their token, as in life."""
    return Client(enforce_csrf_checks=True, headers={"host": host}, SERVER_NAME=host)


def token_in(page: Any) -> str:
    found = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    assert found
    return found.group(1)


@pytest.mark.parametrize("who", ["parent", "clerk", "administrator"])
@pytest.mark.parametrize("path", ["/my/", "/admin/", "/api/v1/my/invoices/"])
def test_a_session_of_one_town_is_nobody_s_in_another(
    world: World, who: str, path: str
) -> None:
    at_home, stranger = world.browser(who), browser(ELSEWHERE)
    carry("session", at_home, stranger)

    answer, unknown = stranger.get(path), browser(ELSEWHERE).get(path)

    assert answer.status_code == unknown.status_code in {302, 403}
    assert world.mine.mark not in answer.content.decode()


def test_a_session_stays_nobody_s_when_both_towns_number_alike(
    world: World,
) -> None:
    """The first accounts of two towns have the same number."""
    at_home, stranger = world.browser("administrator"), browser(ELSEWHERE)
    carry("session", at_home, stranger)
    with tenant_context(world.elsewhere):
        twin = Account.objects.filter(pk=world.people["administrator"].pk)
        assert twin.exists()

    assert stranger.get("/my/").headers["Location"].startswith("/accounts/login/")


def test_a_form_token_of_one_town_is_refused_in_another(world: World) -> None:
    at_home, stranger = strict_browser(HOME), strict_browser(ELSEWHERE)
    token = token_in(at_home.get("/accounts/login/"))
    stranger.get("/accounts/login/")
    answers = {"login": "x@example.com", "password": "x", "csrfmiddlewaretoken": token}

    sent_away = stranger.post("/accounts/login/", answers)
    own = at_home.post("/accounts/login/", answers)

    assert (sent_away.status_code, own.status_code) == (403, 200)


def test_a_form_of_one_town_posted_from_another_is_refused(world: World) -> None:
    """Sibling towns are one site to a browser: the origin makes the difference."""
    client = strict_browser(HOME)
    token = token_in(client.get("/accounts/login/"))
    answers = {"login": "x@example.com", "password": "x", "csrfmiddlewaretoken": token}

    answer = client.post(
        "/accounts/login/", answers, headers={"origin": f"http://{ELSEWHERE}"}
    )

    assert answer.status_code == 403
    assert "reload" in answer.content.decode()


def test_a_new_password_s_link_is_refused_by_a_twin_of_the_account(
    rochebelle: Town, etangs: Town, settings: Any
) -> None:
    """Same number, address, password and last sign-in: the town alone differs."""
    settings.EMAIL_BACKEND = "foundation.post.backends.OutboxBackend"
    family = make_family("claire@example.com")
    twin = Account.objects.filter(pk=family.account.pk).values().get()
    with tenant_context(etangs):
        Account.objects.filter(pk=twin["id"]).delete()
        Account.objects.create(**twin)
    browser(HOME).post("/accounts/password/reset/", {"email": "claire@example.com"})
    path = link_in(mails(rochebelle)[-1], RESET)

    elsewhere = browser(ELSEWHERE).get(path, follow=True)
    at_home = browser(HOME).get(path, follow=True)

    assert 'name="password1"' in at_home.content.decode()
    assert 'name="password1"' not in elsewhere.content.decode()
    assert "/accounts/password/reset/" in elsewhere.content.decode()


def test_a_new_password_s_link_is_good_for_a_day(
    rochebelle: Town, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "foundation.post.backends.OutboxBackend"
    make_family("claire@example.com")
    browser(HOME).post("/accounts/password/reset/", {"email": "claire@example.com"})
    path = link_in(mails(rochebelle)[-1], RESET)
    settings.PASSWORD_RESET_TIMEOUT = -1

    late = browser(HOME).get(path, follow=True).content.decode()

    assert 'name="password1"' not in late
    # It says what to do next.
    assert "/accounts/password/reset/" in late


def test_what_was_said_in_one_town_is_not_said_in_another(world: World) -> None:
    at_home, stranger = world.browser("parent"), browser(ELSEWHERE)
    path = f"/my/direct-debit/{world.mine.ids['mandate']}/revoke/"
    at_home.post(path, {"sure": "yes"})
    for name in at_home.cookies:
        carry(name, at_home, stranger)

    page = stranger.get("/accounts/login/").content.decode()

    assert "Direct debits are stopped." not in page
    assert "Les prélèvements" not in page
    assert "Direct debits are stopped." in at_home.get("/my/").content.decode()


def test_a_password_of_one_town_opens_no_other(world: World) -> None:
    with tenant_context(world.here):
        family = make_family("deux@example.com")
    client = browser(ELSEWHERE)

    answer = client.post(
        "/accounts/login/", {"login": family.account.email, "password": PASSWORD}
    )

    assert answer.status_code == 200
    assert client.get("/my/").status_code == 302
