import pytest

from billing.domain.invoice_states import (
    FROZEN_STATES,
    INVOICE_STEPS,
    PAYABLE_STATES,
    InvoiceState,
    InvoiceStepError,
    can_step,
    state_after_payment,
    step,
)

S = InvoiceState


def test_every_state_has_its_row_in_the_table():
    assert set(INVOICE_STEPS) == set(InvoiceState)


def test_no_frozen_invoice_becomes_a_draft_again():
    assert not any(can_step(state, S.DRAFT) for state in FROZEN_STATES)


@pytest.mark.parametrize("state", [state for state in S if state is not S.DRAFT])
def test_every_issued_invoice_can_still_be_corrected(state):
    reachable, frontier = {state}, {state}
    while frontier:
        frontier = {step for known in frontier for step in INVOICE_STEPS[known]}
        frontier -= reachable
        reachable |= frontier

    assert S.CREDITED in reachable


def test_a_debit_is_pending_then_paid_then_may_come_back():
    state = step(S.OPEN, S.PAYMENT_PENDING)
    state = step(state, S.PAID)
    state = step(state, S.REOPENED)

    assert state in PAYABLE_STATES


def test_a_step_outside_the_table_is_refused_by_name():
    with pytest.raises(InvoiceStepError) as refusal:
        step(S.CREDITED, S.OPEN)

    assert "“credited”" in str(refusal.value)


@pytest.mark.parametrize(
    ("state", "settled", "expected"),
    [
        (S.OPEN, 1000, S.PAID),
        (S.OPEN, 400, S.OPEN),
        (S.PAYMENT_PENDING, 1000, S.PAID),
        (S.PAYMENT_PENDING, 400, S.OPEN),
        (S.PAID, 1000, S.PAID),
        (S.PAID, 400, S.REOPENED),
        (S.REOPENED, 1000, S.PAID),
    ],
)
def test_what_is_settled_decides_where_the_invoice_stands(state, settled, expected):
    assert state_after_payment(state, total=1000, settled=settled) is expected
