"""Jobs of billing: identifiers in, one service call. Each may run twice safely.

What decides sends a signal in its transaction; the jobs are queued from here, in the
same transaction.
"""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from billing.gateways.stripe_checkout import StripeCheckout
from billing.models import Invoice, PaymentAttempt, ProviderEvent
from billing.services.batches import announce_debit
from billing.services.orders import bill_order
from billing.services.printing import print_invoice, print_mandate, print_receipt
from billing.services.settling import apply_event
from billing.signals import (
    debits_announced,
    event_stored,
    invoice_issued,
    mandate_signed,
    payment_recorded,
    run_issued,
)
from enrolment.models import Order
from enrolment.signals import order_placed
from foundation.jobs.town import town_task


@town_task(queue="documents")
def print_run(*, run_id: int) -> None:
    """Queue the document of each invoice of a run: every worker takes its share."""
    waiting = Invoice.objects.filter(run=run_id, document="").order_by("number")
    for invoice_id in waiting.values_list("pk", flat=True):
        print_one.defer(invoice_id=invoice_id)


@town_task(queue="documents")
def print_one(*, invoice_id: int) -> None:
    """Print one invoice and tell the family."""
    print_invoice(invoice_id=invoice_id)


@town_task(queue="documents")
def print_payment(*, payment_id: int) -> None:
    """Print one receipt and send it."""
    print_receipt(payment_id=payment_id)


@town_task(queue="documents")
def print_signed(*, mandate_id: int) -> None:
    """Print one mandate and tell the family."""
    print_mandate(mandate_id=mandate_id)


@town_task()
def announce(*, debit_id: int) -> None:
    """Announce one debit to its family."""
    announce_debit(debit_id=debit_id)


@town_task(queue="payments", retries=8)
def apply(*, event_id: int, attempt_id: int) -> None:
    """Ask the provider where an attempt stands, and bring ours there."""
    attempt = PaymentAttempt.objects.select_related("invoice__regie").get(pk=attempt_id)
    page = StripeCheckout(account=attempt.invoice.regie.stripe_account).read(
        attempt.provider_session or _page_of(event_id)
    )
    apply_event(event_id=event_id, attempt_id=attempt_id, page=page, now=timezone.now())


@town_task(queue="payments")
def bill_placed(*, order_id: int) -> None:
    """Bill what a confirmed order prepays."""
    bill_order(order=Order.objects.get(pk=order_id), now=timezone.now())


@receiver(order_placed, dispatch_uid="billing-order")
def bill_soon(order_id: int, **_kwargs: Any) -> None:
    """Queue the invoice of an order that is confirmed and committed."""
    bill_placed.defer(lock=f"order-{order_id}", order_id=order_id)


@receiver(run_issued, dispatch_uid="billing-run-issued")
def print_run_soon(run_id: int, **_kwargs: Any) -> None:
    """Queue the documents of a run: one job, whatever its size."""
    print_run.defer(run_id=run_id)


@receiver(invoice_issued, dispatch_uid="billing-invoice-issued")
def print_one_soon(invoice_id: int, **_kwargs: Any) -> None:
    """Queue the document of one invoice."""
    print_one.defer(invoice_id=invoice_id)


@receiver(payment_recorded, dispatch_uid="billing-payment-recorded")
def print_payment_soon(payment_id: int, **_kwargs: Any) -> None:
    """Queue the receipt of a payment."""
    print_payment.defer(payment_id=payment_id)


@receiver(mandate_signed, dispatch_uid="billing-mandate-signed")
def print_signed_soon(mandate_id: int, **_kwargs: Any) -> None:
    """Queue the document of a mandate."""
    print_signed.defer(mandate_id=mandate_id)


@receiver(debits_announced, dispatch_uid="billing-debits-announced")
def announce_soon(debit_ids: list[int], **_kwargs: Any) -> None:
    """Queue the announcement of each debit."""
    for debit_id in debit_ids:
        announce.defer(debit_id=debit_id)


@receiver(event_stored, dispatch_uid="billing-event-stored")
def apply_soon(event_id: int, attempt_id: int, **_kwargs: Any) -> None:
    """Queue the effect of an event; those of one attempt run one by one."""
    apply.defer(lock=f"attempt-{attempt_id}", event_id=event_id, attempt_id=attempt_id)


def _page_of(event_id: int) -> str:
    """Return the page an event is about: the answer that named it was lost."""
    return ProviderEvent.objects.get(pk=event_id).object_id
