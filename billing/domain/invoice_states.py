"""The life of an invoice: every step that is allowed, and no other."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from billing.domain.errors import BillingError, gettext_noop


class InvoiceState(StrEnum):
    """Where an invoice stands."""

    DRAFT = "draft"
    ISSUED = "issued"
    OPEN = "open"
    PAYMENT_PENDING = "pending"
    PAID = "paid"
    REOPENED = "reopened"
    CREDITED = "credited"


class InvoiceStepError(BillingError):
    """The invoice cannot go from where it stands to where it is sent."""

    code = "invoice_step"
    sentence = gettext_noop(
        "This invoice is “%(state)s” and cannot become “%(target)s”. "
        "Reload the page to see where it stands."
    )


_S = InvoiceState

INVOICE_STEPS: Final[Mapping[InvoiceState, frozenset[InvoiceState]]] = {
    # Numbered and frozen; its PDF and its posting follow.
    _S.DRAFT: frozenset({_S.ISSUED}),
    # Families see it once it is open. A total of nothing is paid at once.
    _S.ISSUED: frozenset({_S.OPEN, _S.PAID, _S.CREDITED}),
    _S.OPEN: frozenset({_S.PAYMENT_PENDING, _S.PAID, _S.CREDITED}),
    # A debit was sent: it succeeds, or the invoice is due again.
    _S.PAYMENT_PENDING: frozenset({_S.PAID, _S.OPEN, _S.REOPENED}),
    # Banks return debits for 13 months, and cards are disputed.
    _S.PAID: frozenset({_S.REOPENED, _S.CREDITED}),
    _S.REOPENED: frozenset({_S.PAYMENT_PENDING, _S.PAID, _S.CREDITED}),
    # Corrected in full by a credit note: nothing more can happen.
    _S.CREDITED: frozenset(),
}

FROZEN_STATES: Final = frozenset(InvoiceState) - {InvoiceState.DRAFT}
"""States in which lines, totals and number can no longer change."""

PAYABLE_STATES: Final = frozenset({InvoiceState.OPEN, InvoiceState.REOPENED})
"""States in which a family may start a payment."""


def can_step(state: InvoiceState, target: InvoiceState) -> bool:
    """Tell whether the step is allowed."""
    return target in INVOICE_STEPS[state]


def step(state: InvoiceState, target: InvoiceState) -> InvoiceState:
    """Return the target state. Raises InvoiceStepError when the table has no step."""
    if not can_step(state, target):
        raise InvoiceStepError(state=state, target=target)
    return target


def state_after_payment(
    state: InvoiceState, *, total: int, settled: int
) -> InvoiceState:
    """Return where an invoice stands once `settled` minor units are allocated to it.

    A part-payment leaves it payable: a pending one comes back to open.
    """
    if settled >= total:
        return state if state is InvoiceState.PAID else step(state, InvoiceState.PAID)
    if state is InvoiceState.PAID:
        return step(state, InvoiceState.REOPENED)
    if state is InvoiceState.PAYMENT_PENDING:
        return step(state, InvoiceState.OPEN)
    return state
