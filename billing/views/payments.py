"""Paying by card: leaving for the hosted page, and coming back from it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from billing.enums import AttemptStatus, InvoiceStatus
from billing.gateways.checkout import ProviderUnavailableError
from billing.gateways.stripe_checkout import StripeCheckout
from billing.models import PaymentAttempt
from billing.queries.invoices import get_attempt, get_invoice
from billing.services.payments import Payer, start_payment
from billing.services.settling import settle_attempt
from billing.services.words import amount_words
from billing.views.pages import paying_page
from families.views.access import (
    FamilyRequest,
    family_required,
    themselves_required,
)
from foundation.errors import DomainError

_ANY = UUID(int=0)


@require_POST
@family_required
@themselves_required
def pay(request: FamilyRequest, public_id: UUID) -> HttpResponseBase:
    """Lead to the hosted page; sent twice, it is the same page."""
    invoice = get_invoice(request.household, public_id)
    back = reverse("billing:paid", args=[_ANY]).replace(str(_ANY), "{attempt}")
    payer = Payer(
        account=request.user,
        locale=get_language() or "fr",
        success_path=back,
        cancel_path=reverse("billing:invoice", args=[public_id]),
    )
    try:
        address = start_payment(
            invoice=invoice,
            payer=payer,
            checkout=StripeCheckout(account=invoice.regie.stripe_account),
            now=timezone.now(),
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("billing:invoice", public_id)
    # The address comes from the provider's own answer, never from the browser.
    return HttpResponseRedirect(address)


@require_GET
@family_required
@paying_page
def paid(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Say how a payment ended, from what the provider says now, not from the URL."""
    attempt = get_attempt(request.household, public_id)
    answered = _refresh(attempt)
    attempt = get_attempt(request.household, public_id)
    payment = getattr(attempt, "payment", None)
    context = {
        "attempt": attempt,
        "invoice": attempt.invoice,
        "payment": payment,
        "amount": amount_words(attempt.amount_minor, attempt.currency),
        "result": _result(attempt),
        "answered": answered,
        "can_pay": attempt.invoice.status == InvoiceStatus.OPEN,
    }
    return render(request, "billing/paid.html", context)


def _refresh(attempt: PaymentAttempt) -> bool:
    """Ask the provider; return False when it does not answer now."""
    waits = attempt.status in {AttemptStatus.CREATED, AttemptStatus.OPEN}
    if not waits or not attempt.provider_session:
        return True
    checkout = StripeCheckout(account=attempt.invoice.regie.stripe_account)
    try:
        page = checkout.read(attempt.provider_session)
    except ProviderUnavailableError:
        return False
    settle_attempt(attempt_id=attempt.pk, page=page, now=timezone.now())
    return True


def _result(attempt: PaymentAttempt) -> str:
    """Name what to show: paid, elsewhere, waiting, unfinished, declined."""
    if attempt.status == AttemptStatus.SUCCEEDED:
        return "paid"
    if attempt.invoice.status == InvoiceStatus.PAID:
        return "elsewhere"
    if attempt.invoice.status == InvoiceStatus.PENDING:
        return "waiting"
    if attempt.status in {AttemptStatus.FAILED, AttemptStatus.EXPIRED}:
        return "declined"
    return "declined" if attempt.failure else "unfinished"
