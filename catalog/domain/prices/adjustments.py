"""What changes the price after the rule: one class for each adjustment.

Adjustments run in the order written, each on the result of the one before, and
nothing is rounded between them. A new one is a new class and one line of
`ADJUSTMENTS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol, Self

from catalog.domain.prices.context import PriceContext
from catalog.domain.prices.methods import ZERO, Banded, Method
from catalog.domain.prices.trace import Step, number
from foundation.reading import Node

KIND = "adjustment"
UNIT, TOTAL = "unit", "total"


class Working(NamedTuple):
    """The price being made: its amount so far, and what it was made from.

    `reason` holds the adjustment's code, and its label or its first condition.
    `lowered` counts the bands that were already gone down.
    """

    amount: Decimal
    context: PriceContext
    method: Method
    reason: Mapping[str, str]
    lowered: int = 0

    def step(self, message: str, after: Decimal, **params: str) -> Step:
        """Return the step from the amount so far to `after`."""
        shown = {**self.reason, **params}
        return Step(KIND, message, shown, number(self.amount), number(after))


class Change(Protocol):
    """A way of changing the amount."""

    def apply(self, working: Working) -> tuple[Decimal, Step]:
        """Return the new amount and the step that explains it."""


class ChangeClass(Protocol):
    """What the table of adjustments holds."""

    def read(self, node: Node) -> Change:
        """Read the keys of the adjustment, noting problems in `node`."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Add an amount, or take one away, once or for each unit."""

    amount: Decimal
    per: str

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `amount`, below zero for a reduction, and `per`."""
        amount = node.decimal("amount", at_least=None)
        if amount is not None and amount.is_zero():
            node.refuse("amount", "changes_nothing")
        return cls(amount or ZERO, _read_per(node))

    def apply(self, working: Working) -> tuple[Decimal, Step]:
        """Add the amount."""
        added = _times(self.amount, self.per, working)
        after = working.amount + added
        message = "reduction_amount" if added < 0 else "supplement_amount"
        return after, working.step(message, after, amount=number(abs(added)))


@dataclass(frozen=True, slots=True)
class Percent:
    """Add a percentage of the amount so far, or take one away."""

    percent: Decimal

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `percent`: "50" for half more, "-25" for a quarter less."""
        percent = node.decimal("percent", at_least=Decimal(-100))
        if percent is not None and percent.is_zero():
            node.refuse("percent", "changes_nothing")
        return cls(percent or ZERO)

    def apply(self, working: Working) -> tuple[Decimal, Step]:
        """Add the percentage."""
        after = (working.amount * (100 + self.percent)).scaleb(-2)
        message = "reduction_percent" if self.percent < 0 else "supplement_percent"
        return after, working.step(message, after, percent=number(abs(self.percent)))


@dataclass(frozen=True, slots=True)
class Replace:
    """Put another price in place of the one found, once or for each unit."""

    amount: Decimal
    per: str

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `amount` and `per`."""
        return cls(node.decimal("amount") or ZERO, _read_per(node))

    def apply(self, working: Working) -> tuple[Decimal, Step]:
        """Return the price put in place."""
        after = _times(self.amount, self.per, working)
        return after, working.step("replaced", after)


@dataclass(frozen=True, slots=True)
class Free:
    """Charge nothing."""

    @classmethod
    def read(cls, _node: Node) -> Self:
        """Read nothing: there is nothing to set."""
        return cls()

    def apply(self, working: Working) -> tuple[Decimal, Step]:
        """Return zero."""
        return ZERO, working.step("free", ZERO)


@dataclass(frozen=True, slots=True)
class Limit:
    """Keep the price between two amounts, once or for each unit."""

    at_least: Decimal | None
    at_most: Decimal | None
    per: str

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `at_least`, `at_most`, one of them at least, and `per`."""
        at_least = node.decimal("at_least", required=False)
        at_most = node.decimal("at_most", required=False)
        if at_least is None and at_most is None and node.is_sound:
            node.refuse("", "no_limit")
        if at_least is not None and at_most is not None and at_most < at_least:
            node.refuse("at_most", "below_floor", floor=number(at_least))
        return cls(at_least, at_most, _read_per(node))

    def apply(self, working: Working) -> tuple[Decimal, Step]:
        """Return the amount, or the limit that it passes."""
        amount = working.amount
        if self.at_least is not None:
            lowest = _times(self.at_least, self.per, working)
            if amount < lowest:
                return lowest, working.step("at_least", lowest)
        if self.at_most is not None:
            highest = _times(self.at_most, self.per, working)
            if amount > highest:
                return highest, working.step("at_most", highest)
        return amount, working.step("within_limits", amount)


@dataclass(frozen=True, slots=True)
class BandBelow:
    """Charge the price of a band below, the lowest at least.

    It changes the price of a unit, so it runs before the quantity. A price without
    bands of quotient stays as it is, and the trace says so.
    """

    bands: int

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `bands`: how many bands below, one when it is absent."""
        return cls(node.integer("bands", required=False, at_least=1, at_most=20) or 1)

    def apply(self, working: Working) -> tuple[Decimal, Step]:
        """Return the price of the band below."""
        if not isinstance(working.method, Banded):
            return working.amount, working.step("no_band_below", working.amount)
        lower = working.lowered + self.bands
        after, bounds = working.method.price_below(working.context, lower)
        params = {"bands": str(self.bands), **bounds}
        return after, working.step("band_below", after, **params)


def _read_per(node: Node) -> str:
    return node.code("per", (TOTAL, UNIT), required=False) or TOTAL


def _times(amount: Decimal, per: str, working: Working) -> Decimal:
    return amount * working.context.quantity if per == UNIT else amount


ADJUSTMENTS: Mapping[str, ChangeClass] = {
    "amount": Amount,
    "percent": Percent,
    "replace": Replace,
    "zero": Free,
    "limit": Limit,
    "band_below": BandBelow,
}
