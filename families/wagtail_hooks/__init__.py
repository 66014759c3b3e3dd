"""Families in the back office."""

from families.wagtail_hooks import changes, households, imports, menu

__all__ = ["changes", "households", "imports", "menu"]
