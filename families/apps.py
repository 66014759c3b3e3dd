"""Families: people, households, children, and the proofs they hand in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from families.domain.pack import PROOF_TYPES
from tenants.domain.packs import add_section


class FamiliesConfig(AppConfig):
    """Lives in every town's schema."""

    name = "families"
    verbose_name = _("Families")

    def ready(self) -> None:
        """Own the families' section of a pack, and listen to openings."""
        from families import receivers  # noqa: F401, PLC0415 - models load first.

        add_section(PROOF_TYPES)
