"""Write a balanced transaction of `billing.domain.postings` in the ledger."""

from datetime import date

from billing.domain.ledger import Transaction
from billing.models import LedgerEntry, LedgerTransaction
from families.models import Household


def post(
    posting: Transaction, *, household: Household | None, on: date
) -> LedgerTransaction:
    """Keep a transaction and its entries; its reference makes it unique.

    Entries on the accounts of families carry the household. The database checks the
    balance once more at the commit.
    """
    written = LedgerTransaction.objects.create(
        kind=posting.kind, reference=posting.reference, occurred_on=on
    )
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            transaction=written,
            account=entry.account.value,
            household=household if entry.household else None,
            code=entry.code,
            amount_minor=entry.amount,
            currency=entry.currency,
        )
        for entry in posting.entries
    )
    return written
