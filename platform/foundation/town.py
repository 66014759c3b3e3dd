"""The schema that the current connection works in."""

from typing import Any

from django.db import connection


def current_schema() -> str:
    """Return the name of the current schema, `public` outside any town."""
    schema: str = connection.schema_name  # type: ignore[attr-defined] # django-tenants adds it.
    return schema


def current_tenant() -> Any:
    """Return the row of the current town, or django-tenants' stand-in for public."""
    return connection.tenant  # type: ignore[attr-defined] # django-tenants adds it.


def enter_public() -> None:
    """Leave any town: what follows must name its own."""
    connection.set_schema_to_public()  # type: ignore[attr-defined] # As above.
