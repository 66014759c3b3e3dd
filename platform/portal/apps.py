"""The roof: settings, addresses, base pages."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Base templates and static files."""

    name = "portal"
