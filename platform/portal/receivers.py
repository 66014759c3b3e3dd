"""What the roof does when a town opens."""

from typing import Any

from django.dispatch import receiver

from portal.groups import make_groups
from tenants.models import Town
from tenants.signals import town_filling


@receiver(town_filling, dispatch_uid="portal-groups")
def fill(town: Town, **_kwargs: Any) -> None:
    """Make the teams of staff."""
    make_groups(locale=town.locale)
