"""Staff: how long answers take, per service and month, with an export."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from enrolment.policies import may_review_requests
from enrolment.queries.figures import Figures, change_figures, request_figures
from foundation.backoffice.access import ClerkRequest, clerk_who
from foundation.backoffice.frame import staff_page, table_to_take_away
from foundation.spreadsheets import Cell
from tenants.townhall.queries import scope_of

MONTHS = 12


@require_GET
@clerk_who(may_review_requests)
def figures(request: ClerkRequest) -> HttpResponse:
    """Show a year of figures."""
    requests, changes = _figures(request)
    return staff_page(
        request,
        "enrolment/review/figures.html",
        title=_("Times to answer"),
        trail=[(_("Requests"), reverse("enrolment_review:queue"))],
        requests=requests,
        changes=changes,
    )


@require_GET
@clerk_who(may_review_requests)
def figures_file(request: ClerkRequest) -> HttpResponse:
    """Export the same figures as a table."""
    requests, changes = _figures(request)
    lines = map(_line, [*requests, *changes])
    return table_to_take_away("times-to-answer", [_headings(), *lines])


def _figures(request: ClerkRequest) -> tuple[list[Figures], list[Figures]]:
    scope, zone = scope_of(request.user), timezone.get_current_timezone()
    today = timezone.localdate()
    since = _first_month(today)
    changes = change_figures(
        scope=scope,
        since=since,
        now=timezone.now(),
        zone=zone,
        name=_("Changes of files"),
    )
    return request_figures(scope=scope, since=since, today=today, zone=zone), changes


def _first_month(today: date) -> date:
    day = today.replace(day=1)
    for _month in range(MONTHS - 1):
        day = (day - timedelta(days=1)).replace(day=1)
    return day


def _headings() -> Sequence[Cell]:
    return [
        _("Month"),
        _("Service"),
        _("Received"),
        _("Decided"),
        _("Median, days"),
        _("9 in 10 within, days"),
        _("Late"),
    ]


def _line(figures: Figures) -> Sequence[Cell]:
    delays = figures.delays
    return [
        f"{figures.month:%Y-%m}",
        figures.service,
        figures.received,
        figures.decided,
        delays.median if delays else None,
        delays.ninetieth if delays else None,
        figures.late,
    ]
