"""The roof: settings, addresses, base pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from foundation.journal.actions import name_actions

ACTIONS = {
    "second factor added": _("Second factor added"),
    "second factor removed": _("Second factor removed"),
    "sign-in service linked": _("Sign-in service linked"),
    "sign-in service unlinked": _("Sign-in service no longer linked"),
}


class PortalConfig(AppConfig):
    """Base templates and static files."""

    name = "portal"

    def ready(self) -> None:
        """Listen to openings, set the staff's forms, report errors when asked to."""
        from foundation.backoffice.boxes import use_browser_boxes  # noqa: PLC0415 - models load first.
        from portal import receivers  # noqa: F401, PLC0415 - models load first.
        from portal.observability import start_reports  # noqa: PLC0415 - settings first.

        name_actions(ACTIONS)
        use_browser_boxes()
        start_reports()
