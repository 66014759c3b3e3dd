"""What an invoice on paper proves of who holds it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """The four facts that a family copies; `amount` is in major units."""

    emission_code: str
    reference: str
    amount: Decimal
    person_code: str


@dataclass(frozen=True, slots=True)
class InvoiceOwner:
    """Whose invoice it is: a household, and the person it is addressed to."""

    household_id: int
    person_code: str
