"""Apply what the provider says of an attempt: any order, any number of times, once.

The state comes from the provider at the moment of asking, never from the message
that made us ask. An attempt that has its payment is finished for good.
"""

from datetime import datetime

from django.db import transaction

from billing.enums import AttemptStatus, InvoiceStatus, MoneyAction, PaymentMethod
from billing.gateways.checkout import PageState
from billing.models import Invoice, PaymentAttempt, ProviderEvent
from billing.services.collecting import Receipt, record_payment
from foundation.journal.services import record


@transaction.atomic
def settle_attempt(
    *, attempt_id: int, page: PageState, now: datetime
) -> PaymentAttempt:
    """Bring an attempt, and its invoice, to where the hosted page stands.

    Money received counts whatever we thought of the attempt before: an expired one
    that turns out paid is paid.
    """
    attempt = (
        PaymentAttempt.objects.select_for_update(of=("self",))
        .select_related("invoice", "started_by")
        .get(pk=attempt_id)
    )
    if attempt.status == AttemptStatus.SUCCEEDED:
        return attempt
    attempt.provider_session = page.id
    if page.is_paid:
        _receive(attempt, page, now=now)
    elif page.is_under_way:
        _set_invoice(attempt, InvoiceStatus.OPEN, InvoiceStatus.PENDING)
    elif page.is_open:
        _keep_open(attempt, page)
    else:
        _close(attempt, page)
    attempt.save(update_fields=["status", "provider_session", "failure", "url"])
    return attempt


@transaction.atomic
def apply_event(
    *, event_id: int, attempt_id: int, page: PageState, now: datetime
) -> None:
    """Settle the attempt an event is about, and mark the event as applied."""
    settle_attempt(attempt_id=attempt_id, page=page, now=now)
    ProviderEvent.objects.filter(pk=event_id, applied_at=None).update(applied_at=now)


def _receive(attempt: PaymentAttempt, page: PageState, *, now: datetime) -> None:
    attempt.status = AttemptStatus.SUCCEEDED
    attempt.url = ""
    attempt.failure = ""
    record_payment(
        invoice=attempt.invoice,
        receipt=Receipt(
            method=PaymentMethod.CARD,
            amount_minor=page.amount_minor,
            received_at=now,
            reference=page.payment,
            attempt=attempt,
        ),
        actor=attempt.started_by,
    )


def _keep_open(attempt: PaymentAttempt, page: PageState) -> None:
    attempt.failure = page.failure
    if attempt.status == AttemptStatus.CREATED:
        attempt.status = AttemptStatus.OPEN
        attempt.url = page.url


def _close(attempt: PaymentAttempt, page: PageState) -> None:
    """Nobody can pay on this page any more: refused by a bank, or expired."""
    if attempt.status not in {AttemptStatus.CREATED, AttemptStatus.OPEN}:
        return
    attempt.status = AttemptStatus.EXPIRED if page.is_expired else AttemptStatus.FAILED
    attempt.failure = page.failure
    attempt.url = ""
    if not page.is_expired:
        # The bank said no in the end: the invoice had waited for its answer.
        _set_invoice(attempt, InvoiceStatus.PENDING, InvoiceStatus.OPEN)
    record(
        actor=None,
        action=MoneyAction.PAYMENT_NOT_MADE,
        target=attempt,
        new={"status": attempt.status},
        reason=page.failure,
    )


def _set_invoice(
    attempt: PaymentAttempt, known: InvoiceStatus, new: InvoiceStatus
) -> None:
    # Only from the state expected: a direct debit may hold it as pending too.
    Invoice.objects.filter(pk=attempt.invoice_id, status=known).update(status=new)
