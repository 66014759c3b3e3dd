"""Prices that need no grid: one amount, an amount by code, the session's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import ClassVar, Self

from catalog.domain.prices.context import (
    Booking,
    DayKind,
    PriceContext,
    Regime,
    Residence as ResidenceCode,
)
from catalog.domain.prices.errors import MissingFactError, OutsideGridError
from catalog.domain.prices.methods.base import (
    ZERO,
    Columns,
    base_step,
    read_cells,
    read_columns,
)
from catalog.domain.prices.trace import Step
from foundation.reading import WEEKDAYS, Node


@dataclass(frozen=True, slots=True)
class Fixed:
    """One price for everybody."""

    amount: Decimal
    facts: ClassVar[frozenset[str]] = frozenset()
    columns: ClassVar[None] = None

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `amount`."""
        return cls(node.decimal("amount") or ZERO)

    def unit_price(self, _context: PriceContext) -> tuple[Decimal, Step]:
        """Return the amount."""
        return self.amount, base_step("fixed", self.amount)


@dataclass(frozen=True, slots=True)
class ByChild:
    """A price for the first child, the second, and so on; the last for more."""

    columns: Columns
    amounts: tuple[Decimal, ...]

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `columns`, the fact that is counted, and `amounts` in order."""
        columns = read_columns(node)
        if columns is None:
            node.has("amounts")
            if not node.has("columns"):
                node.refuse("columns", "missing")
            return cls(Columns("child_rank"), (ZERO,))
        return cls(columns, read_cells(node, columns, "amount", "amounts"))

    @property
    def facts(self) -> frozenset[str]:
        """The fact that is counted."""
        return frozenset({self.columns.by})

    def unit_price(self, context: PriceContext) -> tuple[Decimal, Step]:
        """Return the amount of the column."""
        amount = self.columns.pick(self.amounts, context)
        return amount, base_step("fixed", amount)


@dataclass(frozen=True, slots=True)
class SessionAmount:
    """The amount that the session itself carries: an outing, a show."""

    otherwise: Decimal | None
    facts: ClassVar[frozenset[str]] = frozenset({"session_amount"})
    columns: ClassVar[None] = None

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `otherwise`, the price of sessions that carry none."""
        return cls(node.decimal("otherwise", required=False))

    def unit_price(self, context: PriceContext) -> tuple[Decimal, Step]:
        """Return the session's amount, or the one published for those without."""
        amount = context.session_amount
        if amount is not None:
            return amount, base_step("session_amount", amount)
        if self.otherwise is None:
            raise MissingFactError(fact="session_amount")
        return self.otherwise, base_step("session_without_amount", self.otherwise)


#: The facts a table may be read by, with the codes they can take.
TABLE_KEYS: Mapping[str, tuple[str, ...] | None] = {
    "residence": tuple(ResidenceCode),
    "booking": tuple(Booking),
    "weekday": WEEKDAYS,
    "situation": None,
    "variant": None,
    "regime": tuple(Regime),
    "period_kind": tuple(DayKind),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A price for each residence, situation, variant, weekday, regime or booking."""

    by: str
    amounts: Mapping[str, Decimal]
    columns: ClassVar[None] = None

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `by`, then `amounts` by code."""
        by = node.choice("by", tuple(TABLE_KEYS))
        child = node.child("amounts")
        if by is None or child is None:
            return cls("residence", {})
        allowed = TABLE_KEYS[by]
        amounts: dict[str, Decimal] = {}
        for key in child.all_keys():
            if allowed is not None and key not in allowed:
                child.refuse(key, "not_allowed", value=key, allowed=", ".join(allowed))
            amounts[key] = child.decimal(key) or ZERO
        if not amounts and child.is_sound:
            child.refuse("", "empty_table")
        return cls(by, amounts)

    @property
    def facts(self) -> frozenset[str]:
        """The fact the table is read by."""
        return frozenset({"day" if self.by == "weekday" else self.by})

    def unit_price(self, context: PriceContext) -> tuple[Decimal, Step]:
        """Return the price that stands in front of the code."""
        code = attrgetter(self.by)(context)
        if code is None:
            raise MissingFactError(fact=self.by)
        amount = self.amounts.get(code)
        if amount is None:
            raise OutsideGridError(fact=self.by, value=str(code))
        return amount, base_step("table", amount, by=self.by, value=str(code))
