import pytest
from hypothesis import given, strategies as st

from billing.domain.ledger import (
    Account,
    EmptyEntryError,
    Entry,
    Kind,
    Transaction,
    UnbalancedError,
    balances,
    check_balance,
    household_balance,
    reversal_of,
)

AMOUNTS = st.integers(-(10**11), 10**11).filter(bool)
LEGS = st.lists(
    st.builds(
        Entry,
        st.sampled_from(Account),
        AMOUNTS,
        st.sampled_from(["EUR", "CAD"]),
    ),
    min_size=2,
    max_size=12,
)


@given(LEGS)
def test_only_balanced_entries_make_a_transaction(legs):
    sums = {leg.currency: 0 for leg in legs}
    for leg in legs:
        sums[leg.currency] += leg.amount

    if any(sums.values()):
        with pytest.raises(UnbalancedError):
            Transaction(Kind.INVOICE_ISSUED, "T1", tuple(legs))
    else:
        Transaction(Kind.INVOICE_ISSUED, "T1", tuple(legs))


def test_two_currencies_never_make_up_for_each_other():
    legs = (Entry(Account.BANK, 100, "EUR"), Entry(Account.REVENUE, -100, "CAD"))

    with pytest.raises(UnbalancedError):
        check_balance("T1", legs)


@pytest.mark.parametrize(
    "legs",
    [
        (),
        (Entry(Account.BANK, 0, "EUR"), Entry(Account.REVENUE, 0, "EUR")),
        (Entry(Account.BANK, 0, "EUR"),),
    ],
)
def test_entries_without_amount_are_refused(legs):
    with pytest.raises(EmptyEntryError):
        check_balance("T1", legs)


def balanced(legs: list[Entry]) -> Transaction:
    rest = [
        Entry(Account.BANK, -amount, currency)
        for currency in ("EUR", "CAD")
        if (amount := sum(leg.amount for leg in legs if leg.currency == currency))
    ]
    return Transaction(Kind.PAYMENT_RECEIVED, "T1", (*legs, *rest))


@given(LEGS)
def test_a_reversal_leaves_every_account_as_it_was(legs):
    transaction = balanced(legs)

    mirror = reversal_of(transaction, reference="T2")

    assert mirror.reverses == "T1"
    assert not any(balances([transaction, mirror]).values())


@given(st.lists(LEGS, max_size=5))
def test_the_whole_ledger_adds_up_to_nothing_in_each_currency(batches):
    sums = balances(balanced(legs) for legs in batches)

    for currency in ("EUR", "CAD"):
        assert sum(amount for key, amount in sums.items() if key[1] == currency) == 0


def test_a_household_only_sees_its_own_entries():
    transaction = Transaction(
        Kind.INVOICE_ISSUED,
        "T1",
        (
            Entry(Account.FAMILY_RECEIVABLE, 700, "EUR", household="martin"),
            Entry(Account.FAMILY_RECEIVABLE, 300, "EUR", household="diallo"),
            Entry(Account.REVENUE, -1000, "EUR"),
        ),
    )

    owed = household_balance([transaction], household="martin", currency="EUR")

    assert owed == 700
    assert transaction.volume == 1000
