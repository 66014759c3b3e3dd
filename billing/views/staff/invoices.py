"""Invoices as clerks see them: found, read, paid at the counter."""

from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from billing.enums import InvoiceStatus, PaymentMethod
from billing.forms.staff import CounterForm, InvoiceSearchForm
from billing.models import Invoice
from billing.policies import may_cash, may_give_back, may_see_money
from billing.queries.invoices import payments_of, search_invoices
from billing.queries.ledger import entries_about, history_of
from billing.queries.lines import sections_of
from billing.services.collecting import Receipt, record_payment
from billing.services.counter import check_counter
from billing.services.days import local_day
from billing.services.family_words import facts_of, lines_of, row_of, state_of
from billing.services.line_wording import exemption_words, tax_rows
from billing.services.words import amount_words
from foundation.backoffice.access import ClerkRequest, clerk_who, decide, refuse
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.storage import private_response
from tenants.townhall.queries import scope_of

PER_PAGE = 50


@require_GET
@clerk_who(may_see_money)
def invoice_list(request: ClerkRequest) -> HttpResponse:
    """List issued invoices, found by number, file or name."""
    scope = scope_of(request.user)
    form = InvoiceSearchForm(request.GET or None, scope=scope)
    asked = form.asked if request.GET else {"words": "", "status": "", "regie": ""}
    page = Paginator(search_invoices(scope=scope, **asked), PER_PAGE).get_page(
        request.GET.get("page")
    )
    today = local_day(timezone.now())
    return staff_page(
        request,
        "billing/staff/invoices.html",
        title=_("Invoices"),
        icon="doc-full-inverse",
        search=form,
        query=f"&{urlencode(asked)}",
        page=page,
        rows=[row_of(invoice, today=today) for invoice in page.object_list],
    )


@require_GET
@clerk_who(may_see_money)
def invoice_page(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show one invoice: lines, payments, ledger, history."""
    invoice = _get(request, public_id)
    return _show(
        request,
        invoice,
        CounterForm(invoice=invoice, initial={"form_key": uuid4()}),
    )


@require_POST
@clerk_who(may_cash)
def invoice_cash(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Record money handed over at the counter, once."""
    invoice = _get(request, public_id)
    form = CounterForm(request.POST, invoice=invoice)
    if not form.is_valid():
        return _show(request, invoice, form)
    back = reverse("billing_staff:invoice", args=[public_id])
    try:
        return redirect(_cash_once(request, invoice, form, back=back))
    except DomainError as error:
        return refuse(request, error, back=back)


@require_GET
@clerk_who(may_see_money)
def invoice_document(request: ClerkRequest, public_id: UUID) -> HttpResponseBase:
    """Give the printed invoice."""
    invoice = _get(request, public_id)
    if not invoice.document:
        raise Http404
    return private_response(
        invoice.document.open(),
        content_type="application/pdf",
        filename=f"{invoice.reference or _('draft')}.pdf",
        inline=False,
    )


def _cash_once(
    request: ClerkRequest, invoice: Invoice, form: CounterForm, *, back: str
) -> str:
    """Record the payment, unless this very form was sent before."""

    def act() -> str:
        check_counter(invoice=invoice, amount_minor=form.amount_minor)
        payment = record_payment(
            invoice=invoice,
            receipt=Receipt(PaymentMethod.COUNTER, form.amount_minor, timezone.now()),
            actor=request.user,
        )
        text = _("The payment is recorded. Receipt %(number)s.")
        messages.success(request, text % {"number": payment.receipt_reference})
        return back

    return decide(
        request,
        key=form.cleaned_data["form_key"],
        purpose="counter payment",
        answers={"invoice": invoice.public_id, "amount": form.amount_minor},
        act=act,
    )


def _show(request: ClerkRequest, invoice: Invoice, form: CounterForm) -> HttpResponse:
    word, tone = state_of(invoice, today=local_day(timezone.now()))
    is_open = invoice.status == InvoiceStatus.OPEN
    sections = sections_of(invoice)
    return staff_page(
        request,
        "billing/staff/invoice.html",
        title=invoice.reference or _("Draft"),
        trail=[(_("Invoices"), reverse("billing_staff:invoices"))],
        invoice=invoice,
        status_word=word,
        tone=tone,
        facts=facts_of(invoice),
        sections=lines_of(sections),
        taxes=tax_rows(invoice, sections),
        exemptions=exemption_words(invoice),
        total=amount_words(invoice.total_minor, invoice.currency),
        payments=payments_of(invoice),
        entries=entries_about(invoice),
        history=history_of(invoice),
        form=form,
        may_cash=is_open and may_cash(request.user),
        may_give_back=invoice.number is not None and may_give_back(request.user),
    )


def _get(request: ClerkRequest, public_id: UUID) -> Invoice:
    found = Invoice.objects.in_scope(scope_of(request.user)).select_related(
        "regie", "household", "run"
    )
    return get_object_or_404(found, public_id=public_id)
