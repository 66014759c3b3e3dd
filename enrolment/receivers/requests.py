"""Requests and accesses on the family's home page."""

from datetime import date
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enrolment.enums import RequestStatus
from enrolment.models import AccessRequest
from enrolment.queries.requests import requests_of
from enrolment.services.request_lines import RequestLine, line_of
from families.domain.home import Card, Line, Link, Panel, Task
from families.models import Child, Household
from families.signals import home_shown

MOST = 5
_UNFINISHED = {
    RequestStatus.DRAFT,
    RequestStatus.TO_COMPLETE,
    RequestStatus.OFFERED,
}


@receiver(home_shown, dispatch_uid="enrolment-requests")
def show_requests(
    household: Household,
    children: list[Child],
    expected: list[Child],
    today: date,
    **_kwargs: Any,
) -> Panel | None:
    """Show the latest requests, and what the family has to do for them.

    A family without a child adds one first: nothing is shown to it.
    """
    now = timezone.now()
    requests = list(requests_of(household).exclude(status=RequestStatus.WITHDRAWN))
    if not (requests or children or expected):
        return None
    lines = [
        line_of(request, now=now) for request in requests if _is_current(request, today)
    ]
    ask = reverse("enrolment:request-new")
    card = Card(
        title=_("My services"),
        icon="folder",
        lines=tuple(_line(line) for line in lines[:MOST]),
        links=(
            Link(_("Ask for a service"), ask, icon="plus"),
            Link(_("All my requests"), reverse("enrolment:requests")),
        ),
        empty=_("Ask for a service first: you book once you are accepted."),
    )
    return Panel(position=30, tasks=tuple(_tasks(requests, lines, ask)), cards=(card,))


def _tasks(
    requests: list[AccessRequest], lines: list[RequestLine], ask: str
) -> list[Task]:
    """Ask for a first service, then for what is not finished."""
    first = Task(
        title=_("Ask for a service"),
        href=ask,
        status=_("To do"),
        hint=_("Canteen, after-school care, holidays: choose, add your proofs, send."),
    )
    tasks = [first] if not requests else []
    for line in lines:
        if line.request.status in _UNFINISHED:
            title = _("%(service)s for %(child)s") % {
                "service": line.request.service,
                "child": line.request.child.called,
            }
            tasks.append(
                Task(
                    title=title,
                    href=line.action_href,
                    status=line.status,
                    tone=line.tone,
                    hint=line.note,
                )
            )
    return tasks


def _line(line: RequestLine) -> Line:
    return Line(
        text=line.request.service.name,
        href=reverse("enrolment:request", args=[line.request.public_id]),
        meta=f"{line.request.child.called} · {line.place}",
        status=line.status,
        tone=line.tone,
        person=line.request.child.drawn_as,
    )


def _is_current(request: AccessRequest, today: date) -> bool:
    """Leave out accesses that are over."""
    access = getattr(request, "access", None)
    return access is None or access.until_on is None or access.until_on > today
