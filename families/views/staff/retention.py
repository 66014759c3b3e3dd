"""Staff: what is kept how long; counting what is over, and erasing it."""

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from families.domain.retention import RULES
from families.enums.privacy import ErasureKind, RunState
from families.forms.retention import PeriodForm, RunForm
from families.models import ErasureRun
from families.policies import may_erase_data
from families.services.privacy.rules import periods
from families.services.privacy.runs import ask_run, set_period
from foundation.backoffice.access import ClerkRequest, clerk_who, decide, refuse
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.spreadsheets import write_csv

NAMES = {
    "families": gettext_lazy("Families that nobody hears of, or who ask to go"),
    "proofs": gettext_lazy("Proofs refused, replaced or withdrawn, with their files"),
    "file_requests": gettext_lazy("Requests for a file number, once answered"),
    "sign_up_links": gettext_lazy("Sign-ups never finished"),
    "messages": gettext_lazy("Messages sent: to whom, when, about what"),
    "forms": gettext_lazy("Forms sent, kept against sending twice"),
    "readings": gettext_lazy("Who read health, identity papers, bank details"),
    "import_files": gettext_lazy("Files of imports"),
}
UNITS = {"days": gettext_lazy("days"), "months": gettext_lazy("months")}
HOME = "families_retention:retention"


@require_safe
@clerk_who(may_erase_data)
def retention(request: ClerkRequest) -> HttpResponse:
    """Show the table and the latest counts: two queries of its own."""
    last = ErasureRun.objects.order_by("-asked_at").first()
    numbers, report = periods(), last.report if last else {}
    rows = [
        {
            "rule": rule,
            "name": NAMES[rule.key],
            "unit": UNITS[rule.unit],
            "number": numbers[rule.key],
            "counted": report.get(rule.key),
        }
        for rule in RULES
    ]
    return staff_page(
        request,
        "families/staff/retention.html",
        title=_("Data kept and erased"),
        icon="bin",
        rows=rows,
        last=last,
        is_counted=last is not None and last.state == RunState.DONE,
        form_key=uuid4(),
    )


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
def families_csv(request: ClerkRequest, public_id: UUID) -> HttpResponseBase:
    """Download the file numbers of the families that a run found."""
    found = get_object_or_404(ErasureRun, public_id=public_id)
    files = found.report.get("families", {}).get("files", [])
    table = write_csv([[_("File number")], *([number] for number in files)])
    answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="families.csv"'
    answer["Cache-Control"] = "no-store, private"
    return answer
