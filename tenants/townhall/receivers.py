"""What the town hall does when its town opens, is exported, or takes a pack."""

from typing import Any

from django.dispatch import receiver

from tenants.domain.packs import Pack
from tenants.models import Town
from tenants.signals import pack_asked, pack_imported, town_filling
from tenants.townhall.queries import townhall_facts
from tenants.townhall.services import fill_townhall, put_townhall


@receiver(town_filling, dispatch_uid="townhall")
def fill(pack: Pack, town: Town, **_kwargs: Any) -> None:
    """Write the settings, communes, schools, departments and first administrator."""
    fill_townhall(town=town, pack=pack)


@receiver(pack_imported, dispatch_uid="townhall")
def put(pack: Pack, town: Town, **_kwargs: Any) -> None:
    """Write what the pack says of the town hall."""
    put_townhall(town=town, pack=pack)


@receiver(pack_asked, dispatch_uid="townhall")
def tell(**_kwargs: Any) -> dict[str, Any]:
    """Answer the settings, communes, departments and schools."""
    return townhall_facts()
