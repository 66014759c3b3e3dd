"""What the pages do when a town opens."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from cms.services import fill_pages
from foundation.ui.frame import forget_frame
from tenants.domain.packs import Pack
from tenants.models import Town
from tenants.signals import town_filling


@receiver(town_filling, dispatch_uid="cms")
def fill(pack: Pack, town: Town, **_kwargs: Any) -> None:
    """Write the first pages."""
    fill_pages(town=town, pack=pack)


@receiver([page_published, page_unpublished], dispatch_uid="cms-menus")
def forget_menus(**_kwargs: Any) -> None:
    """Show a change of pages in the menus at once."""
    forget_frame()
