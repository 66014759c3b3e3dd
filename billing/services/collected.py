"""Confirm a bank file once the money is on the régie's account."""

from datetime import datetime

from django.db import transaction

from billing.domain.errors import BillingError, gettext_noop
from billing.enums import BatchStatus, InvoiceStatus, MoneyAction, PaymentMethod
from billing.models import DirectDebitBatch
from billing.services.collecting import Receipt, record_payment
from billing.services.days import local_day
from foundation.accounts.models import Account
from foundation.journal.services import record


class TooEarlyError(BillingError):
    """Banks have not collected yet."""

    code = "too_early"
    sentence = gettext_noop("The debits are collected on %(day)s. Come back then.")


class AlreadyConfirmedError(BillingError):
    """The batch was confirmed before."""

    code = "already_confirmed"
    sentence = gettext_noop("The collection of this file is already confirmed.")


@transaction.atomic
def confirm_batch(
    *, batch: DirectDebitBatch, actor: Account, now: datetime
) -> DirectDebitBatch:
    """Record one payment for each debit whose invoice still waits for the bank.

    Raises TooEarlyError before the collection day, AlreadyConfirmedError after.
    """
    batch = DirectDebitBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.status != BatchStatus.EXPORTED:
        raise AlreadyConfirmedError
    if local_day(now) < batch.collection_on:
        raise TooEarlyError(day=batch.collection_on)
    debits = batch.debits.select_related("invoice").order_by("pk")
    for debit in debits.filter(invoice__status=InvoiceStatus.PENDING):
        receipt = Receipt(
            method=PaymentMethod.DIRECT_DEBIT,
            amount_minor=debit.amount_minor,
            received_at=now,
            reference=debit.end_to_end_id,
        )
        record_payment(invoice=debit.invoice, receipt=receipt, actor=actor)
    batch.status = BatchStatus.COLLECTED
    batch.save(update_fields=["status"])
    record(actor=actor, action=MoneyAction.COLLECTION_CONFIRMED, target=batch)
    return batch
