"""What the catalogue does when a town opens."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from catalog.queries.openings import next_opening_of_registration
from catalog.services.opening import fill_catalog
from families.signals import next_opening_asked
from tenants.domain.packs import Pack
from tenants.models import Town
from tenants.signals import town_filling


@receiver(town_filling, dispatch_uid="catalog")
def fill(pack: Pack, town: Town, now: datetime, **_kwargs: Any) -> None:
    """Write the calendar, tariffs and services."""
    fill_catalog(town=town, pack=pack, now=now)


@receiver(next_opening_asked, dispatch_uid="catalog-openings")
def tell_next_opening(now: datetime, **_kwargs: Any) -> datetime | None:
    """Say when the next registration period opens."""
    return next_opening_of_registration(now=now)
