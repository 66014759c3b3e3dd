"""Passkeys in a real browser, with an authenticator that is not a person's finger."""

import re
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser import steps
from tests.browser.conftest import OpenOne, Visitor
from tests.browser.stack import Stack

ADDRESS = "cle@courriel.example"


@pytest.fixture
def parent(stack: Stack, visitor: OpenOne) -> Visitor:
    """A parent whose phone can make passkeys."""
    person = visitor()
    protocol = person.page.context.new_cdp_session(person.page)
    protocol.send("WebAuthn.enable")
    made: dict[str, Any] = protocol.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    assert made["authenticatorId"]
    return person


def test_a_passkey_opens_its_own_town_and_no_other(
    stack: Stack, parent: Visitor, visitor: OpenOne
) -> None:
    base, page = stack.town("rochebelle"), parent.page
    steps.parent_signs_up(parent, stack, base=base, address=ADDRESS)

    add_passkey(parent, base)
    parent.shoot("passkeys")
    sign_out(page, base)
    page.goto(f"{base}/accounts/login/")
    parent.shoot("passkey-sign-in")
    page.locator("form[data-preau-passkey] button[type=submit]").click()
    page.wait_for_url(re.compile(r"/my/"))
    sign_out(page, base)
    ask_second_step(parent, base)
    there = visit_elsewhere(parent, stack.town("etangs"))

    assert there == "nothing"
    assert parent.complaints == []


def test_without_javascript_the_page_says_what_to_do(
    stack: Stack, visitor: OpenOne
) -> None:
    person = visitor(java_script_enabled=False)
    page = person.page

    page.goto(f"{stack.town('rochebelle')}/accounts/login/")

    assert page.locator("form[data-preau-passkey] button").is_hidden()
    expect(page.locator("input[name=password]")).to_be_visible()


def add_passkey(parent: Visitor, base: str) -> None:
    page = parent.page
    page.goto(f"{base}/accounts/security/")
    parent.shoot("security")
    page.goto(f"{base}/accounts/2fa/")
    parent.shoot("second-step")
    page.goto(f"{base}/accounts/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        parent.shoot("still-you")
        page.fill("input[name=password]", steps.SECRET)
        steps.submit(parent)
    parent.shoot("passkey-new")
    page.locator("form[data-preau-passkey] button[type=submit]").click()
    page.wait_for_url(re.compile(r"/recovery-codes/|/2fa/$"))
    parent.shoot("recovery-codes")
    page.goto(f"{base}/accounts/2fa/webauthn/")


def ask_second_step(parent: Visitor, base: str) -> None:
    """Sign in with the password: the passkey is asked after it."""
    page = parent.page
    steps.sign_in(parent, base, ADDRESS)
    page.wait_for_url("**/2fa/authenticate/")
    parent.shoot("passkey-second-step")
    page.locator("form[data-preau-passkey] button[type=submit]").click()
    page.wait_for_url(re.compile(r"/my/"))
    page.goto(f"{base}/accounts/sessions/")
    parent.shoot("sessions")


def visit_elsewhere(parent: Visitor, base: str) -> str:
    """Try the passkey in the other town; the browser finds none for it."""
    page = parent.page
    page.goto(f"{base}/accounts/login/")
    page.locator("form[data-preau-passkey] button[type=submit]").click()
    try:
        page.locator("[data-passkey-refused]").wait_for(state="visible", timeout=5000)
    except Error:
        return page.url
    return "nothing" if "/accounts/login/" in page.url else page.url


def sign_out(page: Page, base: str) -> None:
    page.goto(f"{base}/accounts/logout/")
    page.locator("main form[action$='/logout/'] button").click()
    page.wait_for_load_state()
