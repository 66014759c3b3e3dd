"""HTTP on the standard library's threading server."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from infra.simulator.http_types import Answer, Request

LARGEST_BODY = 1_000_000


class Server(ThreadingHTTPServer):
    """One thread per connection; none of them keeps the program alive."""

    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], answer: Callable[[Request], Answer]
    ) -> None:
        super().__init__(address, Handler)
        self.answer = answer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent: a client that hangs up is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    """Hand each request over and write the answer, or hang up."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "StripeSimulator"
    sys_version = ""
    # Headers and body leave in one packet: otherwise each answer waits 40 ms.
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 60

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            self.close_connection = True
            self._write(Answer(413))
            return
        parts = urlsplit(self.path)
        request = Request(
            method=self.command,
            path=parts.path,
            query=parts.query,
            headers=dict(self.headers.items()),
            body=self.rfile.read(length),
        )
        answer = self.server.answer(request)
        if answer.dropped:
            self.close_connection = True
            return
        self._write(answer)

    def _write(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - inherited name
        """Write nothing: request lines would drown what matters in a demo."""
