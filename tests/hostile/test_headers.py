"""What every answer tells the browser, whoever wrote the page."""

import re
from http.cookies import Morsel, SimpleCookie
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from tests.families.builders import browser
from tests.hostile.addresses import Address, addresses
from tests.hostile.asking import ask
from tests.hostile.world import World
from tests.portal.sign_up_steps import sign_up

# Drawn once for all families of a town: nothing in them is personal.
SHARED: tuple[str, ...] = ("theme-", "media/", "admin/sprite/", "admin/jsi18n/")
SHARED += ("api/v1/services/", "api/v1/activities/", "api/v1/prices/")


def directives(answer: Any) -> dict[str, list[str]]:
    """Read the policy of an answer."""
    policy = answer.headers.get("Content-Security-Policy", "")
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


def is_strict(answer: Any, *, in_back_office: bool) -> bool:
    """Say whether a policy lets the browser run and show nothing but our own."""
    policy = directives(answer)
    if "sandbox" in policy:
        return policy["default-src"] == ["'none'"]
    allowed = {source for name in policy for source in policy[name]}
    loose = {each for each in allowed if each == "*" or "unsafe" in each}
    styles = {"'unsafe-inline'"} & set(policy["style-src"]) if in_back_office else set()
    frames = ["'self'"] if in_back_office else ["'none'"]
    scripts = [s for s in policy["script-src"] if not s.startswith("'nonce-")]
    return (
        policy["default-src"] == ["'none'"]
        and policy["object-src"] == policy["base-uri"] == ["'none'"]
        and policy["frame-ancestors"] == frames
        and scripts == ["'self'"]
        and loose == styles
    )


def faults(answer: Any, *, in_back_office: bool) -> list[str]:
    """Name what is missing from the headers of an answer."""
    headers = answer.headers
    expected = {
        "nosniff": headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": headers.get("Referrer-Policy") == "same-origin",
        "opener": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "frames": headers.get("X-Frame-Options") == framing(in_back_office),
        "policy": is_strict(answer, in_back_office=in_back_office),
    }
    return [name for name, is_right in expected.items() if not is_right]


def framing(in_back_office: bool) -> str:  # noqa: FBT001 - the question itself.
    """Only the editor shows pages in frames, its own."""
    return "SAMEORIGIN" if in_back_office else "DENY"


def tried_as(who: str) -> list[Address]:
    """Return what somebody may open, without leaving."""
    of_staff = who == "administrator"
    return [
        each
        for each in addresses()
        if each.route.startswith("admin/") is of_staff and "logout" not in each.route
    ]


@pytest.mark.parametrize("who", ["visitor", "parent", "administrator"])
def test_every_answer_carries_the_defences(world: World, who: str) -> None:
    client, wrong = world.browser(who), {}

    for address in tried_as(who):
        answer = ask(client, "GET", address.path(world.mine_in(address)))
        found = faults(answer, in_back_office=address.route.startswith("admin/"))
        if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
            found.append("sensors")
        if who != "visitor" and not address.route.startswith(SHARED):
            kept = "no-store" not in answer.headers.get("Cache-Control", "")
            found += ["kept in caches"] if kept else []
        if found:
            wrong[address.route] = found

    assert wrong == {}


def test_no_page_of_families_needs_what_the_policy_forbids(world: World) -> None:
    client, wrong = world.browser("parent"), []

    for address in tried_as("parent"):
        answer = ask(client, "GET", address.path(world.mine_in(address)))
        page = answer.said.decode(errors="replace")
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if is_page and re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", page):
            wrong.append(address.route)
        # Data that a script reads is not run: the policy lets it be.
        run = r"<script(?![^>]*\b(src=|type=\"application/json))"
        if is_page and re.search(run, page):
            wrong.append(address.route)

    assert wrong == []


def test_a_document_of_a_family_is_downloaded_and_can_do_nothing(world: World) -> None:
    parent = world.browser("parent")
    paths = [
        f"/my/documents/{world.mine.ids['document']}/",
        f"/my/invoices/{world.mine.ids['invoice']}/document/",
        f"/my/payments/{world.mine.ids['payment']}/receipt/",
        f"/my/direct-debit/{world.mine.ids['mandate']}/document/",
    ]

    answers = [ask(parent, "GET", path) for path in paths]

    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert directives(answer) == {"sandbox": [], "default-src": ["'none'"]}
        assert answer.headers["Cache-Control"] == "no-store, private"


def test_the_api_is_kept_nowhere(world: World) -> None:
    parent = world.browser("parent")

    answer = ask(parent, "GET", f"/api/v1/my/invoices/{world.mine.ids['invoice']}/")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert faults(answer, in_back_office=False) == []


def test_answers_typed_before_an_account_exists_are_kept_nowhere(world: World) -> None:
    visitor = browser("rochebelle.localhost")
    sign_up(visitor, email="claire@gmial.com")

    pages = [
        ask(visitor, "GET", "/accounts/signup/?correct=1"),
        ask(visitor, "GET", "/accounts/confirm-email/"),
    ]

    assert all(b"claire@gmial.com" in page.said for page in pages)
    for page in pages:
        assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        ("rochebelle.localhost", "/nowhere/", 404),
        ("rochebelle.localhost", "/static/nowhere.js", 404),
        ("nobody.localhost", "/", 404),
        ("localhost", "/", 200),
        ("localhost", "/accounts/login/", 200),
        ("localhost", "/health/ready", 200),
    ],
)
def test_errors_and_the_platform_carry_them_too(
    world: World, host: str, path: str, status: int
) -> None:
    answer = ask(browser(host), "GET", path)

    assert answer.status_code == status
    assert faults(answer, in_back_office=False) == []


def test_a_closed_town_carries_them_too(world: World) -> None:
    type(world.here).objects.filter(pk=world.here.pk).update(state="suspended")

    answer = ask(browser("rochebelle.localhost"), "GET", "/")

    assert answer.status_code == 503
    assert faults(answer, in_back_office=False) == []


def cookies_of(client: Client) -> SimpleCookie:
    return client.cookies


def is_shut(cookie: "Morsel[str]") -> bool:
    """Say whether scripts, other hosts and other sites go without a cookie."""
    return bool(
        cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"]
    )


def test_cookies_are_out_of_reach_of_scripts_and_of_other_hosts(world: World) -> None:
    client = browser("rochebelle.localhost")
    with tenant_context(world.here):
        client.force_login(world.people["parent"])

    client.get("/my/address/")
    client.post("/appearance/", {"appearance": "dark"})

    cookies = cookies_of(client)
    assert set(cookies) == {"session", "csrf", "preau_appearance"}
    # The session of the test's browser is made outside any answer.
    answered = {name: cookie for name, cookie in cookies.items() if name != "session"}
    assert [name for name, cookie in answered.items() if not is_shut(cookie)] == []
    assert cookies["csrf"]["path"] == "/"
