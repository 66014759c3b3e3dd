"""Every page says whom it is for; a page added without a word fails here."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver

from foundation.access import audience_of

View = Callable[..., Any]
# Whoever wrote these guards them: Wagtail's pages by its own door, allauth's by its
# decorators. The probes of tests/hostile try them all the same.
GUARDED_BY_THEIR_AUTHORS = ("wagtail.", "allauth.", "django.", "drf_spectacular.")


@pytest.mark.parametrize("conf", ["portal.urls_town", "portal.urls_public"])
def test_every_view_of_ours_wears_a_guard_or_is_open_to_all(conf: str) -> None:
    views = list(_views(get_resolver(conf), ""))

    silent = [
        f"{route} ({_module_of(view)})"
        for route, view in views
        if audience_of(view) is None
        and not _module_of(view).startswith(GUARDED_BY_THEIR_AUTHORS)
    ]

    assert len(views) > 10
    assert silent == []


def test_a_view_without_a_guard_is_seen() -> None:
    def forgotten(request: object) -> None:
        """Let anybody in."""

    assert audience_of(forgotten) is None


def _views(resolver: Any, start: str) -> Iterator[tuple[str, View]]:
    for each in resolver.url_patterns:
        route = start + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route, each.callback
        else:
            yield from _views(each, route)


def _module_of(view: View) -> str:
    inner = getattr(view, "view_class", None) or getattr(view, "cls", None)
    return (inner or view).__module__
