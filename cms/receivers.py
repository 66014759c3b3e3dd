"""What the pages do when a town opens, or is exported."""

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from catalog.domain.checklist import Gap
from catalog.models import Service
from catalog.signals import services_checked
from cms.queries import gaps_of_pages
from cms.services import fill_pages, pages_facts
from foundation.ui.frame import forget_frame
from tenants.domain.packs import Pack
from tenants.models import Town
from tenants.signals import pack_asked, town_filling


@receiver(town_filling, dispatch_uid="cms")
def fill(pack: Pack, town: Town, **_kwargs: Any) -> None:
    """Write the first pages."""
    fill_pages(town=town, pack=pack)


@receiver(pack_asked, dispatch_uid="cms")
def tell(town: Town, **_kwargs: Any) -> dict[str, Any]:
    """Answer the published pages."""
    return pages_facts(town=town)


@receiver([page_published, page_unpublished], dispatch_uid="cms-menus")
def forget_menus(**_kwargs: Any) -> None:
    """Show a change of pages in the menus at once."""
    forget_frame()


@receiver(services_checked, dispatch_uid="cms-gaps")
def tell_gaps(services: Collection[Service], **_kwargs: Any) -> dict[int, list[Gap]]:
    """Say that the town has no legal page yet."""
    return gaps_of_pages(services)
