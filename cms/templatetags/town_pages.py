"""What the templates of pages list: services, news, the pages of a section."""

from django import template
from wagtail.models import Page

from catalog.models import Service
from catalog.queries.public import services_shown
from cms.models import ContentPage, HomePage, SectionPage
from cms.queries import latest_news, pages_of, sections_of

register = template.Library()
MOST_SERVICES = 9
MOST_NEWS = 3


@register.simple_tag
def shown_services() -> list[Service]:
    """Return the first services that families see."""
    return list(services_shown()[:MOST_SERVICES])


@register.simple_tag
def section_pages(section: Page) -> list[ContentPage]:
    """Return the pages of a section."""
    return pages_of(section)


@register.simple_tag
def home_news(home: HomePage) -> list[ContentPage]:
    """Return the latest news."""
    return latest_news(home, most=MOST_NEWS)


@register.simple_tag
def home_sections(home: HomePage) -> list[SectionPage]:
    """Return the sections in the menus."""
    return sections_of(home)
