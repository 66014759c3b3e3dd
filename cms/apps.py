"""Pages the town writes itself: help, news, practical information, legal texts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """Lives in every town's schema."""

    name = "cms"
    verbose_name = _("Pages")
