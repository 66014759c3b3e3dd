"""How the back office looks and in which order it shows its parts."""

from portal.wagtail_hooks import home, look, menus

__all__ = ["home", "look", "menus"]
