"""Reads about towns."""

from django.conf import settings

from foundation.town import current_tenant
from tenants.models import Domain, Town


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


def current_town() -> Town:
    """Return the town of the current connection.

    Raises RuntimeError outside a town: there is no default one.
    """
    tenant = current_tenant()
    if not isinstance(tenant, Town) or tenant.is_public:
        raise RuntimeError("No town is current.")
    return tenant
