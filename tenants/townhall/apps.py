"""What a town says of itself, inside its own schema."""

from django.apps import AppConfig


class TownhallConfig(AppConfig):
    """Lives in every town's schema."""

    name = "tenants.townhall"
    label = "townhall"
