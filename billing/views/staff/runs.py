"""The month's invoices: start a run, look at the drafts, issue or give up."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from billing.enums import RunStatus
from billing.forms.staff import ConfirmForm, IssueForm, RunForm
from billing.models import BillingRun
from billing.policies import may_bill, may_issue, may_see_money
from billing.queries.runs import by_service, drafts_of, problems_of, runs, totals_of
from billing.services.days import local_day
from billing.services.runs import cancel_run, draft_run, issue_run
from billing.services.words import month_words
from foundation.backoffice.access import ClerkRequest, clerk_who, decide, refuse
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from tenants.queries import current_town
from tenants.townhall.queries import scope_of

PER_PAGE = 50


def _trail() -> list[tuple[object, str]]:
    return [(_("Billing runs"), reverse("billing_staff:runs"))]


def _address(run: BillingRun) -> str:
    return reverse("billing_staff:run", args=[run.public_id])


@require_GET
@clerk_who(may_see_money)
def run_list(request: ClerkRequest) -> HttpResponse:
    """List the runs, newest first."""
    page = Paginator(runs(scope_of(request.user)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return staff_page(
        request,
        "billing/staff/runs.html",
        title=_("Billing runs"),
        icon="doc-full",
        page=page,
        currency=current_town().currency,
        may_bill=may_bill(request.user),
    )


@require_http_methods(["GET", "POST"])
@clerk_who(may_bill)
def run_new(request: ClerkRequest) -> HttpResponse:
    """Choose a régie and a month, then make the drafts."""
    this_month = local_day(timezone.now()).replace(day=1)
    initial = {"form_key": uuid4(), "month": this_month - timedelta(days=1)}
    form = RunForm(request.POST or None, initial=initial, scope=scope_of(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_draft(request, form))
        except DomainError as error:
            form.add_error(None, str(error))
    return staff_page(
        request,
        "billing/staff/run_new.html",
        title=_("New billing run"),
        trail=_trail(),
        form=form,
    )


@require_GET
@clerk_who(may_see_money)
def run_page(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show a run: totals, what to look at, its invoices, what can be decided."""
    run = _get(request, public_id)
    return _show(request, run, IssueForm(initial={"form_key": uuid4()}))


@require_POST
@clerk_who(may_issue)
def run_issue(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Issue the drafts, once."""
    run = _get(request, public_id)
    form = IssueForm(request.POST)
    if not form.is_valid():
        return _show(request, run, form)

    def act() -> str:
        count = issue_run(run=run, actor=request.user, now=timezone.now())
        text = ngettext(
            "%(count)s invoice is issued. Its document and message follow.",
            "%(count)s invoices are issued. Documents and messages follow.",
            count,
        )
        messages.success(request, text % {"count": count})
        return _address(run)

    try:
        address = decide(
            request,
            key=form.cleaned_data["form_key"],
            purpose="issue run",
            answers={"run": run.public_id},
            act=act,
        )
    except DomainError as error:
        return refuse(request, error, back=_address(run))
    return redirect(address)


@require_POST
@clerk_who(may_bill)
def run_cancel(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Give the drafts up."""
    run = _get(request, public_id)
    try:
        cancel_run(run=run, actor=request.user)
    except DomainError as error:
        return refuse(request, error, back=_address(run))
    messages.success(request, _("The run is given up. Its bookings wait for the next."))
    return redirect("billing_staff:runs")


def _draft(request: ClerkRequest, form: RunForm) -> str:
    regie = form.cleaned_data["regie"]

    def act() -> str:
        run = draft_run(
            regie=regie, period=form.period, actor=request.user, now=timezone.now()
        )
        return _address(run)

    return decide(
        request,
        key=form.cleaned_data["form_key"],
        purpose="draft run",
        answers={"regie": regie.code, "month": form.cleaned_data["month"]},
        act=act,
    )


def _show(request: ClerkRequest, run: BillingRun, form: IssueForm) -> HttpResponse:
    currency = current_town().currency
    is_draft = run.status == RunStatus.DRAFT
    problems = []
    if is_draft:
        today = local_day(timezone.now())
        problems = problems_of(run, currency=currency, today=today)
    return staff_page(
        request,
        "billing/staff/run.html",
        title=f"{run.regie}, {month_words(run.from_on)}",
        trail=_trail(),
        run=run,
        currency=currency,
        totals=totals_of(run),
        services=by_service(run),
        problems=problems,
        page=Paginator(drafts_of(run), PER_PAGE).get_page(request.GET.get("page")),
        form=form,
        give_up=ConfirmForm(initial={"form_key": uuid4()}),
        may_issue=is_draft and may_issue(request.user),
        may_cancel=is_draft and may_bill(request.user),
    )


def _get(request: ClerkRequest, public_id: UUID) -> BillingRun:
    mine = BillingRun.objects.in_scope(scope_of(request.user))
    return get_object_or_404(mine.select_related("regie"), public_id=public_id)
