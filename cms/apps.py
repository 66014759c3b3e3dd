"""Pages the town writes itself: help, news, practical information, legal texts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cms.domain.pack import PAGES
from cms.domain.privacy import TABLES
from foundation.privacy.registry import register
from foundation.problems import teach
from tenants.domain.packs import add_section

PACK_SENTENCES = {
    "no_block": _("Write one of: text, warning, steps, links."),
    "not_a_link": _("A web address is expected here, starting with https://."),
}


class CmsConfig(AppConfig):
    """Lives in every town's schema."""

    name = "cms"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """Own the pages of a pack, and listen to the opening of towns."""
        from cms import receivers  # noqa: F401, PLC0415 - models load first.

        teach(PACK_SENTENCES)
        add_section(PAGES)
        register(TABLES)
