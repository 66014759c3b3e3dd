"""A content type cache that knows which town it speaks of.

Django keeps one dictionary per process, shared by its threads. Two towns may number
their content types differently, so a thread serving one town would be given the other
town's identifiers: permissions and page types would be decided with the wrong ones.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType, ContentTypeManager

from foundation.town import current_schema

# Towns remembered at once in a process; the oldest is dropped past that.
TOWNS_KEPT = 2_000


def _caches(manager: ContentTypeManager) -> dict[str, dict[Any, Any]]:
    """Return one manager's caches; migrations have managers of their own."""
    caches: dict[str, dict[Any, Any]] = manager.__dict__.setdefault("_by_schema", {})
    return caches


def _cache_of_town(manager: ContentTypeManager) -> dict[Any, Any]:
    """Return the cache of the current schema."""
    caches = _caches(manager)
    schema: str = current_schema()
    cache = caches.get(schema)
    if cache is None:
        if len(caches) >= TOWNS_KEPT:
            caches.pop(next(iter(caches)), None)
        cache = caches.setdefault(schema, {})
    return cache


def _ignore(_manager: ContentTypeManager, _value: dict[Any, Any]) -> None:
    """Accept Django's own initialisation of the attribute."""


def _keep(_manager: ContentTypeManager) -> None:
    """Keep everything: django-tenants would clear at each switch of town.

    A schema that changes is dropped by `forget`.
    """


def forget(schema_name: str) -> None:
    """Forget a schema that was migrated, replaced or erased."""
    _caches(ContentType.objects).pop(schema_name, None)


def install() -> None:
    """Replace Django's process-wide cache by the per-town one."""
    ContentTypeManager._cache = property(  # type: ignore[attr-defined]  # noqa: SLF001 - no public hook exists.
        _cache_of_town, _ignore
    )
    ContentTypeManager.clear_cache = _keep  # type: ignore[assignment,method-assign] # As above.
