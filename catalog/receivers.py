"""What the catalogue does when a town opens."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from catalog.services.opening import fill_catalog
from tenants.domain.packs import Pack
from tenants.models import Town
from tenants.signals import town_filling


@receiver(town_filling, dispatch_uid="catalog")
def fill(pack: Pack, town: Town, now: datetime, **_kwargs: Any) -> None:
    """Write the calendar, tariffs and services."""
    fill_catalog(town=town, pack=pack, now=now)
