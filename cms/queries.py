"""Pages that menus and footers lead to."""

from django.core.cache import cache
from django.db.models import F
from wagtail.models import Page, Site

from cms.models import ContentPage, HomePage, SectionPage
from foundation.ui.shell import Link

SECONDS_KEPT = 60
MENU_KEY = "cms-menu"
LEGAL_SLUG = "legal"


def menu_links() -> list[Link]:
    """Return the sections of the home page that editors put in the menus.

    Kept a minute in the town's cache; publishing a page forgets them.
    """
    return [Link(title, url) for title, url in _links()["menu"]]


def legal_links() -> list[Link]:
    """Return the legal texts: the pages under the section named `legal`."""
    return [Link(title, url) for title, url in _links()["legal"]]


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


def forget_links() -> None:
    """Drop the kept menus."""
    cache.delete(MENU_KEY)


def _links() -> dict[str, list[tuple[str, str]]]:
    kept: dict[str, list[tuple[str, str]]] | None = cache.get(MENU_KEY)
    if kept is None:
        kept = _read_links()
        cache.set(MENU_KEY, kept, SECONDS_KEPT)
    return kept


def _read_links() -> dict[str, list[tuple[str, str]]]:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return {"menu": [], "legal": []}
    home = site.root_page
    live = Page.objects.descendant_of(home).live().order_by("path")
    base = len(home.url_path)
    menu, legal = [], []
    for page in live.only("title", "url_path", "show_in_menus", "depth", "slug"):
        path = f"/{page.url_path[base:]}"
        if page.show_in_menus and page.depth == home.depth + 1:
            menu.append((page.title, path))
        elif path.startswith(f"/{LEGAL_SLUG}/") and page.depth > home.depth + 1:
            legal.append((page.title, path))
    return {"menu": menu, "legal": legal}
