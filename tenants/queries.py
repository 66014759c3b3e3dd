"""Reads about towns."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from foundation.journal.models import Entry
from foundation.town import current_tenant
from tenants.enums import TownAction
from tenants.models import Domain, IssuerCertificate, Town


def primary_host(town: Town) -> str:
    """Return the host name used in a town's messages.

    Remembered on the object: one read per request at most.
    """
    known: str | None = getattr(town, "_primary_host", None)
    if known is None:
        known = (
            Domain.objects.filter(tenant_id=town.pk, is_primary=True)
            .values_list("domain", flat=True)
            .first()
        ) or settings.PLATFORM_HOST
        town._primary_host = known  # noqa: SLF001 - a memo, not a field.
    return known


def base_url_of(town: Town) -> str:
    """Return scheme, host and port of a town, without a final slash."""
    scheme = "https" if settings.HTTPS else "http"
    port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT else ""
    return f"{scheme}://{primary_host(town)}{port}"


def certificates_named(authority: str, name: str) -> list[bytes]:
    """Return the certificates (DER) that codes of official papers name so."""
    found = IssuerCertificate.objects.filter(authority=authority, name=name)
    return [bytes(content) for content in found.values_list("content", flat=True)]


def current_town() -> Town:
    """Return the town of the current connection.

    Raises RuntimeError outside a town: there is no default one.
    """
    tenant = current_tenant()
    if not isinstance(tenant, Town) or tenant.is_public:
        raise RuntimeError("No town is current.")
    return tenant


def console_towns(words: str = "") -> QuerySet[Town]:
    """Return the towns an operator sees, by name, with their host names loaded.

    `words` are looked for in names and host names.
    """
    found = Town.objects.towns().order_by("name", "pk").prefetch_related("domains")
    if words:
        hosts = Domain.objects.filter(domain__icontains=words)
        found = found.filter(
            Q(name__icontains=words) | Q(pk__in=hosts.values("tenant_id"))
        )
    return found


def history_of(town: Town) -> list[dict[str, Any]]:
    """Return what the platform did with a town, newest first, as `ui/event_list`."""
    entries = (
        Entry.objects.about("tenants.town", town.public_id)
        .select_related("actor")
        .order_by("-id")
    )
    words = dict(TownAction.choices)
    return [
        {
            "text": _event(str(words.get(e.action, e.action)), e.reason),
            "at": e.at,
            "by": e.actor or "Préau",
        }
        for e in entries
    ]


def _event(action: str, reason: str) -> str:
    return f"{action}: {reason}" if reason else action
