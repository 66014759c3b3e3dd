"""The first page of the back office: what waits, what to check."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.ui.components import Component

from enrolment.policies import may_review_requests
from enrolment.queries.requests import count_waiting
from foundation.accounts.models import Account
from foundation.backoffice.waiting import HOOK, WaitingWork
from tenants.townhall.queries import scope_of


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


@hooks.register(HOOK)
def requests_to_review(request: HttpRequest) -> list[WaitingWork]:
    """Count the access requests that families sent."""
    account = request.user
    if not isinstance(account, Account) or not may_review_requests(account):
        return []
    count = count_waiting(scope_of(account))
    text = ngettext("request to review", "requests to review", count)
    address = reverse("enrolment_review:queue")
    return [WaitingWork(text, address, count=count, order=10)]


@hooks.register("construct_homepage_panels")
def our_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Show what waits, then the pages edited last; nothing about Wagtail itself."""
    recent = [panel for panel in panels if panel.name == "recent_edits"]
    panels[:] = [WaitingWorkPanel(), *recent]
