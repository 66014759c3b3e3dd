"""A content type cache that knows which town it speaks of.

Django keeps one dictionary per process, shared by its threads. Two towns may number
their content types differently, so a thread serving one town would be given the other
town's identifiers: permissions and page types would be decided with the wrong ones.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentTypeManager
from django.db import connection

# Towns remembered at once in a process; the oldest is dropped past that.
TOWNS_KEPT = 2_000

_by_schema: dict[str, dict[Any, Any]] = {}


def _cache_of_town(_manager: ContentTypeManager) -> dict[Any, Any]:
    """Return the cache of the current schema."""
    schema: str = connection.schema_name
    cache = _by_schema.get(schema)
    if cache is None:
        if len(_by_schema) >= TOWNS_KEPT:
            _by_schema.pop(next(iter(_by_schema)), None)
        cache = _by_schema.setdefault(schema, {})
    return cache


def _ignore(_manager: ContentTypeManager, _value: dict[Any, Any]) -> None:
    """Accept Django's own initialisation of the attribute."""


def _clear(_manager: ContentTypeManager) -> None:
    """Forget the current schema only."""
    _by_schema.pop(connection.schema_name, None)


def forget(schema_name: str) -> None:
    """Forget a schema that was migrated, replaced or erased."""
    _by_schema.pop(schema_name, None)


def install() -> None:
    """Replace Django's process-wide cache by the per-town one."""
    ContentTypeManager._cache = property(  # type: ignore[attr-defined]  # noqa: SLF001 - no public hook exists.
        _cache_of_town, _ignore
    )
    ContentTypeManager.clear_cache = _clear  # type: ignore[method-assign] # As above.
