"""The real program, its control API, and the town that uses it in a test."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

import stripe

from tests.infra.simulator.listener import Listener

ROOT = Path(__file__).parents[3]
PATIENCE = 5


@contextmanager
def running(*options: str) -> Iterator[str]:
    """Run `python -m infra.simulator` on a free port; yield its address."""
    command = [sys.executable, "-m", "infra.simulator", "--port", "0", *options]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


@dataclass
class Town:
    """A merchant account of its own, by key or through the platform's key."""

    url: str
    key: str
    account: str | None = None
    listener: Listener | None = None

    @property
    def client(self) -> stripe.StripeClient:
        return self.client_with(retries=2)

    def client_with(self, *, retries: int, timeout: float = 5) -> stripe.StripeClient:
        return stripe.StripeClient(
            self.key,
            base_addresses={"api": self.url},
            max_network_retries=retries,
            stripe_account=self.account,
            http_client=stripe.RequestsClient(timeout=timeout),
        )

    def control(self, method: str, path: str, /, **asked: Any) -> Any:
        body = json.dumps(asked).encode()
        request = Request(f"{self.url}/_sim/{path}", body, method=method)
        try:
            with urlopen(request) as answer:
                return json.load(answer)
        except HTTPError as refusal:
            with refusal:
                raise ControlError(json.load(refusal)["error"]) from None

    def open_session(self, **changes: Any) -> stripe.checkout.Session:
        return self.client.v1.checkout.sessions.create(session_params(**changes))

    def read(self, session_id: str) -> stripe.checkout.Session:
        return self.client.v1.checkout.sessions.retrieve(
            session_id, {"expand": ["payment_intent.latest_charge"]}
        )

    def pay(self, session: stripe.checkout.Session, **how: Any) -> Any:
        return self.control("POST", f"sessions/{session.id}/pay", **how)

    def paid_session(self, **how: Any) -> stripe.checkout.Session:
        session = self.open_session()
        assert self.pay(session, **how)["result"] == "complete"
        return self.read(session.id)

    def events(self) -> list[str]:
        """Return the types of this account's events, oldest first."""
        found = self.client.v1.events.list({"limit": 100}).data
        return [event.type for event in reversed(found)]

    def deliveries(self, kind: str) -> list[Any]:
        known = {event.id for event in self.client.v1.events.list({"limit": 100}).data}
        every = self.control("GET", "deliveries")["data"]
        return [d for d in every if d["event"] in known and d["type"] == kind]


class ControlError(Exception):
    """The control API refused."""


def new_key() -> str:
    return f"sk_test_{uuid4().hex}"


def session_params(**changes: Any) -> Any:
    """Return the parameters of a 12.40 euro session; None removes one."""
    price = {
        "currency": "eur",
        "unit_amount": 620,
        "product_data": {"name": "Cantine"},
    }
    params = {
        "mode": "payment",
        "success_url": "http://town.test/paid?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://town.test/invoice",
        "customer_email": "lea@example.org",
        "line_items": [{"quantity": 2, "price_data": price}],
        **changes,
    }
    return {name: value for name, value in params.items() if value is not None}


def eventually(condition: Any) -> Any:
    """Return the condition's first true answer within a few seconds."""
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)
    return found
