"""The roof: settings, addresses, base pages."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Base templates and static files."""

    name = "portal"

    def ready(self) -> None:
        """Start error reports when the installation asks for them."""
        from portal.observability import start_reports  # noqa: PLC0415 - settings first.

        start_reports()
