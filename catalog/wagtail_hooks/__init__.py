"""The catalogue in the back office."""

from catalog.wagtail_hooks import menu, waiting

__all__ = ["menu", "waiting"]
