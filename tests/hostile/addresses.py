"""Every address a town answers, read from its URLconf, with something to put in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.urls import URLPattern, get_resolver
from django.urls.converters import UUIDConverter

# What the identifiers of our addresses name; the first that fits is taken. An address
# that fits none fails the probe: say here what it is about.
KINDS: list[tuple[str, dict[str, str]]] = [
    ("my/children/", {"public_id": "child"}),
    ("my/household/adults/", {"public_id": "person"}),
    ("my/household/", {"public_id": "invitation"}),
    ("my/proofs/new/", {"public_id": "proof_type"}),
    ("my/proofs/", {"public_id": "proof"}),
    ("my/documents/", {"public_id": "document"}),
    ("my/requests/", {"public_id": "request", "requirement_id": "requirement"}),
    ("my/bookings/courses/", {"activity": "course"}),
    ("my/bookings/orders/", {"public_id": "order"}),
    ("my/bookings/", {"public_id": "booking", "activity": "activity"}),
    ("my/basket/", {"booking": "held"}),
    ("my/invoices/", {"public_id": "invoice"}),
    ("my/payments/<uuid:public_id>/receipt/", {"public_id": "payment"}),
    ("my/payments/", {"public_id": "attempt"}),
    ("my/direct-debit/", {"public_id": "mandate"}),
    ("api/v1/my/invoices/", {"public_id": "invoice"}),
    ("admin/catalogue/sessions/", {"public_id": "session"}),
    ("admin/catalogue/tariffs/versions/", {"public_id": "version"}),
    ("admin/catalogue/tariffs/", {"public_id": "tariff"}),
    (
        "admin/households/",
        {"public_id": "household", "person": "person", "custody": "custody"},
    ),
    ("admin/requests/", {"public_id": "request", "proof_id": "proof"}),
    ("admin/day/", {"public_id": "booking"}),
    ("admin/billing/runs/", {"public_id": "run"}),
    ("admin/billing/invoices/", {"public_id": "invoice"}),
    ("admin/billing/bank-files/", {"public_id": "batch"}),
]
ANYWHERE = {"document_id": "document", "child": "child"}

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
TYPED = {"code": "cantine", "app_label": "catalog", "model_name": "service"}


@dataclass(frozen=True)
class Address:
    """One pattern of the URLconf, its arguments filled with plain texts but ids."""

    route: str
    arguments: Mapping[str, Any]
    module: str

    @property
    def is_ours(self) -> bool:
        """Say whether we wrote the page, or ask families to use it."""
        return self.module.startswith(OURS)

    @property
    def ids(self) -> dict[str, str]:
        """Return the kind of thing each identifier names, in order."""
        named = [
            name
            for name, converter in self.arguments.items()
            if isinstance(converter, UUIDConverter)
        ]
        return {name: self._kind(name) for name in named}

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

    def _kind(self, name: str) -> str:
        for start, kinds in KINDS:
            known = kinds.get(name) or ANYWHERE.get(name)
            if self.route.startswith(start) and known:
                return known
        raise LookupError(f"KINDS does not say what {name} is in {self.route}")


def addresses() -> list[Address]:
    """Return every address of a town, in the order they are tried."""
    return list(_walk(get_resolver("portal.urls_town"), "", {}))


def with_ids() -> list[Address]:
    """Return the addresses that name something by its public identifier."""
    return [each for each in addresses() if "<uuid:" in each.route]


def _walk(resolver: Any, start: str, known: Mapping[str, Any]) -> Iterator[Address]:
    for each in resolver.url_patterns:
        route = start + str(each.pattern)
        arguments = {**known, **getattr(each.pattern, "converters", {})}
        if isinstance(each, URLPattern):
            yield Address(route, arguments, each.callback.__module__)
        else:
            yield from _walk(each, route, arguments)
