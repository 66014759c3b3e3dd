"""What is asked beside the prices of a basket, told by who bills it."""

from dataclasses import dataclass

from foundation.money import Money


@dataclass(frozen=True, slots=True)
class Extra:
    """One amount that the invoice adds, a tax; or takes off, a ceiling."""

    label: str
    amount: Money
