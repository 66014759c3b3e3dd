"""Bank files: made, downloaded, confirmed."""

from datetime import date
from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from billing.domain.sepa_calendar import earliest_collection
from billing.enums import BatchStatus, MoneyAction
from billing.forms.staff import BatchForm, ConfirmForm
from billing.models import DirectDebitBatch, Regie
from billing.policies import may_collect
from billing.queries.debits import batches
from billing.services.batches import make_batch
from billing.services.collected import confirm_batch
from billing.services.days import local_day
from foundation.backoffice.access import ClerkRequest, clerk_who, decide, refuse
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.journal.services import record
from foundation.storage import private_response
from tenants.domain.scope import Scope
from tenants.townhall.queries import scope_of

PER_PAGE = 50


def _trail() -> list[tuple[object, str]]:
    return [(_("Bank files"), reverse("billing_staff:batches"))]


@require_GET
@clerk_who(may_collect)
def batch_list(request: ClerkRequest) -> HttpResponse:
    """List the bank files, newest first."""
    page = Paginator(batches(scope_of(request.user)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return staff_page(
        request,
        "billing/staff/batches.html",
        title=_("Bank files"),
        icon="download",
        page=page,
    )


@require_http_methods(["GET", "POST"])
@clerk_who(may_collect)
def batch_new(request: ClerkRequest) -> HttpResponse:
    """Choose a régie and a day, then make the file."""
    scope = scope_of(request.user)
    initial = {"form_key": uuid4(), "collection_on": _first_day(scope)}
    form = BatchForm(request.POST or None, initial=initial, scope=scope)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_make(request, form))
        except DomainError as error:
            form.add_error("collection_on", str(error))
    return staff_page(
        request,
        "billing/staff/batch_new.html",
        title=_("New bank file"),
        trail=_trail(),
        form=form,
    )


@require_GET
@clerk_who(may_collect)
def batch_page(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show a bank file and its debits."""
    batch = _get(request, public_id)
    debits = batch.debits.select_related("invoice__household", "mandate")
    today = local_day(timezone.now())
    return staff_page(
        request,
        "billing/staff/batch.html",
        title=batch.message_id,
        trail=_trail(),
        batch=batch,
        page=Paginator(debits.order_by("pk"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        form=ConfirmForm(initial={"form_key": uuid4()}),
        may_confirm=batch.status == BatchStatus.EXPORTED
        and batch.collection_on <= today,
    )


@require_GET
@clerk_who(may_collect)
def batch_file(request: ClerkRequest, public_id: UUID) -> HttpResponseBase:
    """Give the file for the bank; who took it is in the journal."""
    batch = _get(request, public_id)
    record(actor=request.user, action=MoneyAction.FILE_DOWNLOADED, target=batch)
    return private_response(
        batch.file.open(),
        content_type="application/xml",
        filename=f"{batch.message_id}.xml",
        inline=False,
    )


@require_POST
@clerk_who(may_collect)
def batch_confirm(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Record that the money arrived."""
    batch = _get(request, public_id)
    back = reverse("billing_staff:batch", args=[public_id])
    try:
        confirm_batch(batch=batch, actor=request.user, now=timezone.now())
    except DomainError as error:
        return refuse(request, error, back=back)
    messages.success(request, _("The payments are recorded. Receipts follow."))
    return redirect(back)


def _make(request: ClerkRequest, form: BatchForm) -> str:
    asked = form.cleaned_data

    def act() -> str:
        batch = make_batch(
            regie=asked["regie"],
            collection_on=asked["collection_on"],
            actor=request.user,
            now=timezone.now(),
        )
        return reverse("billing_staff:batch", args=[batch.public_id])

    return decide(
        request,
        key=asked["form_key"],
        purpose="bank file",
        answers={"regie": asked["regie"].code, "day": asked["collection_on"]},
        act=act,
    )


def _first_day(scope: Scope) -> date:
    """Return the first day that respects the notice of a clerk's régies."""
    notices = Regie.objects.in_scope(scope).filter(takes_direct_debits=True)
    days = max(notices.values_list("notice_days", flat=True), default=14)
    return earliest_collection(notified_on=local_day(timezone.now()), notice_days=days)


def _get(request: ClerkRequest, public_id: UUID) -> DirectDebitBatch:
    return get_object_or_404(batches(scope_of(request.user)), public_id=public_id)
