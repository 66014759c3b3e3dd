"""Pages that menus and footers lead to."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from catalog.domain.checklist import Gap
from catalog.models import Service
from cms.models import ContentPage, HomePage, SectionPage
from foundation.ui.shell import Link

LEGAL_SLUG = "legal"


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The sections that editors put in the menus, and the legal texts."""

    menu: tuple[Link, ...] = ()
    legal: tuple[Link, ...] = ()


def gaps_of_pages(services: Collection[Service]) -> dict[int, list[Gap]]:
    """Return the advice to write the legal pages, while there is none. One query."""
    written = ContentPage.objects.live().filter(url_path__contains=f"/{LEGAL_SLUG}/")
    if written.exists():
        return {}
    text = _("The portal has no legal page yet.")
    address = reverse("wagtailadmin_explore_root")
    return {each.pk: [Gap(text, address)] for each in services}


def page_links() -> PageLinks:
    """Return where menus and footers lead, in two queries.

    The legal texts are the pages under the section named `legal`.
    """
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return PageLinks()
    home = site.root_page
    live = Page.objects.descendant_of(home).live().order_by("path")
    base = len(home.url_path)
    menu, legal = [], []
    for page in live.only("title", "url_path", "show_in_menus", "depth", "slug"):
        path = f"/{page.url_path[base:]}"
        if page.show_in_menus and page.depth == home.depth + 1:
            menu.append(Link(page.title, path))
        elif path.startswith(f"/{LEGAL_SLUG}/") and page.depth > home.depth + 1:
            legal.append(Link(page.title, path))
    return PageLinks(tuple(menu), tuple(legal))


def pages_of(section: Page) -> list[ContentPage]:
    """Return the pages of a section: the latest news first, the others in order."""
    live = ContentPage.objects.child_of(section).live()
    return list(live.order_by(F("published_on").desc(nulls_last=True), "path"))


def latest_news(home: HomePage, *, most: int) -> list[ContentPage]:
    """Return the latest pages with a date, wherever editors put them."""
    dated = ContentPage.objects.descendant_of(home).live().exclude(published_on=None)
    return list(dated.order_by("-published_on", "-id")[:most])


def sections_of(home: HomePage) -> list[SectionPage]:
    """Return the sections that editors put in the menus, in order."""
    shown = SectionPage.objects.child_of(home).live().in_menu()
    return list(shown.order_by("path"))
