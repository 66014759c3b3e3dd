"""Pages the town writes itself: help, news, practical information, legal texts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """Lives in every town's schema."""

    name = "cms"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """Listen to the opening of towns."""
        from cms import receivers  # noqa: F401, PLC0415 - models load first.
