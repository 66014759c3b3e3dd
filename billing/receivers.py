"""What billing does when a town opens."""

from typing import Any

from django.dispatch import receiver

from billing.services.opening import fill_billing
from tenants.domain.packs import Pack
from tenants.signals import town_filling


@receiver(town_filling, dispatch_uid="billing")
def fill(pack: Pack, **_kwargs: Any) -> None:
    """Write the régies."""
    fill_billing(pack=pack)
