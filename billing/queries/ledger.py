"""The ledger and the journal, seen from one invoice."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from billing.models import Invoice, LedgerEntry, Payment
from foundation.accounts.models import Account
from foundation.journal.models import Entry


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a history; nobody as actor means the platform itself."""

    at: datetime
    text: str
    actor: Account | None


def entries_about(invoice: Invoice) -> QuerySet[LedgerEntry]:
    """Return the entries of an invoice and of the payments that settle it."""
    payments = Payment.objects.filter(allocations__invoice=invoice)
    references = [
        f"payment:{each}" for each in payments.values_list("public_id", flat=True)
    ]
    return (
        LedgerEntry.objects.filter(
            transaction__reference__in=[f"invoice:{invoice.public_id}", *references]
        )
        .select_related("transaction")
        .order_by("transaction_id", "-amount_minor", "id")
    )


def history_of(invoice: Invoice) -> list[Event]:
    """Return what the journal says of an invoice, its lines, run and payments."""
    payments = Payment.objects.filter(allocations__invoice=invoice)
    about = Q(kind="billing.invoice", record=invoice.public_id)
    about |= Q(kind="billing.payment", record__in=payments.values("public_id"))
    about |= Q(
        kind="billing.paymentattempt",
        record__in=invoice.attempts.values("public_id"),
    )
    about |= Q(kind="billing.charge", record__in=invoice.lines.values("public_id"))
    if invoice.run is not None:
        about |= Q(kind="billing.billingrun", record=invoice.run.public_id)
    found = Entry.objects.filter(about).select_related("actor").order_by("-id")
    return [Event(entry.at, entry.action_label, entry.actor) for entry in found]
