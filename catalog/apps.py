"""The catalogue: what a town offers, to whom, when, and at what price."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    """Lives in every town's schema."""

    name = "catalog"
    verbose_name = _("Catalogue")
