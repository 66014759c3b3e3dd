"""Work for a moment as the owner of the structures, through Django's connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connection


@contextmanager
def as_owner() -> Iterator[None]:
    """Reconnect Django's default connection with the owner's role, then back.

    For migrations only; outside any transaction.
    """
    usual: dict[str, Any] = dict(connection.settings_dict)
    parts = urlsplit(settings.OWNER_DATABASE_URL)
    _reconnect(
        {
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
        }
    )
    try:
        yield
    finally:
        _reconnect({"USER": usual["USER"], "PASSWORD": usual["PASSWORD"]})


def _reconnect(credentials: dict[str, str]) -> None:
    """Close the connection and let the next query open it with these credentials."""
    connection.close()
    if connection.settings_dict["OPTIONS"].get("pool"):
        connection.close_pool()  # type: ignore[attr-defined] # PostgreSQL only.
    connection.settings_dict.update(credentials)
