"""What the tests of staff pages share: who is at the keyboard, and how forms look."""

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from tenants.models import Town

HOST = "rochebelle.localhost"


@contextmanager
def inside(town: Town) -> Iterator[None]:
    """Enter the town again: each request leaves the connection in public."""
    with tenant_context(town):
        yield


def administrator(town: Town, host: str = HOST) -> Client:
    client = Client(headers={"host": host}, SERVER_NAME=host)
    with tenant_context(town):
        client.force_login(Account.objects.filter(is_superuser=True).earliest("id"))
    return client


def family(town: Town) -> Client:
    client = Client(headers={"host": HOST}, SERVER_NAME=HOST)
    with tenant_context(town):
        client.force_login(Account.objects.create_user("lea@example.com"))
    return client


class _Fields(HTMLParser):
    """Gathers what a browser would send for the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self._select = self._area = ""
        self._inert = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        about = dict(attrs)
        name = about.get("name") or ""
        self._inert += tag == "template"
        if self._inert:
            return
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            first = self._select not in self.values
            if first or "selected" in about:
                self.values[self._select] = about.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.values[name] = ""
        elif tag == "input" and name:
            self._take(name, about)

    def _take(self, name: str, about: dict[str, Any]) -> None:
        kind = about.get("type", "text")
        if kind in {"submit", "button", "file"}:
            return
        if kind in {"checkbox", "radio"}:
            if "checked" in about:
                self.values.setdefault(name, []).append(about.get("value", "on"))
            return
        self.values[name] = about.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        self._inert -= tag == "template"
        if tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area:
            self.values[self._area] = self.values[self._area].removeprefix("\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area and not self._inert:
            self.values[self._area] += data


def fields_of(response: Any) -> dict[str, Any]:
    """Return the fields of a page as a browser would send them back."""
    parser = _Fields()
    parser.feed(response.content.decode())
    return parser.values
