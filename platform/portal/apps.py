"""The roof: settings, addresses, base pages."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Base templates and static files."""

    name = "portal"

    def ready(self) -> None:
        """Listen to openings; start error reports when the installation asks."""
        from portal import receivers  # noqa: F401, PLC0415 - models load first.
        from portal.observability import start_reports  # noqa: PLC0415 - settings first.

        start_reports()
