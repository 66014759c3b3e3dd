"""Every address a town answers, read from its URLconf, with something to put in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.urls import URLPattern, get_resolver
from django.urls.converters import UUIDConverter

from foundation.access import Audience, audience_of

OURS: tuple[str, ...] = ("portal", "foundation", "tenants", "families", "catalog")
OURS += ("enrolment", "billing", "cms", "allauth")

# Pages of Wagtail that fail before nonsense typed by staff: the first on purpose, the
# others for want of a field, or for the root of the pages, which nobody edits.
WAGTAIL_FAILS = {
    "admin/failwhale/",
    "admin/pages/<int:page_to_move_id>/set_position/",
    "admin/pages/<int:page_id>/lock/",
    "admin/pages/<int:page_id>/unlock/",
    "admin/choose-external-link/",
}
# A regular expression among the addresses, and a text that it takes.
WRITTEN = {
    r"(?P<key>[-:\w]+)": "unknown",
    r"(?P<uidb36>[0-9A-Za-z]+)": "1",
    r"(?P<key>.+)": "x-y",
    r"(?P<pk>\d+)": "1",
    r"(?P<revision_id_a>live|earliest|\d+)": "live",
    r"(?P<revision_id_b>live|latest|\d+)": "latest",
    r"((?:[\w\-]+/)*)": "somewhere/",
    r"(\d+)": "1",
    r"(.*)": "plan.pdf",
    r"\.": ".",
    ".*": "nowhere",
}
# By name of the argument; the others take "1".
TYPED = {
    "code": "cantine",
    "what": "quotient",
    "kind": "person",
    "sheet": "adults",
    "app_label": "catalog",
    "model_name": "service",
}


@dataclass(frozen=True)
class Address:
    """One pattern of the URLconf, its arguments filled with plain texts but ids."""

    route: str
    arguments: Mapping[str, Any]
    module: str
    audience: Audience | None

    @property
    def is_ours(self) -> bool:
        """Say whether we wrote the page, or ask families to use it."""
        return self.module.startswith(OURS)

    @property
    def of_staff(self) -> bool:
        """Say whether the address is of the back office."""
        return self.route.startswith("admin/")

    @property
    def names(self) -> list[str]:
        """Return the arguments that are public identifiers, in order."""
        return [
            name
            for name, converter in self.arguments.items()
            if isinstance(converter, UUIDConverter)
        ]

    def path(self, ids: Mapping[str, UUID] | None = None) -> str:
        """Return a path of this pattern; identifiers not given are of nothing."""
        route = self.route
        for pattern, text in WRITTEN.items():
            route = route.replace(pattern, text)
        filled = re.sub(
            r"<(?:(\w+):)?(\w+)>",
            lambda found: self._fill(found[1], found[2], ids or {}),
            route,
        )
        return "/" + filled.replace("^", "").replace("$", "")

    def _fill(self, kind: str | None, name: str, ids: Mapping[str, UUID]) -> str:
        if kind == "uuid":
            return str(ids.get(name) or uuid4())
        return TYPED.get(name, "1")


def addresses(conf: str = "portal.urls_town") -> list[Address]:
    """Return every address of a town, in the order they are tried."""
    return list(_walk(get_resolver(conf), "", {}))


def with_ids() -> list[Address]:
    """Return the addresses that name something by its public identifier."""
    return [each for each in addresses() if "<uuid:" in each.route]


def _walk(resolver: Any, start: str, known: Mapping[str, Any]) -> Iterator[Address]:
    for each in resolver.url_patterns:
        route = start + str(each.pattern)
        arguments = {**known, **getattr(each.pattern, "converters", {})}
        if isinstance(each, URLPattern):
            view = each.callback
            yield Address(route, arguments, view.__module__, audience_of(view))
        else:
            yield from _walk(each, route, arguments)
