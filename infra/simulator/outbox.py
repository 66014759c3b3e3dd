"""Webhooks waiting to leave, kept with the objects they speak of.

A delivery is written in the transaction of the change itself: a change that is
rolled back announces nothing, and one that is kept is announced even after a
restart. Delivery times are real seconds, never simulated ones.
"""

import json
import secrets
import time
from dataclasses import dataclass

from infra.simulator.accounts import Account
from infra.simulator.settings import Settings
from infra.simulator.store import Json, Record, Store

PENDING, DELIVERED, FAILED = "pending", "delivered", "failed"
COLUMNS = "id, event, url, secret, state, attempts, next_at"


@dataclass(frozen=True)
class Delivery:
    """One event on its way to one address."""

    id: str
    event: str
    url: str
    secret: str
    state: str
    attempts: list[Json]
    next_at: float

    def public(self) -> Json:
        return {
            "id": self.id,
            "event": self.event,
            "url": self.url,
            "state": self.state,
            "attempts": self.attempts,
        }


def enqueue(store: Store, settings: Settings, account: Account, event: Record) -> None:
    """Queue the event for the account's own address, or the platform's."""
    profile = account.profile
    url = profile["webhook_url"] or settings.webhook_url
    if url is None:
        return
    secret = profile["webhook_secret"] or settings.webhook_secret
    fresh = Delivery(
        f"whd_{secrets.token_hex(8)}", event.id, url, secret, PENDING, [], time.time()
    )
    keep(store, fresh)


def keep(store: Store, delivery: Delivery) -> None:
    store.sql.execute(
        f"insert into delivery ({COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - our own literals
        " on conflict (id) do update set state = excluded.state,"
        " attempts = excluded.attempts, next_at = excluded.next_at",
        (
            delivery.id,
            delivery.event,
            delivery.url,
            delivery.secret,
            delivery.state,
            json.dumps(delivery.attempts),
            delivery.next_at,
        ),
    )


def deliveries(store: Store, *, event: str | None = None) -> list[Delivery]:
    """Return them oldest first, all or those of one event."""
    where, values = ("where event = ?", (event,)) if event else ("", ())
    rows = store.sql.execute(
        f"select {COLUMNS} from delivery {where} order by rowid",  # noqa: S608 - our own literals
        values,
    )
    return [_delivery(row) for row in rows.fetchall()]


def ready(store: Store, now: float) -> list[Delivery]:
    rows = store.sql.execute(
        f"select {COLUMNS} from delivery"  # noqa: S608 - our own literals
        " where state = ? and next_at <= ? order by next_at, rowid",
        (PENDING, now),
    )
    return [_delivery(row) for row in rows.fetchall()]


def next_departure(store: Store) -> float | None:
    """Return when the next pending delivery leaves, or None."""
    (at,) = store.sql.execute(
        "select min(next_at) from delivery where state = ?", (PENDING,)
    ).fetchone()
    return None if at is None else float(at)


def _delivery(row: tuple[str, str, str, str, str, str, float]) -> Delivery:
    identity, event, url, secret, state, attempts, next_at = row
    return Delivery(identity, event, url, secret, state, json.loads(attempts), next_at)
