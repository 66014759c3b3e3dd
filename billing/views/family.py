"""The family's invoices: list, one of them, its documents."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from billing.enums import InvoiceStatus
from billing.queries.invoices import (
    credit_of,
    find_waiting_attempt,
    get_invoice,
    get_payment,
    invoices_of,
    payments_of,
    totals_to_pay,
)
from billing.queries.lines import sections_of
from billing.services.days import local_day
from billing.services.family_words import (
    facts_of,
    lines_of,
    payments_rows,
    row_of,
    state_of,
)
from billing.services.line_wording import exemption_words, tax_rows
from billing.services.words import amount_words
from billing.views.pages import paying_page
from families.views.access import FamilyRequest, family_required
from foundation.storage import private_response
from tenants.queries import current_town

PER_PAGE = 24


@require_GET
@family_required
def invoices(request: FamilyRequest) -> HttpResponse:
    """List the household's invoices and say what is left to pay."""
    today = local_day(timezone.now())
    page = Paginator(invoices_of(request.household), PER_PAGE).get_page(
        request.GET.get("page")
    )
    currency = current_town().currency
    totals = [
        amount_words(left, unit) for unit, left in totals_to_pay(request.household)
    ]
    credit = credit_of(request.household)
    context = {
        "page": page,
        "rows": [row_of(invoice, today=today) for invoice in page.object_list],
        "to_pay": totals[0] if totals else amount_words(0, currency),
        "owes": bool(totals),
        "credit": amount_words(credit, currency) if credit > 0 else "",
    }
    return render(request, "billing/invoices.html", context)


@require_GET
@family_required
@paying_page
def invoice(request: FamilyRequest, public_id: UUID) -> HttpResponseBase:
    """Show one invoice: lines, why these prices, how to pay, what was paid."""
    found = get_invoice(request.household, public_id)
    word, tone = state_of(found, today=local_day(timezone.now()))
    sections = sections_of(found)
    context = {
        "invoice": found,
        "status": word,
        "tone": tone,
        "facts": facts_of(found),
        "sections": lines_of(sections),
        "taxes": tax_rows(found, sections),
        "exemptions": exemption_words(found),
        "total": amount_words(found.total_minor, found.currency),
        "payments": payments_rows(payments_of(found)),
        "left": amount_words(found.left_minor, found.currency),
        # At the counter one pays at the desk, with a receipt.
        "can_pay": found.status == InvoiceStatus.OPEN
        and found.regie.accepts_cards
        and request.visit is None,
        "at_the_desk": found.status == InvoiceStatus.OPEN and request.visit,
        "is_under_way": find_waiting_attempt(found) is not None,
    }
    return render(request, "billing/invoice.html", context)


@require_GET
@family_required
def document(request: FamilyRequest, public_id: UUID) -> HttpResponseBase:
    """Give the printed invoice, exactly as it was issued."""
    found = get_invoice(request.household, public_id)
    if not found.document:
        messages.info(request, _("The document is being made. Try again in a minute."))
        return redirect("billing:invoice", public_id)
    return private_response(
        found.document.open(),
        content_type="application/pdf",
        filename=f"{found.reference}.pdf",
        inline=False,
    )


@require_GET
@family_required
def receipt(request: FamilyRequest, public_id: UUID) -> HttpResponseBase:
    """Give the receipt of a payment."""
    payment = get_payment(request.household, public_id)
    if not payment.document:
        messages.info(request, _("The receipt is being made. Try again in a minute."))
        return redirect("billing:invoices")
    return private_response(
        payment.document.open(),
        content_type="application/pdf",
        filename=f"{payment.receipt_reference}.pdf",
        inline=False,
    )
