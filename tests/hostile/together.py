"""One form, sent several times at the same instant, as a nervous finger does."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from tenants.models import Town
from tests.families.builders import browser

TIMES = 5
PATIENCE = 60


@dataclass
class Person:
    """Somebody signed in on a town's host, in as many windows as needed."""

    town: Town
    host: str
    session: str

    @classmethod
    def signed_in(cls, town: Town, account: Account) -> "Person":
        """Sign in with a password typed just now."""
        host = str(town.domains.get(is_primary=True).domain)
        client = browser(host)
        with tenant_context(town):
            client.force_login(account)
        return cls(town, host, client.cookies["session"].value)

    def window(self) -> Client:
        """Open one more window of the same browser."""
        client = browser(self.host)
        client.raise_request_exception = False
        client.cookies["session"] = self.session
        return client

    def send(self, path: str, data: Mapping[str, Any], times: int = TIMES) -> list[Any]:
        """Send one form several times at once, each on its own connection."""
        return at_once([self.window() for _each in range(times)], path, data)

    def page(self, path: str) -> str:
        """Read a page, as it is said to people."""
        text = self.window().get(path, follow=True).content.decode()
        return text.replace("\xa0", " ").replace("&#x27;", "'")


def at_once(clients: list[Client], path: str, data: Any, **options: Any) -> list[Any]:
    """Post the same from every client at the same instant; return the answers."""
    answers: list[Any] = [None] * len(clients)
    start = threading.Barrier(len(clients))

    def post(index: int) -> None:
        start.wait(PATIENCE)
        try:
            answers[index] = clients[index].post(path, data, **options)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=post, args=[index]) for index in range(len(clients))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return answers


def statuses(answers: list[Any]) -> list[int]:
    return [answer.status_code for answer in answers]


def places(answers: list[Any]) -> set[str]:
    """Return where the answers lead."""
    return {answer.headers.get("Location", "") for answer in answers}
