"""What an invoice says before it is numbered: its lines and how they add up.

Each line is rounded, because that is what people check with a pen. Taxes are
computed once per rate on the sum of its lines, never line by line. The same draft
serves a credit note: its lines are those of the invoice, the sign changed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from billing.domain.errors import BillingError, gettext_noop
from billing.domain.postings import Amounts
from foundation.money import Money

_PERCENT: Final = Decimal(100)


class DraftRefusedError(BillingError):
    """A draft that could not be issued."""

    code = "draft"
    sentence = gettext_noop("This invoice cannot be prepared: %(reason)s.")


class TaxCategory(StrEnum):
    """Why a line bears tax or not (codes of EN 16931)."""

    STANDARD = "S"
    EXEMPT = "E"
    OUTSIDE_SCOPE = "O"


@dataclass(frozen=True, slots=True)
class Tax:
    """One tax on a line: its code for the accountant and its rate in percent."""

    code: str
    rate: Decimal


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One priced line. `unit_price` is in major units and may hold many decimals.

    `exemption` is the reason of an exempt line, the article of a law mostly. `trace`
    tells why this price, a sentence for each step. `charge` is the public
    identifier of what is billed, so that nothing is billed twice.
    """

    description: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    currency: str
    revenue_code: str
    category: TaxCategory = TaxCategory.OUTSIDE_SCOPE
    taxes: tuple[Tax, ...] = ()
    exemption: str = ""
    child: str = ""
    charge: str = ""
    trace: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a line whose taxes contradict its category."""
        if bool(self.taxes) != (self.category is TaxCategory.STANDARD):
            raise DraftRefusedError(
                reason=gettext_noop("a line bears taxes that its category excludes")
            )
        if bool(self.exemption) != (self.category is TaxCategory.EXEMPT):
            raise DraftRefusedError(
                reason=gettext_noop("an exempt line says why, and no other does")
            )

    @property
    def amount(self) -> Money:
        """The price before taxes, rounded to the cent."""
        return Money.from_decimal(self.quantity * self.unit_price, self.currency)


@dataclass(frozen=True, slots=True)
class TaxTotal:
    """One tax over the whole document, in minor units."""

    tax: Tax
    base: int
    amount: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What the lines come to, in minor units."""

    subtotal: int
    taxes: tuple[TaxTotal, ...]
    currency: str

    @property
    def total(self) -> int:
        """The amount to pay, taxes included."""
        return self.subtotal + sum(tax.amount for tax in self.taxes)


@dataclass(frozen=True, slots=True)
class InvoiceDraft:
    """An invoice, or a credit note, ready to be numbered.

    `household` and `addressee` are public identifiers; `corrects` is the number of
    the invoice that a credit note corrects.
    """

    household: str
    addressee: str
    currency: str
    lines: tuple[InvoiceLine, ...]
    dated_on: date
    due_on: date
    corrects: str = ""

    def __post_init__(self) -> None:
        """Refuse an empty draft, mixed currencies, or a debt due before its date."""
        if not self.lines:
            raise DraftRefusedError(reason=gettext_noop("it has no line"))
        if any(line.currency != self.currency for line in self.lines):
            raise DraftRefusedError(reason=gettext_noop("it mixes currencies"))
        if self.due_on < self.dated_on:
            raise DraftRefusedError(reason=gettext_noop("it is due before its date"))

    @property
    def totals(self) -> Totals:
        """The subtotal, each tax and the total."""
        return totals_of(self.lines, currency=self.currency)

    @property
    def amounts(self) -> Amounts:
        """The same amounts by revenue code and by tax, for the ledger."""
        revenue: defaultdict[str, int] = defaultdict(int)
        for line in self.lines:
            revenue[line.revenue_code] += line.amount.minor
        taxes: defaultdict[str, int] = defaultdict(int)
        for part in self.totals.taxes:
            taxes[part.tax.code] += part.amount
        return Amounts(dict(revenue), dict(taxes))


def exemptions_of(lines: Iterable[InvoiceLine]) -> list[str]:
    """Return why lines bear no tax: each reason once, in the order of the lines."""
    return list(dict.fromkeys(line.exemption for line in lines if line.exemption))


def totals_of(lines: Iterable[InvoiceLine], *, currency: str) -> Totals:
    """Add up lines; each tax is rounded once, on the sum of what bears it.

    Several taxes on a line all apply to the price before taxes, none to another.
    """
    subtotal = 0
    bases: defaultdict[Tax, int] = defaultdict(int)
    for line in lines:
        amount = line.amount.minor
        subtotal += amount
        for tax in line.taxes:
            bases[tax] += amount
    taxes = tuple(
        TaxTotal(tax, base, _tax_amount(tax, Money(base, currency)))
        for tax, base in bases.items()
    )
    return Totals(subtotal, taxes, currency)


def credit_of(
    draft: InvoiceDraft,
    *,
    number: str,
    dated_on: date,
    charges: frozenset[str] = frozenset(),
) -> InvoiceDraft:
    """Return the credit note of an issued invoice, whole or for some charges only.

    Quantities change sign, so totals do too. Raises DraftRefusedError when none of
    the charges is on the invoice.
    """
    kept = (line for line in draft.lines if not charges or line.charge in charges)
    lines = tuple(replace(line, quantity=-line.quantity) for line in kept)
    return replace(
        draft, lines=lines, dated_on=dated_on, due_on=dated_on, corrects=number
    )


def _tax_amount(tax: Tax, base: Money) -> int:
    exact = base.decimal * tax.rate / _PERCENT
    return Money.from_decimal(exact, base.currency).minor
