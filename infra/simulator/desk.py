"""One account's counter, during one transaction: look up, save, announce."""

import secrets
from dataclasses import dataclass, replace
from typing import Any

import stripe

from infra.simulator.accounts import Account
from infra.simulator.clock import Clock
from infra.simulator.errors import ApiError, no_such
from infra.simulator.outbox import enqueue
from infra.simulator.settings import Settings
from infra.simulator.shapes import shaped
from infra.simulator.store import Json, Record, Store


def new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(12)}"


@dataclass(frozen=True)
class Desk:
    """What a handler may touch. Times are simulated seconds since 1970."""

    store: Store
    clock: Clock
    settings: Settings
    account: Account
    base_url: str
    request_id: str | None = None
    idempotency_key: str | None = None

    @property
    def now(self) -> int:
        return self.clock.now()

    def get(self, kind: str, object_id: str, *, param: str = "id") -> Record:
        record = self.store.find(object_id)
        if record is None or record.kind != kind or record.account != self.account.id:
            raise no_such(kind, object_id, param=param)
        return record

    def add(
        self, body: Json, private: Json | None = None, due_at: int | None = None
    ) -> Record:
        """Keep a new object, completed and checked against the SDK."""
        return self.save(Record(self.account.id, body, private or {}, due_at))

    def change(self, record: Record, **changes: Any) -> Record:
        """Keep an object with some fields of its body replaced."""
        return self.save(replace(record, body=record.body | changes))

    def save(self, record: Record) -> Record:
        checked = replace(record, body=shaped(record.body))
        self.store.save(checked)
        return checked

    def announce(self, kind: str, record: Record) -> Record:
        """Record an event about the object as it is now, and queue its webhook."""
        event = self.add(
            {
                "id": new_id("evt"),
                "object": "event",
                "account": self.account.id if self.account.connected else None,
                "api_version": stripe.api_version,
                "created": self.now,
                "data": {"object": record.body},
                "livemode": False,
                "pending_webhooks": 1,
                "request": {
                    "id": self.request_id,
                    "idempotency_key": self.idempotency_key,
                },
                "type": kind,
            }
        )
        enqueue(self.store, self.settings, self.account, event)
        return event


def check_metadata(metadata: Json | None, param: str = "metadata") -> Json:
    """Apply Stripe's limits: 50 keys, 40 characters a key, 500 a value."""
    kept = {key: value for key, value in (metadata or {}).items() if value != ""}
    if len(kept) > 50:
        raise ApiError("Metadata can hold up to 50 keys.", param=param)
    for key, value in kept.items():
        if len(key) > 40 or len(value) > 500:
            raise ApiError(
                f"Metadata {key[:40]!r} is too long: 40 characters for a key, "
                "500 for a value.",
                param=param,
            )
    return kept
