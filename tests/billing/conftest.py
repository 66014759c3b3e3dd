"""A town with an invoice to pay, and the payment provider's stand-in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from billing.models import Invoice, Regie
from billing.services.runs import draft_run, issue_run
from tenants.models import Town
from tests.billing.builders import (
    NOVEMBER,
    NOW,
    Family,
    a_family,
    a_regie,
    book,
    lunches,
    november,
)
from tests.billing.jobs import enter, run_jobs
from tests.infra.simulator.listener import Listener, listening
from tests.infra.simulator.program import Town as Account, eventually, running

SECRET = "whsec_tests"


@pytest.fixture(scope="session")
def simulator_url() -> Iterator[str]:
    with running("--retry-after", "0.005") as url:
        yield url


@pytest.fixture
def private_files(settings: Any, tmp_path: Path) -> None:
    settings.PREAU_PRIVATE_ROOT = tmp_path


@pytest.fixture
def regie(rochebelle: Town) -> Regie:
    """The régie, on an account of its own at the provider."""
    return a_regie(stripe_account=f"acct_{uuid4().hex}")


@pytest.fixture
def family(rochebelle: Town) -> Family:
    return a_family()


@pytest.fixture
def invoice(regie: Regie, family: Family) -> Invoice:
    """An issued invoice of 13.80 euros."""
    return issue(regie, family, minor=345, days=4)


def issue(regie: Regie, family: Family, *, minor: int, days: int) -> Invoice:
    for session in lunches(november(days)):
        book(family, session, minor=minor)
    run = draft_run(regie=regie, period=NOVEMBER, actor=None, now=NOW)
    issue_run(run=run, actor=None, now=NOW)
    return Invoice.objects.get(run=run, household=family.household)


@dataclass
class Browser:
    """A signed-in family, and what it does on the hosted page."""

    client: Client
    town: Town
    account: Account
    family: Family

    def get(self, path: str) -> Any:
        return self._asked(lambda: self.client.get(path))

    def post(self, path: str, **data: Any) -> Any:
        return self._asked(lambda: self.client.post(path, data))

    def start(self, invoice: Invoice) -> str:
        """Press the pay button; return the id of the hosted page."""
        answer = self.post(f"/my/invoices/{invoice.public_id}/pay/")
        assert answer.status_code == 302, answer
        return str(answer["Location"]).rpartition("/")[2]

    def pay(self, page: str, card: str = "4242424242424242") -> Any:
        return self.account.control("POST", f"sessions/{page}/pay", card=card)

    def _asked(self, act: Callable[[], Any]) -> Any:
        answer = act()
        enter(self.town)
        return answer


@pytest.fixture
def account(simulator_url: str, settings: Any, regie: Regie) -> Iterator[Account]:
    """The régie's account at the stand-in; its webhooks are kept by a listener."""
    settings.STRIPE_API_BASE = simulator_url
    account = Account(simulator_url, "sk_test_tests", account=regie.stripe_account)
    with listening() as listener:
        account.listener = listener
        account.control(
            "POST",
            f"accounts/{regie.stripe_account}",
            webhook_url=listener.url,
            webhook_secret=SECRET,
        )
        yield account


@pytest.fixture
def browser(account: Account, family: Family, rochebelle: Town) -> Browser:
    speak_english(rochebelle)
    return Browser(signed_in(family), rochebelle, account, family)


def speak_english(town: Town) -> None:
    """Let pages show the sentences of the source."""
    town.locale = "en"
    town.save(update_fields=["locale"])


def signed_in(family: Family) -> Client:
    client = Client(
        headers={"host": "rochebelle.localhost"}, SERVER_NAME="rochebelle.localhost"
    )
    client.force_login(family.account)
    return client


@dataclass
class Webhooks:
    """What the provider sent, to deliver as often and in the order one likes."""

    listener: Listener
    town: Town

    def wait(self, kind: str) -> tuple[bytes, str]:
        """Return the body and signature of the last message of a kind."""

        def found() -> Any:
            sent = [each for each in self.listener.received if kind.encode() in each[0]]
            return sent[-1] if sent else None

        message: tuple[bytes, str] = eventually(found)
        return message

    def deliver(self, message: tuple[bytes, str], **changes: Any) -> int:
        """Post a message to the platform; return the status."""
        body, signature = message
        answer = Client(headers={"host": "localhost"}, SERVER_NAME="localhost").post(
            "/webhooks/stripe/",
            changes.get("body", body),
            content_type="application/json",
            headers={"stripe-signature": changes.get("signature", signature)},
        )
        enter(self.town)
        return answer.status_code

    def apply(self) -> list[str]:
        """Run the jobs of the provider's messages."""
        with tenant_context(self.town):
            return run_jobs("payments")


@pytest.fixture
def webhooks(account: Account, rochebelle: Town) -> Webhooks:
    assert account.listener is not None
    return Webhooks(account.listener, rochebelle)
