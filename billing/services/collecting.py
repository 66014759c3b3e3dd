"""Record money that came in: payment, receipt number, what it settles, the ledger."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from billing.domain.invoice_states import InvoiceState, state_after_payment
from billing.domain.ledger import Account as LedgerAccount
from billing.domain.postings import Subject, payment_received
from billing.enums import InvoiceStatus, MoneyAction, PaymentMethod, SeriesKind
from billing.models import Allocation, Invoice, Payment, PaymentAttempt
from billing.services.days import local_day
from billing.services.numbers import take_number
from billing.services.posting import post
from billing.signals import payment_recorded
from foundation.accounts.models import Account
from foundation.journal.services import record

WHERE_MONEY_GOES = {
    PaymentMethod.CARD: LedgerAccount.CARD_CLEARING,
    PaymentMethod.DIRECT_DEBIT: LedgerAccount.DIRECT_DEBIT_CLEARING,
    PaymentMethod.COUNTER: LedgerAccount.TILL,
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money received for an invoice, in minor units of the invoice's currency.

    `reference` is the provider's own, empty at the counter.
    """

    method: PaymentMethod
    amount_minor: int
    received_at: datetime
    reference: str = ""
    attempt: PaymentAttempt | None = None


@transaction.atomic
def record_payment(
    *, invoice: Invoice, receipt: Receipt, actor: Account | None
) -> Payment:
    """Settle an invoice with what came in; what exceeds it becomes family credit.

    Nothing received is ever refused: an invoice paid twice leaves a credit. The
    caller makes sure that the same money is not recorded twice.
    """
    invoice = (
        Invoice.objects.select_for_update(of=("self",))
        .select_related("regie", "household")
        .get(pk=invoice.pk)
    )
    settled = min(receipt.amount_minor, invoice.left_minor)
    if settled:
        _settle(invoice, settled)
    payment = _keep(invoice, receipt)
    if settled:
        Allocation.objects.create(
            payment=payment, invoice=invoice, amount_minor=settled
        )
    _post(payment, invoice, receipt, settled)
    facts = {
        "invoice": invoice.reference,
        "amount_minor": receipt.amount_minor,
        "method": receipt.method,
        "credit_minor": receipt.amount_minor - settled,
    }
    record(actor=actor, action=MoneyAction.PAYMENT_RECORDED, target=payment, new=facts)
    payment_recorded.send(sender=Payment, payment_id=payment.pk)
    return payment


def _post(payment: Payment, invoice: Invoice, receipt: Receipt, settled: int) -> None:
    subject = Subject(
        f"payment:{payment.public_id}",
        str(invoice.household.public_id),
        invoice.currency,
    )
    posting = payment_received(
        subject,
        receipt.amount_minor,
        into=WHERE_MONEY_GOES[receipt.method],
        allocated=settled,
    )
    post(posting, household=invoice.household, on=local_day(receipt.received_at))


def _settle(invoice: Invoice, amount: int) -> None:
    invoice.paid_minor += amount
    state = state_after_payment(
        InvoiceState(invoice.status),
        total=invoice.total_minor,
        settled=invoice.paid_minor,
    )
    # The table knows more states than families need to see.
    invoice.status = InvoiceStatus(state)
    invoice.save(update_fields=["status", "paid_minor"])


def _keep(invoice: Invoice, receipt: Receipt) -> Payment:
    year = local_day(receipt.received_at).year
    number = take_number(regie=invoice.regie, kind=SeriesKind.RECEIPT, year=year)
    return Payment.objects.create(
        regie=invoice.regie,
        household=invoice.household,
        attempt=receipt.attempt,
        method=receipt.method,
        amount_minor=receipt.amount_minor,
        currency=invoice.currency,
        received_at=receipt.received_at,
        provider_reference=receipt.reference,
        receipt_year=year,
        receipt_number=number.number,
        receipt_reference=str(number),
    )
