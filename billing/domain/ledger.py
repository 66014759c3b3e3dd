"""The town's sub-ledger: what families owe, what came in, where the money is.

Every transaction balances in each currency, or it cannot exist. Nothing is ever
changed: a mistake is answered by a new transaction that names the one it reverses.
Amounts are integer minor units; a debit is positive, a credit negative.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from billing.domain.errors import BillingError, gettext_noop


class UnbalancedError(BillingError):
    """The entries of a transaction do not add up to nothing."""

    code = "unbalanced"
    sentence = gettext_noop(
        "Transaction %(reference)s is out by %(difference)s %(currency)s."
    )


class EmptyEntryError(BillingError):
    """An entry moves no money, or a transaction has fewer than two entries."""

    code = "empty_entry"
    sentence = gettext_noop("Transaction %(reference)s holds an entry without amount.")


class Account(StrEnum):
    """The chart of accounts: short, because the legal books live elsewhere."""

    FAMILY_RECEIVABLE = "receivable"
    THIRD_PARTY_RECEIVABLE = "receivable_third_party"
    FAMILY_CREDIT = "credit"
    REFUNDS_PAYABLE = "refunds_payable"
    REVENUE = "revenue"
    TAX_PAYABLE = "tax_payable"
    CARD_CLEARING = "card_clearing"
    DIRECT_DEBIT_CLEARING = "debit_clearing"
    TILL = "till"
    BANK = "bank"
    PROVIDER_FEES = "provider_fees"
    WRITE_OFFS = "write_offs"


class Kind(StrEnum):
    """What happened: one word per business event."""

    INVOICE_ISSUED = "invoice_issued"
    CREDIT_NOTE_ISSUED = "credit_note_issued"
    PAYMENT_RECEIVED = "payment_received"
    CREDIT_USED = "credit_used"
    REFUND_MADE = "refund_made"
    DIRECT_DEBIT_RETURNED = "direct_debit_returned"
    PAYOUT_RECEIVED = "payout_received"
    WRITTEN_OFF = "written_off"
    REVERSAL = "reversal"
    FILES_MERGED = "files_merged"


@dataclass(frozen=True, slots=True)
class Entry:
    """One leg: an account, a signed amount, and whom or what it concerns.

    `household` is set on the accounts of families; `code` is the revenue or tax
    code that the public accountant knows.
    """

    account: Account
    amount: int
    currency: str
    household: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Transaction:
    """Entries that belong together and balance in every currency.

    `reverses` is the reference of the one transaction that this one undoes whole.
    Raises EmptyEntryError or UnbalancedError when built otherwise.
    """

    kind: Kind
    reference: str
    entries: tuple[Entry, ...]
    reverses: str = ""

    def __post_init__(self) -> None:
        """Refuse to exist unbalanced."""
        check_balance(self.reference, self.entries)

    @property
    def volume(self) -> int:
        """Return the sum of the debits, in minor units (all currencies together)."""
        return sum(entry.amount for entry in self.entries if entry.amount > 0)


def check_balance(reference: str, entries: Iterable[Entry]) -> None:
    """Refuse entries that are empty, fewer than two, or out of balance."""
    entries = tuple(entries)
    if len(entries) < 2 or any(entry.amount == 0 for entry in entries):
        raise EmptyEntryError(reference=reference)
    sums: defaultdict[str, int] = defaultdict(int)
    for entry in entries:
        sums[entry.currency] += entry.amount
    for currency, difference in sums.items():
        if difference:
            raise UnbalancedError(
                reference=reference, difference=difference, currency=currency
            )


def reversal_of(transaction: Transaction, *, reference: str) -> Transaction:
    """Return the mirror image that cancels a transaction booked by mistake."""
    entries = tuple(
        Entry(leg.account, -leg.amount, leg.currency, leg.household, leg.code)
        for leg in transaction.entries
    )
    return Transaction(
        Kind.REVERSAL, reference, entries, reverses=transaction.reference
    )


def balances(
    transactions: Iterable[Transaction],
) -> Mapping[tuple[Account, str], int]:
    """Return the balance of each (account, currency) in minor units."""
    sums: defaultdict[tuple[Account, str], int] = defaultdict(int)
    for transaction in transactions:
        for entry in transaction.entries:
            sums[entry.account, entry.currency] += entry.amount
    return dict(sums)


def household_balance(
    transactions: Iterable[Transaction], *, household: str, currency: str
) -> int:
    """Return what the household owes (positive) or has in hand (negative)."""
    ours = {
        Account.FAMILY_RECEIVABLE,
        Account.FAMILY_CREDIT,
        Account.REFUNDS_PAYABLE,
    }
    return sum(
        entry.amount
        for transaction in transactions
        for entry in transaction.entries
        if (entry.household, entry.currency) == (household, currency)
        and entry.account in ours
    )
