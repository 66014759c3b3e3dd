"""How many guesses each door takes before it closes: by account, address and target.

Sprays, known browsers and proofs: tests/portal/sign_in/test_guessing.py.
"""

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context

from tenants.models import Town
from tests.families.builders import account_of, browser, make_family, make_person
from tests.families.known_files import accept_methods
from tests.portal.sign_in.steps import set_up_application, sign_in
from tests.portal.sign_up_steps import mails

# More tries than any door takes.
PATIENCE = 65
CLOSED = ("Too many", "Many tries came from your network")
NUMBER = {"born_on_day": "28", "born_on_month": "3", "born_on_year": "1984"}
INVOICE = {"emission_code": "1", "amount": "12.50", "person_code": "P-10000008"}
Guess = Callable[[int], bool]


class Doors:
    """The doors of a town; each returns how to guess once, and tell if it is shut."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.people = count()
        # One clock: no window of an hour ends while we count.
        self.noon = timezone.now().replace(minute=1)

    def newcomer(self) -> Client:
        """Return the browser of somebody who has just signed up."""
        with tenant_context(self.town):
            who = make_person(f"p{next(self.people)}@example.com")
            client = browser()
            client.force_login(account_of(who))
        return client

    def sign_in_to_one_account(self) -> Guess:
        return lambda n: shut(sign_in(from_address(browser(), n), password=f"x{n}"))

    def sign_in_from_one_address(self) -> Guess:
        return lambda n: shut(sign_in(browser(), f"nobody{n}@example.com", "x"))

    def second_step_of_one_account(self) -> Guess:
        owner = browser()
        sign_in(owner)
        set_up_application(owner)
        forget(self.town)
        thief = browser()
        sign_in(thief)
        path = "/accounts/2fa/authenticate/"
        return lambda n: shut(thief.post(path, {"code": f"{n:06}"}))

    def new_password_of_one_account(self) -> Guess:
        return lambda n: self._asks_for_password(n, "claire@example.com")

    def new_password_from_one_address(self) -> Guess:
        return lambda n: self._asks_for_password(0, f"nobody{n}@example.com")

    def _asks_for_password(self, address: int, email: str) -> bool:
        before = len(mails(self.town))
        client = from_address(browser(), address)
        client.post("/accounts/password/reset/", {"email": email})
        return len(mails(self.town)) == before

    def file_number_by_one_account(self) -> Guess:
        client = self.newcomer()
        return lambda n: self._links(from_address(client, n), "file-number", n, NUMBER)

    def file_number_from_one_address(self) -> Guess:
        return lambda n: self._links(self.newcomer(), "file-number", n, NUMBER)

    def one_file_number(self) -> Guess:
        return lambda n: self._links(
            from_address(self.newcomer(), n), "file-number", 8, NUMBER
        )

    def code_by_one_account(self) -> Guess:
        client = self.newcomer()
        return lambda n: self._links(from_address(client, n), "subscriber-code", n, {})

    def code_from_one_address(self) -> Guess:
        return lambda n: self._links(self.newcomer(), "subscriber-code", n, {})

    def invoice_by_one_account(self) -> Guess:
        client = self.newcomer()
        return lambda n: self._links(from_address(client, n), "invoice", n, INVOICE)

    def invoice_from_one_address(self) -> Guess:
        return lambda n: self._links(self.newcomer(), "invoice", n, INVOICE)

    def one_invoice(self) -> Guess:
        return lambda n: self._links(
            from_address(self.newcomer(), n), "invoice", 8, INVOICE
        )

    def _links(self, client: Client, method: str, number: int, fields: Any) -> bool:
        guess = {
            "number": f"F-1{number:07}",
            "code": f"{number:04}7K4MX9QH".translate(str.maketrans("01", "XY")),
            "reference": f"2026-{number:05}",
            **fields,
            "form_key": str(uuid4()),
        }
        return shut(client.post(f"/my/link/{method}/", guess))

    def tracking_number_from_one_address(self) -> Guess:
        return lambda n: shut(browser().post("/track/", {"number": f"7K4MX-9QH{n:02}"}))


FIGURES = {
    "sign_in_to_one_account": 5,
    "sign_in_from_one_address": 10,
    "second_step_of_one_account": 5,
    "new_password_of_one_account": 3,
    "new_password_from_one_address": 60,
    "file_number_by_one_account": 5,
    "file_number_from_one_address": 30,
    "one_file_number": 5,
    "code_by_one_account": 5,
    "code_from_one_address": 30,
    "invoice_by_one_account": 5,
    "invoice_from_one_address": 30,
    "one_invoice": 5,
    "tracking_number_from_one_address": 30,
}


def shut(answer: Any) -> bool:
    return any(words in answer.text for words in CLOSED)


def from_address(client: Client, number: int) -> Client:
    client.defaults["REMOTE_ADDR"] = f"192.0.2.{number}"
    return client


def forget(town: Town) -> None:
    with tenant_context(town):
        cache.clear()


@pytest.mark.parametrize("door", FIGURES)
def test_a_door_closes_after_so_many_guesses(
    door: str, rochebelle: Town, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = "foundation.post.backends.OutboxBackend"
    make_family()
    accept_methods()
    doors = Doors(rochebelle)
    for module in ("linking", "tracking"):
        monkeypatch.setattr(f"families.views.{module}.timezone.now", lambda: doors.noon)
    guess = getattr(doors, door)()

    taken = next(n for n in range(PATIENCE) if guess(n + 1))

    assert taken == FIGURES[door]


def test_every_door_is_in_the_table() -> None:
    doors = {each for each in vars(Doors) if not each.startswith("_")}

    assert doors - {"newcomer"} == FIGURES.keys()
