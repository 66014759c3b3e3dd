"""Families: people, households, children, and the proofs they hand in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FamiliesConfig(AppConfig):
    """Lives in every town's schema."""

    name = "families"
    verbose_name = _("Families")
