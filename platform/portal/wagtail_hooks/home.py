"""The first page of the back office: what waits, what to check."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from foundation.backoffice.waiting import HOOK, WaitingWork


class WaitingWorkPanel(Component):
    """Asks every application what waits for staff."""

    order = 10
    template_name = "wagtailadmin/home/waiting_work.html"

    def get_context_data(
        self, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Split what is counted from the remarks, each in its order."""
        request = (parent_context or {})["request"]
        found: list[WaitingWork] = [
            each for ask in hooks.get_hooks(HOOK) for each in ask(request)
        ]
        found.sort(key=lambda each: each.order)
        return {
            "counted": [each for each in found if each.count is not None],
            "remarks": [each for each in found if each.count is None],
        }


@hooks.register("construct_homepage_panels")
def our_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Show what waits, then the pages edited last; nothing about Wagtail itself."""
    recent = [panel for panel in panels if panel.name == "recent_edits"]
    panels[:] = [WaitingWorkPanel(), *recent]
