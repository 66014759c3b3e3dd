"""What a town says of itself, inside its own schema."""

from django.apps import AppConfig

from foundation.privacy.registry import register
from tenants.domain.privacy import TABLES


class TownhallConfig(AppConfig):
    """Lives in every town's schema."""

    name = "tenants.townhall"
    label = "townhall"

    def ready(self) -> None:
        """Listen to the opening of towns."""
        from tenants.townhall import receivers  # noqa: F401, PLC0415 - models load first.

        register(TABLES)
