"""Pages a town starts with, and those that it takes along in its pack."""

import json
from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page, Site

from cms.domain.pack import PAGES, PageFacts, SectionFacts
from cms.domain.rich_text import to_marks
from cms.models import ContentPage, HomePage, SectionPage
from tenants.domain.pack_writing import without_blanks
from tenants.domain.packs import Pack
from tenants.models import Town
from tenants.queries import primary_host


def fill_pages(*, town: Town, pack: Pack) -> HomePage:
    """Replace Wagtail's welcome page by the town's home, on the town's own host."""
    Locale.objects.update_or_create(pk=1, defaults={"language_code": town.locale})
    root = Page.get_first_root_node()
    for page in root.get_children():
        page.delete()
    root.refresh_from_db()
    pages = pack.get(PAGES)
    home = HomePage(
        title=pages.home.title or town.name,
        slug="home",
        welcome=pages.home.welcome,
        introduction=pages.home.introduction,
    )
    root.add_child(instance=home)
    for section in pages.sections:
        _add_section(home, section)
    _point_host(town, home)
    return home


def _add_section(home: HomePage, facts: SectionFacts) -> None:
    section = SectionPage(
        title=facts.title,
        slug=facts.slug,
        introduction=facts.introduction,
        show_in_menus=facts.in_menu,
    )
    home.add_child(instance=section)
    for page in facts.pages:
        _add_page(section, page)


def _add_page(section: SectionPage, facts: PageFacts) -> None:
    page = ContentPage(
        title=facts.title,
        slug=facts.slug,
        published_on=facts.published_on,
        body=json.dumps(list(facts.body)),
    )
    section.add_child(instance=page)
    # A first revision, so that the editor's history starts with this text.
    page.save_revision().publish()


def _point_host(town: Town, home: HomePage) -> None:
    """Make the home page the root of the town's only site."""
    Site.objects.all().delete()
    Site.objects.create(
        hostname=primary_host(town),
        port=int(settings.PUBLIC_PORT or (443 if settings.HTTPS else 80)),
        root_page=home,
        is_default_site=True,
        site_name=town.name,
    )


def pages_facts(*, town: Town) -> dict[str, Any]:
    """Return the published pages as a section of a pack: words, without pictures."""
    home = HomePage.objects.live().first()
    if home is None:
        return {}
    facts = {
        "title": "" if home.title == town.name else home.title,
        "welcome": home.welcome,
        "introduction": to_marks(home.introduction),
    }
    sections = SectionPage.objects.live().child_of(home).order_by("path")
    pages = {
        "home": without_blanks(facts),
        "sections": [_section_facts(each) for each in sections],
    }
    return without_blanks({"pages": without_blanks(pages)})


def _section_facts(row: SectionPage) -> dict[str, Any]:
    pages = ContentPage.objects.live().child_of(row).order_by("path")
    facts = {
        "slug": row.slug,
        "title": row.title,
        "introduction": row.introduction,
        "in_menu": row.show_in_menus,
        "pages": [_page_facts(each) for each in pages],
    }
    return without_blanks(facts, {"in_menu": True})


def _page_facts(row: ContentPage) -> dict[str, Any]:
    blocks = [_block_facts(each.block_type, each.value) for each in row.body]
    facts = {
        "slug": row.slug,
        "title": row.title,
        "date": row.published_on,
        "body": [each for each in blocks if each],
    }
    return without_blanks(facts)


def _block_facts(kind: str, value: Any) -> dict[str, Any]:
    if kind == "text":
        return without_blanks({kind: to_marks(value.source)})
    if kind == "steps":
        steps = [" ".join(to_marks(each.source).split()) for each in value]
        return without_blanks({kind: [each for each in steps if each]})
    if kind == "links":
        links = [{"title": each["title"], "url": each["url"]} for each in value]
        return without_blanks({kind: links})
    return without_blanks({kind: value})
