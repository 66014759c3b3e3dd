"""Jobs of the platform itself."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from foundation.jobs.town import town_task
from tenants.models import Town
from tenants.services.opening import build_or_explain
from tenants.signals import town_awaited


@town_task(queue="provisioning", retries=1, in_public=True)
def open_town(*, town_id: int) -> None:
    """Make a town that somebody waits for."""
    town = Town.objects.get(pk=town_id)
    build_or_explain(town=town, now=timezone.now())


@receiver(town_awaited, dispatch_uid="open-town")
def open_soon(town: Town, **_kwargs: Any) -> None:
    """Queue the opening, in the transaction that writes the town down."""
    open_town.defer(lock=f"town-{town.pk}", town_id=town.pk)
