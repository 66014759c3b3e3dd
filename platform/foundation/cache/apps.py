"""The cache shared by all web processes, one table per schema."""

from django.apps import AppConfig


class CacheConfig(AppConfig):
    """Owns the table that Django's database cache reads."""

    name = "foundation.cache"
    label = "cache"
