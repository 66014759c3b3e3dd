"""Families: people, households, children, and the proofs they hand in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from families.domain.pack import FILE_RULES, PROOF_TYPES
from families.domain.pack_child import CHILD_FILE
from families.domain.pack_terms import TERMS
from families.domain.privacy import TABLES
from families.domain.privacy_of_seals import TABLES as SEALS
from families.enums import ACTIONS
from foundation.journal.actions import name_actions
from foundation.privacy.registry import register
from foundation.problems import teach
from tenants.domain.packs import add_section


class FamiliesConfig(AppConfig):
    """Lives in every town's schema."""

    name = "families"
    verbose_name = _("Families")

    def ready(self) -> None:
        """Own the families' section of a pack, and listen to openings."""
        from families import receivers  # noqa: F401, PLC0415 - models load first.
        from families.services.blank_forms import BLANK_FORM_SENTENCES  # noqa: PLC0415 - as above.
        from families.services.child_lists import PACK_SENTENCES  # noqa: PLC0415 - as above.
        from families.services.form_building import FORM_SENTENCES  # noqa: PLC0415 - as above.

        add_section(PROOF_TYPES)
        add_section(CHILD_FILE)
        add_section(TERMS)
        teach(PACK_SENTENCES)
        teach(BLANK_FORM_SENTENCES)
        teach(FORM_SENTENCES)
        add_section(FILE_RULES)
        name_actions(ACTIONS)
        register(TABLES)
        register(SEALS)
