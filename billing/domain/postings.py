"""How each event of billing is written in the ledger.

One builder per event. Each takes positive amounts in minor units and returns a
balanced transaction; an amount that makes no sense is refused by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from billing.domain.errors import BillingError, gettext_noop
from billing.domain.ledger import Account, Entry, Kind, Transaction

MONEY_ACCOUNTS = frozenset(
    {
        Account.BANK,
        Account.CARD_CLEARING,
        Account.DIRECT_DEBIT_CLEARING,
        Account.TILL,
    }
)
"""Where money may come in or go out."""


class AmountRefusedError(BillingError):
    """An amount is not positive, or larger than the whole it is part of."""

    code = "amount"
    sentence = gettext_noop("The amount %(amount)s cannot be booked on %(reference)s.")


class AccountRefusedError(BillingError):
    """Money is said to move through an account that holds none."""

    code = "account"
    sentence = gettext_noop("Money cannot move through the account “%(account)s”.")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a transaction is about: its unique reference, the family, the currency."""

    reference: str
    household: str
    currency: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """The parts of a document, by revenue code and by tax code, in minor units.

    One part may be negative (a rebate line); their total may not. `aids` are what
    third parties pay of it, by kind of aid.
    """

    revenue: Mapping[str, int]
    taxes: Mapping[str, int]
    aids: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The amount the family owes, taxes included and aids taken off."""
        asked = sum(self.revenue.values()) + sum(self.taxes.values())
        return asked - sum(self.aids.values())

    @property
    def opposite(self) -> "Amounts":
        """The same parts with the sign changed: a credit note read as a debt."""
        return Amounts(
            {code: -part for code, part in self.revenue.items()},
            {code: -part for code, part in self.taxes.items()},
            {code: -part for code, part in self.aids.items()},
        )


def invoice_issued(subject: Subject, amounts: Amounts) -> Transaction:
    """Book what the family and third parties owe, against revenue and taxes.

    The family may owe nothing when aids pay the whole.
    """
    if amounts.total or not any(amounts.aids.values()):
        _check_positive(subject, amounts.total)
    owed = _leg(subject, Account.FAMILY_RECEIVABLE, amounts.total)
    return Transaction(
        Kind.INVOICE_ISSUED,
        subject.reference,
        (*([owed] if owed.amount else []), *_parts(subject, amounts, sign=-1)),
    )


def credit_note_issued(
    subject: Subject, amounts: Amounts, *, already_paid: int = 0
) -> Transaction:
    """Book a correction in the family's favour.

    `already_paid` is the part of the credit that the family has paid: the town
    owes it back. The rest lowers what the family still has to pay.
    """
    _check_positive(subject, amounts.total)
    if not 0 <= already_paid <= amounts.total:
        raise AmountRefusedError(amount=already_paid, reference=subject.reference)
    legs = (
        _leg(subject, Account.FAMILY_RECEIVABLE, already_paid - amounts.total),
        _leg(subject, Account.REFUNDS_PAYABLE, -already_paid),
    )
    return Transaction(
        Kind.CREDIT_NOTE_ISSUED,
        subject.reference,
        (*_parts(subject, amounts, sign=1), *(leg for leg in legs if leg.amount)),
    )


def payment_received(
    subject: Subject, amount: int, *, into: Account, allocated: int | None = None
) -> Transaction:
    """Book a payment; what exceeds the invoices becomes the family's credit.

    `allocated` is the part that settles invoices: the whole unless told otherwise.
    """
    _check_positive(subject, amount)
    _check_money_account(into)
    settled = amount if allocated is None else allocated
    if not 0 <= settled <= amount:
        raise AmountRefusedError(amount=settled, reference=subject.reference)
    legs = (
        _leg(subject, Account.FAMILY_RECEIVABLE, -settled),
        _leg(subject, Account.FAMILY_CREDIT, settled - amount),
    )
    return Transaction(
        Kind.PAYMENT_RECEIVED,
        subject.reference,
        (
            Entry(into, amount, subject.currency),
            *(leg for leg in legs if leg.amount),
        ),
    )


def credit_used(subject: Subject, amount: int) -> Transaction:
    """Settle an invoice with the credit the family has in hand."""
    _check_positive(subject, amount)
    return Transaction(
        Kind.CREDIT_USED,
        subject.reference,
        (
            _leg(subject, Account.FAMILY_CREDIT, amount),
            _leg(subject, Account.FAMILY_RECEIVABLE, -amount),
        ),
    )


def refund_made(
    subject: Subject,
    amount: int,
    *,
    out_of: Account,
    owed_by: Account = Account.REFUNDS_PAYABLE,
) -> Transaction:
    """Book money given back: a refund due after a credit note, or unused credit."""
    _check_positive(subject, amount)
    _check_money_account(out_of)
    if owed_by not in {Account.REFUNDS_PAYABLE, Account.FAMILY_CREDIT}:
        raise AccountRefusedError(account=owed_by)
    return Transaction(
        Kind.REFUND_MADE,
        subject.reference,
        (_leg(subject, owed_by, amount), Entry(out_of, -amount, subject.currency)),
    )


def direct_debit_returned(
    subject: Subject,
    amount: int,
    *,
    payment: str,
    out_of: Account = Account.DIRECT_DEBIT_CLEARING,
) -> Transaction:
    """Book a debit that the bank took back: the family owes the amount again."""
    _check_positive(subject, amount)
    _check_money_account(out_of)
    return Transaction(
        Kind.DIRECT_DEBIT_RETURNED,
        subject.reference,
        (
            _leg(subject, Account.FAMILY_RECEIVABLE, amount),
            Entry(out_of, -amount, subject.currency),
        ),
        reverses=payment,
    )


def payout_received(
    *, reference: str, currency: str, gross: int, fees: int, clearing: Account
) -> Transaction:
    """Book a provider's payout: receipts in full, and its fees beside them.

    Public money may not be booked net of costs.
    """
    if not 0 <= fees < gross:
        raise AmountRefusedError(amount=fees, reference=reference)
    if clearing not in MONEY_ACCOUNTS - {Account.BANK}:
        raise AccountRefusedError(account=clearing)
    legs = (
        Entry(Account.BANK, gross - fees, currency),
        Entry(Account.PROVIDER_FEES, fees, currency),
        Entry(clearing, -gross, currency),
    )
    return Transaction(
        Kind.PAYOUT_RECEIVED, reference, tuple(leg for leg in legs if leg.amount)
    )


def written_off(subject: Subject, amount: int) -> Transaction:
    """Book a debt that the council gave up collecting."""
    _check_positive(subject, amount)
    return Transaction(
        Kind.WRITTEN_OFF,
        subject.reference,
        (
            Entry(Account.WRITE_OFFS, amount, subject.currency),
            _leg(subject, Account.FAMILY_RECEIVABLE, -amount),
        ),
    )


def _leg(subject: Subject, account: Account, amount: int) -> Entry:
    return Entry(account, amount, subject.currency, household=subject.household)


def _parts(subject: Subject, amounts: Amounts, *, sign: int) -> tuple[Entry, ...]:
    aids = (
        (Account.THIRD_PARTY_RECEIVABLE, code, -part)
        for code, part in amounts.aids.items()
    )
    named = (
        *aids,
        *((Account.REVENUE, code, part) for code, part in amounts.revenue.items()),
        *((Account.TAX_PAYABLE, code, part) for code, part in amounts.taxes.items()),
    )
    return tuple(
        Entry(account, sign * part, subject.currency, code=code)
        for account, code, part in named
        if part
    )


def _check_positive(subject: Subject, amount: int) -> None:
    if amount <= 0:
        raise AmountRefusedError(amount=amount, reference=subject.reference)


def _check_money_account(account: Account) -> None:
    if account not in MONEY_ACCOUNTS:
        raise AccountRefusedError(account=account)
