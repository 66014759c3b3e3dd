"""Pages a town starts with."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page, Site

from cms.models import HomePage
from tenants.models import Town
from tenants.queries import primary_host


def fill_pages(*, town: Town, pack: Mapping[str, Any]) -> HomePage:
    """Replace Wagtail's welcome page by the town's home, on the town's own host."""
    Locale.objects.update_or_create(pk=1, defaults={"language_code": town.locale})
    root = Page.get_first_root_node()
    for page in root.get_children():
        page.delete()
    root.refresh_from_db()
    about = pack.get("pages", {}).get("home", {})
    home = HomePage(
        title=about.get("title", town.name),
        slug="home",
        welcome=about.get("welcome", ""),
        introduction=about.get("introduction", ""),
    )
    root.add_child(instance=home)
    Site.objects.all().delete()
    Site.objects.create(
        hostname=primary_host(town),
        port=int(settings.PUBLIC_PORT or (443 if settings.HTTPS else 80)),
        root_page=home,
        is_default_site=True,
        site_name=town.name,
    )
    return home
