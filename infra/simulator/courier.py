"""Carry signed webhooks from a background thread, with bounded retries."""

import hmac
import json
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from infra.simulator import outbox
from infra.simulator.outbox import DELIVERED, FAILED, PENDING, Delivery
from infra.simulator.settings import Settings
from infra.simulator.store import Store

IDLE = 0.25

log = logging.getLogger(__name__)


def signature(body: bytes, secret: str, at: int) -> str:
    """Return the `Stripe-Signature` header for these exact bytes."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, sha256)
    return f"t={at},v1={signed.hexdigest()}"


class Courier:
    """Deliver what is due, oldest first; a test may hold it and send by hand."""

    def __init__(
        self, store: Store, settings: Settings, tick: Callable[[], None]
    ) -> None:
        self.store = store
        self.settings = settings
        self.held = False
        self._tick = tick
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._woken.set()
        self._thread.join(timeout=15)

    def wake(self) -> None:
        self._woken.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.wait(timeout=self._pause())
            self._woken.clear()
            # The thread must outlive any one mishap.
            try:
                self._tick()
                self._deliver_ready()
            except Exception:
                log.exception("The courier stumbled and goes on.")

    def _pause(self) -> float:
        """Return how long to sleep: until the next departure, IDLE at most."""
        with self.store.transaction():
            at = outbox.next_departure(self.store)
        if at is None or self.held:
            return IDLE
        return min(IDLE, max(0.0, at - time.time()))

    def _deliver_ready(self) -> None:
        if self.held:
            return
        with self.store.transaction():
            waiting = outbox.ready(self.store, time.time())
        for delivery in waiting:
            if self._stopping.is_set() or self.held:
                return
            self.deliver(delivery)

    def deliver(self, delivery: Delivery) -> int | None:
        """Send once, write down what came back, plan the next attempt."""
        with self.store.transaction():
            event = self.store.find(delivery.event)
        if event is None:
            raise LookupError(delivery.event)
        body = json.dumps(event.body, ensure_ascii=False, indent=2).encode()
        status, trouble = self._post(delivery, body)
        attempt = {"at": int(time.time()), "status": status, "error": trouble}
        attempts = [*delivery.attempts, attempt]
        state, next_at = self._outcome(status, len(attempts))
        done = replace(delivery, attempts=attempts, state=state, next_at=next_at)
        with self.store.transaction():
            outbox.keep(self.store, done)
        return status

    def _outcome(self, status: int | None, tried: int) -> tuple[str, float]:
        if status is not None and 200 <= status < 300:
            return DELIVERED, 0
        if tried >= self.settings.max_attempts:
            return FAILED, 0
        doubled = self.settings.retry_after * 2 ** (tried - 1)
        return PENDING, time.time() + min(doubled, self.settings.retry_at_most)

    def _post(self, delivery: Delivery, body: bytes) -> tuple[int | None, str | None]:
        target = urlsplit(delivery.url)
        kind = HTTPSConnection if target.scheme == "https" else HTTPConnection
        path = (target.path or "/") + (f"?{target.query}" if target.query else "")
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(body, delivery.secret, int(time.time())),
            "User-Agent": "Stripe/1.0 (simulator)",
        }
        connection = kind(target.netloc, timeout=self.settings.webhook_timeout)
        try:
            connection.request("POST", path, body, headers)
            return connection.getresponse().status, None
        except (OSError, HTTPException) as trouble:
            return None, f"{type(trouble).__name__}: {trouble}"
        finally:
            with suppress(OSError):
                connection.close()
