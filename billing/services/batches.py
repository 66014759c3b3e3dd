"""Direct debits: the bank file of a régie, and the families told ahead."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.functions import Coalesce

from billing.domain.errors import BillingError, gettext_noop
from billing.domain.sepa import sequence_for
from billing.domain.sepa_calendar import check_collection_day, has_lapsed
from billing.enums import (
    BatchStatus,
    InvoiceStatus,
    MandateStatus,
    MoneyAction,
    SeriesKind,
)
from billing.gateways.bank_files import (
    Creditor,
    Debit,
    DirectDebitFile,
    PainVersion,
    validate_bank_file,
    write_direct_debits,
)
from billing.models import DirectDebit, DirectDebitBatch, Invoice, Mandate, Regie
from billing.queries.debits import collectable_invoices
from billing.services.days import local_day
from billing.services.letters import send_debit_notice
from billing.services.mandates import DebitsRefusedError, takes_debits
from billing.services.numbers import take_number
from billing.services.words import town_language
from billing.signals import debits_announced
from foundation.accounts.models import Account
from foundation.journal.services import record
from tenants.queries import current_town


class NothingToCollectError(BillingError):
    """No open invoice belongs to a household with a mandate."""

    code = "nothing_to_collect"
    sentence = gettext_noop(
        "No open invoice of this régie belongs to a family with a mandate."
    )


class BadBankFileError(BillingError):
    """The file we wrote does not fit its schema: our own fault, never sent."""

    code = "bad_bank_file"
    sentence = gettext_noop("The bank file is not valid: %(reason)s. Call support.")


@dataclass(frozen=True, slots=True)
class Due:
    """One invoice to collect with its mandate, what is left, and its reference."""

    invoice: Invoice
    mandate: Mandate
    end_to_end_id: str


@transaction.atomic
def make_batch(
    *, regie: Regie, collection_on: date, actor: Account, now: datetime
) -> DirectDebitBatch:
    """Collect every open invoice of families with a mandate, in one bank file.

    The invoices wait for the bank from now on, and families are told today. Raises
    NotifiedTooLateError (with the first possible day), ClosedDayError,
    NothingToCollectError, DebitsRefusedError.
    """
    if not takes_debits(regie):
        raise DebitsRefusedError
    check_collection_day(
        collect_on=collection_on,
        notified_on=local_day(now),
        notice_days=regie.notice_days,
    )
    due = _lock_due(regie, collection_on=collection_on, now=now)
    if not due:
        raise NothingToCollectError
    batch = _write_batch(regie, due, collection_on=collection_on, actor=actor, now=now)
    _mark(due, collection_on=collection_on)
    facts = {
        "debits": len(due),
        "total_minor": batch.total_minor,
        "collection_on": collection_on,
        "sha256": batch.file_sha256,
    }
    record(actor=actor, action=MoneyAction.FILE_MADE, target=batch, new=facts)
    return batch


@transaction.atomic
def announce_debit(*, debit_id: int) -> None:
    """Tell a family the amount, the day, the mandate and the creditor of a debit."""
    debit = DirectDebit.objects.select_related(
        "batch", "invoice", "mandate__household", "mandate__regie"
    ).get(pk=debit_id)
    with town_language():
        send_debit_notice(debit, collection_on=debit.batch.collection_on)


def _lock_due(regie: Regie, *, collection_on: date, now: datetime) -> list[Due]:
    """Return what may be collected; invoices being paid by card are left alone."""
    invoices = list(
        collectable_invoices(regie, now=now)
        .select_for_update(of=("self",))
        .order_by("number", "pk")
    )
    mandates = {
        mandate.household_id: mandate
        for mandate in Mandate.objects.filter(regie=regie, status=MandateStatus.ACTIVE)
        if not has_lapsed(
            signed_on=local_day(mandate.signed_at),
            last_collected_on=mandate.last_collected_on,
            on=collection_on,
        )
    }
    # A returned debit is tried again under another reference.
    return [
        Due(
            invoice,
            mandates[invoice.household_id],
            f"{invoice.reference}-{invoice.tries + 1}",  # type: ignore[attr-defined] # Annotated.
        )
        for invoice in invoices
        if invoice.household_id in mandates
    ]


def _write_batch(
    regie: Regie,
    due: list[Due],
    *,
    collection_on: date,
    actor: Account,
    now: datetime,
) -> DirectDebitBatch:
    number = take_number(regie=regie, kind=SeriesKind.BATCH, year=local_day(now).year)
    content, digest = _bank_file(
        regie, due, message_id=str(number), collection_on=collection_on, now=now
    )
    batch = DirectDebitBatch(
        regie=regie,
        collection_on=collection_on,
        status=BatchStatus.EXPORTED,
        message_id=str(number),
        total_minor=sum(each.invoice.left_minor for each in due),
        file_sha256=digest,
        made_by=actor,
        exported_at=now,
    )
    batch.file.save("debits", ContentFile(content), save=False)
    batch.save()
    _add_debits(batch, due)
    return batch


def _add_debits(batch: DirectDebitBatch, due: list[Due]) -> None:
    """Write one debit for each invoice, and let families be told."""
    debits = DirectDebit.objects.bulk_create(
        DirectDebit(
            batch=batch,
            mandate=each.mandate,
            invoice=each.invoice,
            amount_minor=each.invoice.left_minor,
            sequence=sequence_for().value,
            end_to_end_id=each.end_to_end_id,
        )
        for each in due
    )
    ids = [debit.pk for debit in debits]
    debits_announced.send(sender=DirectDebitBatch, debit_ids=ids)


def _bank_file(
    regie: Regie,
    due: list[Due],
    *,
    message_id: str,
    collection_on: date,
    now: datetime,
) -> tuple[bytes, str]:
    """Return the file and its digest; a file that its schema refuses never leaves."""
    version = PainVersion(regie.bank_format)
    zone = ZoneInfo(current_town().time_zone)
    out = io.BytesIO()
    summary = write_direct_debits(
        DirectDebitFile(
            message_id=message_id,
            created_at=now.astimezone(zone).replace(tzinfo=None, microsecond=0),
            creditor=Creditor(
                regie.creditor_name, regie.creditor_id, regie.iban or "", regie.bic
            ),
            debits=_debits(due, collection_on=collection_on),
            version=version,
        ),
        out,
    )
    if problems := validate_bank_file(out.getvalue(), version):
        raise BadBankFileError(reason=problems[0].message)
    return out.getvalue(), summary.sha256


def _debits(due: list[Due], *, collection_on: date) -> Iterator[Debit]:
    for each in due:
        yield Debit(
            end_to_end_id=each.end_to_end_id,
            amount=each.invoice.left_minor,
            mandate=each.mandate.reference,
            signed_on=local_day(each.mandate.signed_at),
            name=each.mandate.holder,
            iban=each.mandate.iban,
            collect_on=collection_on,
            text=f"{each.invoice.regie.creditor_name} {each.invoice.reference}",
        )


def _mark(due: list[Due], *, collection_on: date) -> None:
    Invoice.objects.filter(pk__in=[each.invoice.pk for each in due]).update(
        status=InvoiceStatus.PENDING
    )
    Mandate.objects.filter(pk__in={each.mandate.pk for each in due}).update(
        first_collected_on=Coalesce("first_collected_on", collection_on),
        last_collected_on=collection_on,
    )
