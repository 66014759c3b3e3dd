"""Whom a page is for, said on the page itself.

Every view of ours wears one of the guards, which mark it, or says that it is open to
all. The isolation probe reads the marks from the addresses: a view without one fails
the suite, so that nobody forgets to say who may come in.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "audience"
_INNER = ("view_class", "cls")


class Audience(StrEnum):
    """Who may come in; what they then find is up to the page's own queries."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed in"
    FAMILY = "family"
    CLERK = "clerk"
    OPERATOR = "operator"
    SIGNATURE = "signature"  # A machine whose message carries a signature.


def mark(view: View, audience: Audience) -> View:
    """Write on a view whom it is for; return the view."""
    setattr(view, _MARK, audience)
    return view


def open_to_all(view: View) -> View:
    """Say that a page shows nothing personal: anybody may read it."""
    return mark(view, Audience.EVERYBODY)


def audience_of(view: Callable[..., Any]) -> Audience | None:
    """Return the mark of a view, or None when nobody said whom it is for.

    A class's mark is that of its attribute `audience`.
    """
    inner = (getattr(view, name, None) for name in _INNER)
    for each in (view, *inner):
        found = getattr(each, _MARK, None)
        if isinstance(found, Audience):
            return found
    return None
