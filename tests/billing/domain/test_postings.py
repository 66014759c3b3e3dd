import pytest
from hypothesis import given, strategies as st

from billing.domain.ledger import Account, Transaction, balances, household_balance
from billing.domain.postings import (
    AccountRefusedError,
    AmountRefusedError,
    Amounts,
    Subject,
    credit_note_issued,
    credit_used,
    direct_debit_returned,
    invoice_issued,
    payment_received,
    payout_received,
    refund_made,
    written_off,
)

INVOICE = Subject("CANT-2026-000001", "martin", "EUR")
PAYMENT = Subject("PAY-1", "martin", "EUR")
CREDIT = Subject("AV-2026-000001", "martin", "EUR")
POSITIVE = st.integers(1, 10**9)


def lunches(total: int) -> Amounts:
    return Amounts({"7067": total}, {})


def owed(*transactions: Transaction) -> int:
    return household_balance(transactions, household="martin", currency="EUR")


def test_an_invoice_is_owed_and_earned_by_code():
    transaction = invoice_issued(
        INVOICE, Amounts({"7067": 6000, "7066": 4000}, {"TPS": 500, "TVQ": 998})
    )

    sums = balances([transaction])
    assert sums[Account.FAMILY_RECEIVABLE, "EUR"] == 11498
    assert sums[Account.REVENUE, "EUR"] == -10000
    assert sums[Account.TAX_PAYABLE, "EUR"] == -1498
    assert {entry.code for entry in transaction.entries} >= {"7067", "7066", "TVQ"}


def test_a_rebate_line_lowers_its_own_code_only():
    transaction = invoice_issued(INVOICE, Amounts({"7067": 6000, "REM": -500}, {}))

    assert owed(transaction) == 5500


@pytest.mark.parametrize("total", [0, -100])
def test_an_invoice_of_nothing_or_less_is_not_booked(total):
    with pytest.raises(AmountRefusedError):
        invoice_issued(INVOICE, lunches(total))


@given(POSITIVE)
def test_a_paid_invoice_leaves_the_family_even(total):
    transactions = (
        invoice_issued(INVOICE, lunches(total)),
        payment_received(PAYMENT, total, into=Account.CARD_CLEARING),
    )

    assert owed(*transactions) == 0


@given(POSITIVE, POSITIVE)
def test_an_overpayment_becomes_credit_and_can_settle_the_next_invoice(total, extra):
    overpaid = payment_received(
        PAYMENT, total + extra, into=Account.BANK, allocated=total
    )
    used = credit_used(Subject("USE-1", "martin", "EUR"), extra)

    sums = balances([invoice_issued(INVOICE, lunches(total)), overpaid])
    assert sums[Account.FAMILY_CREDIT, "EUR"] == -extra
    assert balances([overpaid, used])[Account.FAMILY_CREDIT, "EUR"] == 0


@given(POSITIVE, st.data())
def test_a_credit_note_splits_between_debt_and_refund(total, data):
    paid = data.draw(st.integers(0, total))

    note = credit_note_issued(CREDIT, lunches(total), already_paid=paid)

    sums = balances([note])
    assert sums.get((Account.REFUNDS_PAYABLE, "EUR"), 0) == -paid
    assert sums.get((Account.FAMILY_RECEIVABLE, "EUR"), 0) == paid - total
    assert sums[Account.REVENUE, "EUR"] == total


def test_more_than_the_credit_note_cannot_be_refunded():
    with pytest.raises(AmountRefusedError):
        credit_note_issued(CREDIT, lunches(100), already_paid=101)


@given(POSITIVE)
def test_paid_credited_and_refunded_comes_back_to_nothing(total):
    story = (
        invoice_issued(INVOICE, lunches(total)),
        payment_received(PAYMENT, total, into=Account.BANK),
        credit_note_issued(CREDIT, lunches(total), already_paid=total),
        refund_made(Subject("RF-1", "martin", "EUR"), total, out_of=Account.BANK),
    )

    assert not any(balances(story).values())


@given(POSITIVE)
def test_a_returned_debit_is_owed_again(total):
    story = (
        invoice_issued(INVOICE, lunches(total)),
        payment_received(PAYMENT, total, into=Account.DIRECT_DEBIT_CLEARING),
        direct_debit_returned(
            Subject("RET-1", "martin", "EUR"), total, payment=PAYMENT.reference
        ),
    )

    assert owed(*story) == total
    assert balances(story)[Account.DIRECT_DEBIT_CLEARING, "EUR"] == 0


def test_a_payout_is_booked_in_full_with_its_fees_beside():
    transaction = payout_received(
        reference="PO-1",
        currency="EUR",
        gross=10000,
        fees=145,
        clearing=Account.CARD_CLEARING,
    )

    sums = balances([transaction])
    assert sums[Account.BANK, "EUR"] == 9855
    assert sums[Account.PROVIDER_FEES, "EUR"] == 145


def test_a_debt_written_off_is_no_longer_owed():
    story = (
        invoice_issued(INVOICE, lunches(500)),
        written_off(Subject("WO-1", "martin", "EUR"), 500),
    )

    assert owed(*story) == 0


def test_money_only_moves_through_accounts_that_hold_money():
    with pytest.raises(AccountRefusedError):
        payment_received(PAYMENT, 100, into=Account.REVENUE)
    with pytest.raises(AccountRefusedError):
        refund_made(PAYMENT, 100, out_of=Account.TILL, owed_by=Account.REVENUE)
    with pytest.raises(AccountRefusedError):
        payout_received(
            reference="PO", currency="EUR", gross=9, fees=0, clearing=Account.BANK
        )
