"""The catalogue: what a town offers, to whom, when, and at what price."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from catalog.domain.pack import CALENDAR, SERVICES, SHARED, TARIFFS
from catalog.domain.privacy import TABLES
from catalog.enums import ConfigurationProblem
from foundation.journal.actions import name_actions
from foundation.privacy.registry import register
from foundation.problems import teach
from tenants.domain.packs import add_section

ACTIONS = {
    "calendarperiod created": _("Period of the calendar created"),
    "closure deleted": _("Closure deleted"),
    "season copied": _("Season copied"),
    "season copy undone": _("Copy of the season undone"),
    "session cancelled": _("Session cancelled"),
    "session reopened": _("Session takes place again"),
    "tariff created": _("Tariff created"),
    "tariff draft deleted": _("Draft of the tariff deleted"),
    "tariff version published": _("Tariff published"),
    "tariff version written": _("Tariff written"),
}


class CatalogConfig(AppConfig):
    """Lives in every town's schema."""

    name = "catalog"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        """Own the catalogue's sections of a pack, and listen to openings."""
        from catalog import receivers  # noqa: F401, PLC0415 - models load first.

        name_actions(ACTIONS)
        teach({each.value: each.label for each in ConfigurationProblem})
        for section in (CALENDAR, TARIFFS, SHARED, SERVICES):
            add_section(section)
        register(TABLES)
