"""The whole program in one object: start it, use its `url`, stop it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Self

from infra.simulator.accounts import Account, find_account
from infra.simulator.api import answer_api
from infra.simulator.clock import Clock
from infra.simulator.control import answer_control
from infra.simulator.courier import Courier
from infra.simulator.desk import Desk
from infra.simulator.errors import no_such
from infra.simulator.faults import Faults
from infra.simulator.hosted import answer_page
from infra.simulator.http_types import Answer, Request
from infra.simulator.passage import let_time_pass
from infra.simulator.server import Server
from infra.simulator.settings import Settings, refuse_live_keys_around
from infra.simulator.store import Store


class Simulator:
    """A Stripe stand-in on a loopback port; a context manager in tests."""

    def __init__(self, settings: Settings) -> None:
        refuse_live_keys_around()
        self.settings = settings
        self.store = Store(settings.state_file)
        self.clock = Clock(self.store.fact("clock offset", 0))
        self.faults = Faults()
        self.courier = Courier(self.store, settings, self.tick)
        self.server = Server((settings.host, settings.port), self.answer)
        self._thread = Thread(target=self.server.serve_forever, args=(0.1,))

    @property
    def url(self) -> str:
        """The address to give to the SDK, without a final slash."""
        if self.settings.public_url:
            return self.settings.public_url.rstrip("/")
        return f"http://{self.settings.host}:{self.server.server_address[1]}"

    def start(self) -> Self:
        self._thread.start()
        self.courier.start()
        return self

    def stop(self) -> None:
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()
        self.courier.stop()
        self.store.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *trouble: object) -> None:
        self.stop()

    def answer(self, request: Request) -> Answer:
        if request.path.startswith("/v1/"):
            return answer_api(self, request)
        if request.path.startswith("/_sim/"):
            return answer_control(self, request)
        return answer_page(self, request)

    @contextmanager
    def at_work(self) -> Iterator[Store]:
        """Open one transaction on an up-to-date store; then send the webhooks."""
        with self.store.transaction():
            self._let_time_pass()
            yield self.store
        self.courier.wake()

    def tick(self) -> None:
        with self.store.transaction():
            self._let_time_pass()

    def _let_time_pass(self) -> None:
        let_time_pass(self._desk_of, self.store.due(self.clock.now()))

    def desk(
        self,
        account: Account,
        *,
        request_id: str | None = None,
        idempotency_key: str | None = None,
    ) -> Desk:
        return Desk(
            self.store,
            self.clock,
            self.settings,
            account,
            self.url,
            request_id,
            idempotency_key,
        )

    def desk_of_object(self, store: Store, object_id: str) -> Desk:
        """Return the desk of whoever owns the object; its id is the secret."""
        record = store.find(object_id)
        if record is None:
            raise no_such("object", object_id)
        return self._desk_of(record.account)

    def _desk_of(self, account_id: str) -> Desk:
        account = find_account(self.store, account_id)
        if account is None:
            raise LookupError(account_id)
        return self.desk(account)
