"""Grids of prices as cells: pasted, typed, moved in with the keyboard, checked.

No program is started: the browser asks, and Django's test client answers.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, Route

from catalog.models import Tariff, TariffVersion
from tenants.models import Town
from tests.browser.configuration import PASTE
from tests.browser.conftest import DESKTOP, PATIENCE
from tests.catalog.views.staff_steps import HOST, administrator, inside
from tests.catalog.views.test_staff_tariffs import new_address

BASE = f"http://{HOST}"
GRID = ".bo-grid:has(textarea[name=lines-2-bands])"
ROWS = f"{GRID} .bo-cells tbody tr"
AREA = "textarea[name=lines-2-bands]"


class Desk:
    """An administrator's browser on the editor of a tariff."""

    def __init__(self, page: Page, client: Client, address: str) -> None:
        self.page, self.client = page, client
        self.connection = connections["default"]
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self.answer)
        page.goto(f"{BASE}{address}")

    def answer(self, route: Route) -> None:
        """Answer a request of the page from the disk, or from the product."""
        # Playwright calls from a context of its own: it would get another connection,
        # which does not see what the test wrote.
        connections["default"] = self.connection
        asked = urlsplit(route.request.url)
        if asked.path.startswith("/static/"):
            found = finders.find(asked.path.removeprefix("/static/"))
            if found:
                route.fulfill(path=str(found))
            else:
                route.fulfill(status=404, body="")
            return
        sent = {"HX-Request": "true"} if self._is_of_htmx(route) else {}
        answer: Any = self.client.generic(
            route.request.method,
            f"{asked.path}?{asked.query}",
            route.request.post_data_buffer or b"",
            route.request.headers.get("content-type", ""),
            headers=sent,
        )
        is_elsewhere = answer.status_code in {301, 302}
        route.fulfill(
            status=200 if is_elsewhere else answer.status_code,
            body="<title>Saved</title>" if is_elsewhere else answer.content,
            content_type=answer.headers.get("Content-Type", "text/html"),
        )

    def cell(self, down: int, right: int) -> Locator:
        """Return a cell of the grid; both count from 0."""
        return self.page.locator(f"{ROWS} >> nth={down} >> input >> nth={right}")

    def paste(self, text: str) -> None:
        """Press Ctrl-V over the first cell."""
        self.cell(0, 0).evaluate(PASTE, text)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def lines(self) -> list[str]:
        """The lines that the form sends."""
        return self.page.locator(AREA).input_value().splitlines()

    @property
    def place(self) -> str:
        """What the cell that has the keyboard is called."""
        return str(self.page.evaluate("document.activeElement.ariaLabel"))

    def save(self) -> None:
        """Send the form, and wait for what follows."""
        vote = {"vote_number": "2027-06-12", "voted_on": "2027-06-17"}
        for name, value in {**vote, "effective_from": "2027-09-01"}.items():
            self.page.fill(f"input[name={name}]", value)
        self.page.locator("button[name=save]").click()
        self.page.wait_for_function("document.title === 'Saved'")

    @staticmethod
    def _is_of_htmx(route: Route) -> bool:
        return "hx-request" in route.request.headers


@pytest.fixture(scope="module", autouse=True)
def no_connection_left(chromium: Browser) -> Iterator[None]:
    """Close the connection of these tests while the browser's loop still runs."""
    del chromium
    yield
    connections.close_all()


@pytest.fixture
def desk(rochebelle: Town, chromium: Browser) -> Iterator[Desk]:
    yield from _opened(rochebelle, chromium)


@pytest.fixture
def plain_desk(rochebelle: Town, chromium: Browser) -> Iterator[Desk]:
    """A browser without any script."""
    yield from _opened(rochebelle, chromium, java_script_enabled=False)


def _opened(town: Town, chromium: Browser, **options: Any) -> Iterator[Desk]:
    address = new_address(Tariff.objects.get(code="repas"))
    context = chromium.new_context(viewport=DESKTOP, locale="fr-FR", **options)
    desk = Desk(context.new_page(), administrator(town), address)
    yield desk
    assert desk.complaints == []
    context.close()


def saved_bands(town: Town) -> list[dict[str, str]]:
    with inside(town):
        draft = TariffVersion.objects.get(published_at=None)
        bands: list[dict[str, str]] = draft.rules["rules"][2]["bands"]
    return bands


def test_cells_pasted_from_a_spreadsheet_are_those_that_are_saved(
    rochebelle: Town, desk: Desk
) -> None:
    desk.paste("De\tà\tPrix\n0\t400\t0,50 €\n400\t1 150\t1,75\n1 150\t\t2,35")

    assert desk.page.locator(ROWS).count() == 3
    assert desk.cell(1, 2).input_value() == "1,75"
    assert desk.lines == ["0 ; 400 ; 0,50 €", "400 ; 1 150 ; 1,75", "1 150 ;  ; 2,35"]
    desk.save()
    assert saved_bands(rochebelle) == [
        {"from": "0", "until": "400", "amount": "0.50"},
        {"from": "400", "until": "1150", "amount": "1.75"},
        {"from": "1150", "amount": "2.35"},
    ]


def test_lines_are_added_and_removed_with_buttons(desk: Desk) -> None:
    desk.paste("0\t400\t0,50\n400\t\t1,75")

    desk.page.locator(f"{GRID} >> text='Add a line'").click()
    desk.page.keyboard.type("700")
    desk.page.locator(f"{ROWS} >> nth=0 >> button").click()

    assert desk.page.locator(ROWS).count() == 2
    assert desk.lines == ["400 ;  ; 1,75", "700"]
    assert desk.place == "Line 1, From (included)"
    assert desk.page.locator(f"{ROWS} >> nth=1 >> button").get_attribute(
        "aria-label"
    ) == ("Remove line 2")


def test_the_keyboard_is_enough(desk: Desk) -> None:
    desk.paste("0\t400\t0,50\n400\t\t1,75")
    desk.cell(0, 0).focus()

    desk.press("End", "ArrowRight", "ArrowDown")
    moved = desk.place
    desk.press("ArrowDown", "ArrowUp", "ArrowLeft", "Enter")
    below, lines = desk.place, desk.page.locator(ROWS).count()
    desk.page.keyboard.type("900")
    desk.press("Control+Delete")

    assert moved == "Line 2, Until (not included)"
    assert (below, lines) == ("Line 2, From (included)", 2)
    assert desk.page.locator(ROWS).count() == 1
    desk.press("Enter")
    assert desk.place == "Line 2, From (included)"
    assert desk.page.locator(ROWS).count() == 2


def test_an_arrow_inside_a_number_moves_inside_it(desk: Desk) -> None:
    desk.paste("100\t400\t0,50\n400\t\t1,75")
    desk.cell(0, 0).focus()

    desk.press("Home", "ArrowRight", "ArrowRight")
    desk.page.keyboard.type("9")

    assert desk.place == "Line 1, From (included)"
    assert desk.cell(0, 0).input_value() == "1090"


def test_the_last_line_removed_leaves_one_to_type_in(desk: Desk) -> None:
    desk.paste("0\t400\t0,50\n400\t\t1,75")
    desk.cell(0, 0).focus()

    desk.press("Control+Delete", "Control+Delete", "Control+Delete")

    assert desk.page.locator(ROWS).count() == 1
    assert desk.lines == []


def test_the_check_says_the_line_and_the_column_while_one_types(desk: Desk) -> None:
    desk.paste("0\t400\t0,50\n400\t700\t1,75\n700\t\t2,35")

    desk.cell(1, 2).fill("cher")
    desk.cell(1, 2).press("Tab")

    desk.page.wait_for_selector("#checked .bo-refused")
    said = desk.page.locator("#checked li").all_inner_texts()
    assert any("Line 2, column 3" in each and "cher" in each for each in said), said


def test_without_script_the_same_lines_are_sent(
    rochebelle: Town, plain_desk: Desk
) -> None:
    page = plain_desk.page

    page.fill(AREA, "0 ; 400 ; 0,50\n400 ; ; 1,75")
    for name, value in {
        "vote_number": "2027-06-12",
        "voted_on": "2027-06-17",
        "effective_from": "2027-09-01",
    }.items():
        page.fill(f"input[name={name}]", value)
    page.locator("button[name=save]").click()
    page.wait_for_load_state()

    assert page.title() == "Saved"
    assert page.locator(".bo-cells").count() == 0
    assert [each["amount"] for each in saved_bands(rochebelle)] == ["0.50", "1.75"]
