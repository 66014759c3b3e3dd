"""Pay an invoice by card: one attempt at a time, recorded before any call.

An attempt is committed, then the provider is called with a key made from it, then the
answer is kept. Whatever breaks in between, the next try finds the attempt and goes
on from there; the money is taken once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from billing.enums import AttemptStatus, InvoiceStatus, MoneyAction
from billing.gateways.checkout import (
    CardCheckout,
    PageAsked,
    PageState,
    StaleRequestError,
)
from billing.models import Invoice, PaymentAttempt
from billing.services.payment_errors import (
    AlreadyPaidError,
    CardsRefusedError,
    PaymentUnderWayError,
)
from billing.services.settling import settle_attempt
from foundation.accounts.models import Account
from foundation.journal.services import record
from foundation.town import current_schema
from tenants.queries import base_url_of, current_town

# The provider wants half an hour at least; the rest is for a slow reader.
PAGE_LASTS: Final = timedelta(minutes=45)
# A page about to close is not worth leading anybody to.
WORTH_REUSING: Final = timedelta(minutes=2)
# An attempt whose call was cut is taken up again as it was, within this time; later
# its closing time would be refused, and nobody was ever given its page.
RESUMED_WITHIN: Final = timedelta(minutes=10)
WAITING: Final = (AttemptStatus.CREATED, AttemptStatus.OPEN)


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays, and where the provider sends them back to (paths on our host)."""

    account: Account
    locale: str
    success_path: str
    cancel_path: str


def start_payment(
    *, invoice: Invoice, payer: Payer, checkout: CardCheckout, now: datetime
) -> str:
    """Return the address of the hosted page where the rest of an invoice is paid.

    Asked twice, or from two tabs, it leads to the same page. Must be called outside
    any transaction. Raises AlreadyPaidError, PaymentUnderWayError, CardsRefusedError,
    ProviderUnavailableError.
    """
    stale = _attempt_to_replace(invoice, now=now)
    if stale is not None:
        _replace(stale, checkout=checkout, now=now)
    attempt = _open_attempt(invoice=invoice, account=payer.account, now=now)
    if attempt.url:
        return attempt.url
    page = _open_page(attempt, payer=payer, checkout=checkout)
    _keep_page(attempt, page)
    return page.url


def page_for(*, attempt: PaymentAttempt, payer: Payer) -> PageAsked:
    """Return what to ask for an attempt: the same each time, so that keys match."""
    town = current_town()
    base = base_url_of(town)
    invoice = attempt.invoice
    assert attempt.expires_at is not None  # noqa: S101 - set when it was created.
    return PageAsked(
        key=f"pay:{current_schema()}:{invoice.public_id}:{attempt.public_id}",
        amount_minor=attempt.amount_minor,
        currency=attempt.currency,
        label=f"{town.name} {invoice.reference}",
        email=attempt.started_by.email,
        locale=payer.locale,
        success_url=f"{base}{payer.success_path.format(attempt=attempt.public_id)}",
        cancel_url=f"{base}{payer.cancel_path}",
        expires_at=attempt.expires_at,
        metadata={
            "town": str(town.public_id),
            "invoice": str(invoice.public_id),
            "attempt": str(attempt.public_id),
        },
    )


def _open_page(
    attempt: PaymentAttempt, *, payer: Payer, checkout: CardCheckout
) -> PageState:
    try:
        return checkout.open(page_for(attempt=attempt, payer=payer))
    except StaleRequestError:
        # The same request would be refused for ever: the next try is a new attempt.
        _give_up(attempt, reason="refused by the provider")
        raise


def _attempt_to_replace(invoice: Invoice, *, now: datetime) -> PaymentAttempt | None:
    """Return the attempt under way when it no longer fits the invoice."""
    attempt = PaymentAttempt.objects.filter(invoice=invoice, status__in=WAITING).first()
    if attempt is None:
        return None
    invoice.refresh_from_db(fields=["total_minor", "paid_minor"])
    fits = attempt.amount_minor == invoice.left_minor
    return None if fits and not _is_over(attempt, now=now) else attempt


def _is_over(attempt: PaymentAttempt, *, now: datetime) -> bool:
    assert attempt.expires_at is not None  # noqa: S101 - set when it was created.
    if attempt.status == AttemptStatus.CREATED:
        return attempt.expires_at - PAGE_LASTS + RESUMED_WITHIN <= now
    return attempt.expires_at - WORTH_REUSING <= now


def _replace(attempt: PaymentAttempt, *, checkout: CardCheckout, now: datetime) -> None:
    """Close the page of an attempt; what was paid on it meanwhile is kept."""
    if not attempt.provider_session:
        _give_up(attempt, reason="never opened")
        return
    page = checkout.close(attempt.provider_session)
    settle_attempt(attempt_id=attempt.pk, page=page, now=now)


@transaction.atomic(durable=True)
def _open_attempt(
    *, invoice: Invoice, account: Account, now: datetime
) -> PaymentAttempt:
    """Return the attempt under way, or record a new one; committed on return."""
    invoice = (
        Invoice.objects.select_for_update(of=("self",))
        .select_related("regie")
        .get(pk=invoice.pk)
    )
    _check_payable(invoice)
    known = (
        PaymentAttempt.objects.select_related("invoice", "started_by")
        .filter(invoice=invoice, status__in=WAITING)
        .first()
    )
    if known is not None:
        return known
    attempt = PaymentAttempt.objects.create(
        invoice=invoice,
        started_by=account,
        amount_minor=invoice.left_minor,
        currency=invoice.currency,
        expires_at=now + PAGE_LASTS,
    )
    facts = {"invoice": invoice.reference, "amount_minor": attempt.amount_minor}
    record(actor=account, action=MoneyAction.PAYMENT_STARTED, target=attempt, new=facts)
    return attempt


def _check_payable(invoice: Invoice) -> None:
    if invoice.status == InvoiceStatus.PAID or not invoice.left_minor:
        raise AlreadyPaidError
    if invoice.status != InvoiceStatus.OPEN:
        raise PaymentUnderWayError
    if not invoice.regie.accepts_cards:
        raise CardsRefusedError


def _keep_page(attempt: PaymentAttempt, page: PageState) -> None:
    """Keep the page, unless another tab did, or the payment is already settled."""
    PaymentAttempt.objects.filter(pk=attempt.pk, status=AttemptStatus.CREATED).update(
        status=AttemptStatus.OPEN,
        provider_session=page.id,
        url=page.url,
        expires_at=page.expires_at,
    )


def _give_up(attempt: PaymentAttempt, *, reason: str) -> None:
    PaymentAttempt.objects.filter(pk=attempt.pk, status=AttemptStatus.CREATED).update(
        status=AttemptStatus.EXPIRED, failure=reason
    )
