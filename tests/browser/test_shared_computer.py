"""On the library's computer: the way out is in sight, and leaves nothing behind."""

from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.conftest import DESKTOP, OpenOne
from tests.browser.stack import Stack

ADDRESS = "bibliotheque@courriel.example"


def test_back_shows_nothing_once_signed_out(stack: Stack, visitor: OpenOne) -> None:
    parent, base = visitor(DESKTOP), stack.town("rochebelle")
    page = parent.page
    steps.parent_signs_up(parent, stack, base=base, address=ADDRESS)
    page.goto(f"{base}/my/household/")
    expect(page.locator("main")).to_contain_text("12 rue des Tilleuls")
    page.goto(f"{base}/my/children/")

    way_out = page.locator(".preau-header__sign-out button")
    expect(way_out).to_be_visible()
    parent.shoot("shared-computer-way-out")
    way_out.click()
    expect(page.locator(".preau-menu--account")).to_have_count(0)
    seen = []
    for _page in range(2):
        page.go_back()
        page.wait_for_load_state()
        seen.append(page.locator("body").inner_text())

    assert not [text for text in seen if "Tilleuls" in text or "Martin" in text]
    assert page.locator("input[name=login]").is_visible()
    kept = page.evaluate("({...localStorage, ...sessionStorage})")
    # The address of this very page, which the address bar shows too.
    path = kept.pop("htmx-current-path-for-history", "")
    assert "Tilleuls" not in path
    assert kept == {}
