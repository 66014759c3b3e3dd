"""A browser, and the programs it visits: one set for all these tests."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    sync_playwright,
)
from pytest_django import DjangoDbBlocker

from tests import conftest as base
from tests.browser.stack import Stack, running_stack

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PATIENCE = 15_000  # Milliseconds.


@pytest.fixture(scope="package")
def stack(
    django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """The product, on a database of its own with the two towns of the tests."""
    name = f"preau_browser_{os.getpid()}"
    with django_db_blocker.unblock():
        template = base.prepare_template()
    with base.admin() as server:
        base.drop(server, name)
        base.execute(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
    owner = urlunsplit(urlsplit(base.OWNER_URL)._replace(path=f"/{name}"))
    app = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    var = tmp_path_factory.mktemp("var")
    try:
        with running_stack(owner_url=owner, app_url=app, var=var) as running:
            yield running
    finally:
        with base.admin() as server:
            base.drop(server, name)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread; our queries are synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Visitor:
    """One person with a browser of their own, who notices what goes wrong."""

    def __init__(self, context: BrowserContext, shots: Path | None) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.shots = shots
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def shoot(self, name: str) -> None:
        """Keep a picture of the whole page when SCREENSHOTS names a folder."""
        if self.shots is not None:
            self.page.screenshot(path=self.shots / f"{name}.png", full_page=True)


OpenOne = Callable[..., Visitor]


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[OpenOne]:
    """Open browsers: `visitor()` for a phone, `visitor(DESKTOP)` for a desk."""
    folder = os.environ.get("SCREENSHOTS")
    shots = Path(folder) if folder else None
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def open_one(viewport: ViewportSize | None = None, **options: Any) -> Visitor:
        context = chromium.new_context(
            viewport=viewport or PHONE, locale="fr-FR", **options
        )
        contexts.append(context)
        visitors.append(Visitor(context, shots))
        return visitors[-1]

    yield open_one
    for number, each in enumerate(visitors):
        each.shoot(f"last-{number}")
    for context in contexts:
        context.close()
