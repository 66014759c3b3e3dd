"""What the town hall does when its town opens."""

from typing import Any

from django.dispatch import receiver

from tenants.domain.packs import Pack
from tenants.models import Town
from tenants.signals import town_filling
from tenants.townhall.services import fill_townhall


@receiver(town_filling, dispatch_uid="townhall")
def fill(pack: Pack, town: Town, **_kwargs: Any) -> None:
    """Write the settings, communes, schools, departments and first administrator."""
    fill_townhall(town=town, pack=pack)
