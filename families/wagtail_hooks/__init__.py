"""Families in the back office."""

from families.wagtail_hooks import (
    accounts,
    changes,
    child_lists,
    children,
    duplicates,
    erasure,
    files,
    households,
    imports,
    linking,
    menu,
    proof_forms,
    retention,
    ways_in,
)

__all__ = [
    "accounts",
    "changes",
    "child_lists",
    "children",
    "duplicates",
    "erasure",
    "files",
    "households",
    "imports",
    "linking",
    "menu",
    "proof_forms",
    "retention",
    "ways_in",
]
