"""What the pages do when a town opens."""

from typing import Any

from django.dispatch import receiver

from cms.services import fill_pages
from tenants.models import Town
from tenants.signals import town_filling


@receiver(town_filling, dispatch_uid="cms")
def fill(pack: dict[str, Any], town: Town, **_kwargs: Any) -> None:
    """Write the first pages."""
    fill_pages(town=town, pack=pack)
