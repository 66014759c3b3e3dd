"""Staff: what is kept how long; counting what is over, and erasing it."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from families.domain.retention import Unit
from families.enums.privacy import ErasureKind, RunState
from families.enums.retention import COUNTED_FROM, NAMES, WHY, source_of
from families.forms.retention import PeriodForm, RunForm
from families.models import ErasureRun
from families.policies import may_erase_data
from families.services.privacy.rules import (
    choices,
    found,
    our_rules,
    periods,
    town_country,
)
from families.services.privacy.runs import ask_run, set_period
from foundation.backoffice.access import ClerkRequest, clerk_who, decide, refuse
from foundation.backoffice.frame import staff_page, table_to_take_away
from foundation.errors import DomainError

UNITS = {
    Unit.DAYS: gettext_lazy("days"),
    Unit.MONTHS: gettext_lazy("months"),
    Unit.YEARS: gettext_lazy("years"),
}
HOME = "families_retention:retention"


@require_safe
@clerk_who(may_erase_data)
def retention(request: ClerkRequest) -> HttpResponse:
    """Show the table and the latest counts: two queries of its own."""
    last = ErasureRun.objects.order_by("-asked_at").first()
    return staff_page(
        request,
        "families/staff/retention.html",
        title=_("Data kept and erased"),
        icon="bin",
        rows=_rows(last.report if last else {}),
        last=last,
        is_counted=last is not None and last.state == RunState.DONE,
        form_key=uuid4(),
    )


def _rows(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the lines of the table, with why and who says so: one query."""
    country, chosen = town_country(), choices()
    return [
        {
            "rule": rule,
            "name": NAMES[rule.key],
            "unit": UNITS[rule.unit],
            "from": COUNTED_FROM[rule.key],
            "why": WHY[rule.key],
            "source": source_of(rule.key, country=country),
            "number": chosen[rule.key][0],
            "is_automatic": chosen[rule.key][1],
            "counted": report.get(rule.key),
        }
        for rule in our_rules()
    ]


@require_POST
@clerk_who(may_erase_data)
def period(request: ClerkRequest) -> HttpResponse:
    """Write the town's own period."""
    form = PeriodForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a whole number."))
        return redirect(HOME)
    try:
        set_period(**form.cleaned_data, actor=request.user)
    except DomainError as error:
        return refuse(request, error, back=reverse(HOME))
    messages.success(request, _("The period is changed."))
    return redirect(HOME)


@require_POST
@clerk_who(may_erase_data)
def run(request: ClerkRequest) -> HttpResponse:
    """Ask for a dry run, or for the erasure that it counted."""
    form = RunForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please start again here."))
        return redirect(HOME)
    kind, reason = ErasureKind(form.cleaned_data["kind"]), form.cleaned_data["reason"]

    def act() -> str:
        ask_run(kind=kind, actor=request.user, now=timezone.now(), reason=reason)
        return reverse(HOME)

    try:
        where = decide(
            request,
            key=form.cleaned_data["form_key"],
            purpose="erasure",
            answers={"kind": kind, "reason": reason},
            act=act,
        )
    except DomainError as error:
        return refuse(request, error, back=reverse(HOME))
    messages.success(request, _("It is being done. Reload the page in a minute."))
    return redirect(where)


@require_safe
@clerk_who(may_erase_data)
def families_csv(request: ClerkRequest) -> HttpResponseBase:
    """Download the file numbers of the families that an erasure would find now.

    Nothing keeps this list: it is read again each time.
    """
    rule = next(each for each in our_rules() if each.key == "families")
    rows = found(rule, number=periods()[rule.key], now=timezone.now())
    files = rows.order_by("file_number").values_list("file_number")
    answer = table_to_take_away("families", [[_("File number")], *files])
    answer["Cache-Control"] = "no-store, private"
    return answer
