"""Absolute addresses, always on the host of the town they belong to."""

from django.conf import settings

from foundation.town import current_tenant
from tenants.queries import base_url_of


def current_base_url() -> str:
    """Return scheme, host and port of the current town, without a final slash."""
    tenant = current_tenant()
    if getattr(tenant, "pk", None) is None:
        return str(settings.PLATFORM_BASE_URL)
    return base_url_of(tenant)
