"""How the back office looks and in which order it shows its parts."""

from portal.wagtail_hooks import choosers, home, look, menus, town_time

__all__ = ["choosers", "home", "look", "menus", "town_time"]
