"""Requests as bytes on the line, through gunicorn's own reading of them."""

from typing import Any

from django.test.client import ClientHandler
from gunicorn.config import Config
from gunicorn.http import wsgi
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser

from foundation.town import enter_public

CLIENT, SERVER = ("127.0.0.1", 5555), ("127.0.0.1", 8000)


class Line:
    """The socket that gunicorn would answer on."""

    def getsockname(self) -> tuple[str, int]:
        return SERVER

    def sendall(self, data: bytes) -> None:
        """Forget what gunicorn says by itself."""


def send(*headers: str, target: str = "/", version: str = "1.1") -> tuple[int, str]:
    """Send a GET with these header lines; return status and page.

    What gunicorn refuses to read is a 400, as its worker answers.
    """
    head = "\r\n".join([f"GET {target} HTTP/{version}", *headers, "", ""])
    settings = Config()
    try:
        request = next(RequestParser(settings, iter([head.encode("latin-1")]), CLIENT))
        _answer, environ = wsgi.create(request, Line(), CLIENT, SERVER, settings)
    except (ParseException, StopIteration):
        return 400, ""
    return _answered(environ)


def _answered(environ: dict[str, Any]) -> tuple[int, str]:
    # Of the test's client for the transaction of the test only.
    answer = ClientHandler()(environ)
    page = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined] # One or the other.
    enter_public()
    return answer.status_code, page.decode(errors="replace")
