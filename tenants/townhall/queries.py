"""Reads of a town's own settings."""

from django.core.cache import cache

from foundation.ui.frame import forget_frame
from tenants.townhall.models import TownSettings

CACHE_KEY = "townhall-settings"
SECONDS_KEPT = 60


def town_settings() -> TownSettings:
    """Return the settings of the current town.

    Kept a minute in the town's cache; saving them forgets the kept copy.
    Raises TownSettings.DoesNotExist in a schema that was never opened.
    """
    kept: TownSettings | None = cache.get(CACHE_KEY)
    if kept is None:
        kept = TownSettings.objects.get(pk=1)
        cache.set(CACHE_KEY, kept, SECONDS_KEPT)
    return kept


def forget_town_settings() -> None:
    """Drop the kept copies of the settings."""
    cache.delete(CACHE_KEY)
    forget_frame()
