"""The books of a family that had two files."""

from datetime import date

from django.db.models import Sum

from billing.domain.ledger import Kind
from billing.models import LedgerEntry, LedgerTransaction
from families.models import Household


def carry_balances(*, kept: Household, lost: Household, on: date) -> None:
    """Carry the balances of a file to the one that took over, in one transaction.

    Entries never change: each account of the lost file is brought to nothing, and the
    kept one receives the same. Without balance nothing is written.
    """
    sums = list(
        LedgerEntry.objects.filter(household=lost)
        .values("account", "code", "currency")
        .annotate(sum=Sum("amount_minor"))
        .exclude(sum=0)
        .order_by("account", "code", "currency")
    )
    if not sums:
        return
    written = LedgerTransaction.objects.create(
        kind=Kind.FILES_MERGED, reference=f"merge-{lost.public_id}", occurred_on=on
    )
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            transaction=written,
            account=each["account"],
            household=household,
            code=each["code"],
            amount_minor=sign * each["sum"],
            currency=each["currency"],
        )
        for each in sums
        for household, sign in ((lost, -1), (kept, 1))
    )
