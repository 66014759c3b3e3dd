"""The floors behind gunicorn: the least a web process can do for the same answer.

`/book` takes a place in one statement; `/page` reads five times and draws forty rows.
Nothing is checked, nobody is signed in, nothing is journalled.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

import django
from django.template import Context, Engine
from psycopg_pool import ConnectionPool

django.setup()

BOOK = """
WITH place AS (UPDATE floor_session SET taken = taken + 1 WHERE id = 1 RETURNING id)
INSERT INTO floor_booking (session_id, child, price) SELECT id, 1, 235 FROM place
"""
READ = "SELECT id, session_id, child, price FROM floor_booking ORDER BY id LIMIT %s"
ROWS = 40

_pool = ConnectionPool(
    os.environ["FLOOR_DATABASE_URL"],
    min_size=1,
    max_size=6,
    kwargs={"autocommit": True},
    open=False,
)
_page = Engine().from_string(
    "<!doctype html><title>Floor</title><table>{% for row in rows %}<tr>"
    "{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)


def application(
    environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    """Answer `/book` and `/page`."""
    _pool.open()
    with _pool.connection() as connection:
        if environ["PATH_INFO"] == "/book":
            connection.execute(BOOK)
            body = b"booked"
        else:
            for _ in range(4):
                connection.execute(READ, [1]).fetchall()
            rows = connection.execute(READ, [ROWS]).fetchall()
            body = _page.render(Context({"rows": rows})).encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]
