"""Families in the back office."""

from families.wagtail_hooks import households, imports, menu

__all__ = ["households", "imports", "menu"]
