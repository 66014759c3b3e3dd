"""What every page knows of the site it is on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from tenants.townhall.queries import town_settings


def site(request: HttpRequest) -> dict[str, Any]:
    """Add the town and its settings; nothing of a town on the platform's own site."""
    town = getattr(request, "tenant", None)
    if town is None or town.is_public:
        return {"town": None, "townhall": None, "demo": settings.DEMO}
    return {"town": town, "townhall": town_settings(), "demo": settings.DEMO}
