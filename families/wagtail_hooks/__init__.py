"""Families in the back office."""

from families.wagtail_hooks import menu

__all__ = ["menu"]
