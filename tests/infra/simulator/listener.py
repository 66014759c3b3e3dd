"""The town's webhook address, as a real server that keeps what it receives."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import stripe

SECRET = "whsec_of_this_test"


@dataclass
class Listener:
    """Answers with the planned statuses first, then 200."""

    url: str = ""
    planned: list[int] = field(default_factory=list)
    received: list[tuple[bytes, str]] = field(default_factory=list)

    def events(self, kind: str | None = None) -> list[stripe.Event]:
        """Return the events received, each verified by the official SDK."""
        verified = [
            stripe.Webhook.construct_event(body, header, SECRET)
            for body, header in self.received
        ]
        return [event for event in verified if kind in (None, event.type)]


@contextmanager
def listening() -> Iterator[Listener]:
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listener.received.append((body, self.headers["Stripe-Signature"]))
            self.send_response(listener.planned.pop(0) if listener.planned else 200)
            self.end_headers()

        def log_message(self, *facts: Any) -> None:
            """Stay silent."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        listener.url = f"http://127.0.0.1:{server.server_port}/webhooks"
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield listener
        server.shutdown()
        thread.join()
