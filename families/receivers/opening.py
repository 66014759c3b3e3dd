"""What the families' file does when a town opens."""

from typing import Any

from django.dispatch import receiver

from families.services.opening import fill_families
from tenants.domain.packs import Pack
from tenants.signals import town_filling


@receiver(town_filling, dispatch_uid="families")
def fill(pack: Pack, **_kwargs: Any) -> None:
    """Write the types of proof."""
    fill_families(pack=pack)
