"""Ask for a page as an attacker does, and compare what was answered."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client

from foundation.town import enter_public

FAILURE = 500
# Not the same twice on one page: tokens, nonces, identifiers drawn for a form.
CHANGING = re.compile(
    r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
    r'|(?<=csrfmiddlewaretoken" value=")\w+|(?<="CSRF_TOKEN": ")\w+'
    r'|(?<=nonce=")[\w+/=-]+'
)


def ask(
    client: Client,
    method: str,
    path: str,
    data: Any = None,
    look: Callable[[], None] = lambda: None,
) -> Any:
    """Ask, then take back whatever the answer wrote; `said` holds its body.

    `data` are the fields of a form, sent as a browser does; `look` is called while
    what was written is still there.
    """
    # By the line itself, for speed; not a block: some services refuse to be inside one.
    line = connection.connection
    line.execute("SAVEPOINT asked")
    answer: Any = (
        client.generic(method, path) if data is None else client.post(path, data)
    )
    answer.said = b"".join(answer) if answer.streaming else answer.content
    look()
    line.execute("ROLLBACK TO SAVEPOINT asked; RELEASE SAVEPOINT asked")
    enter_public()
    return answer


def warm(client: Client) -> Client:
    """Look at a page for good: what pages keep for the next ones stays kept."""
    client.get("/")
    enter_public()
    return client


def gist(answer: Any) -> tuple[int, str, str]:
    """Return what an answer amounts to, without what changes at each page."""
    text = answer.said.decode(errors="replace")
    where = answer.headers.get("Location", "")
    return answer.status_code, CHANGING.sub("~", where), CHANGING.sub("~", text)


def shows(answer: Any, *marks: str) -> bool:
    """Say whether a mark is anywhere in an answer, its headers included."""
    headers = str(answer.headers).encode()
    return any(mark.encode() in answer.said + headers for mark in marks)


def tell(capsys: Any, probes: int, what: str) -> None:
    """Print how much was tried, whatever pytest keeps for itself."""
    with capsys.disabled():
        print(f"\n  {probes} probes: {what}", end="")  # noqa: T201 - meant to be seen.
