"""How a rule finds the price of one unit: one class for each method.

A new method is a new class and one line of `METHODS`: it reads its own keys, says
which facts it looks at, and returns the amount with the step that explains it.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import ClassVar, Protocol, Self

from catalog.domain.prices.context import Booking, PriceContext, Residence
from catalog.domain.prices.errors import MissingFactError, OutsideGridError
from catalog.domain.prices.trace import Step, number
from foundation.reading import WEEKDAYS, Node

BASE = "base"
ZERO = Decimal(0)
REFUSE = "refuse"


class Method(Protocol):
    """A way of finding the price of one unit, not rounded."""

    @property
    def facts(self) -> frozenset[str]:
        """The facts of the context that the price depends on."""

    def unit_price(self, context: PriceContext) -> tuple[Decimal, Step]:
        """Return the price of one unit and the step that explains it."""


class MethodClass(Protocol):
    """What the table of methods holds."""

    def read(self, node: Node) -> Method:
        """Read the keys of the method, noting problems in `node`."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """One price for everybody."""

    amount: Decimal
    facts: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `amount`."""
        return cls(node.decimal("amount") or ZERO)

    def unit_price(self, _context: PriceContext) -> tuple[Decimal, Step]:
        """Return the amount."""
        return self.amount, Step(BASE, "fixed", {}, None, number(self.amount))


@dataclass(frozen=True, slots=True)
class Band:
    """A price for a quotient from `start`, included, until `until`, excluded."""

    start: Decimal
    until: Decimal | None
    amount: Decimal

    @property
    def params(self) -> dict[str, str]:
        """The bounds, for the trace."""
        bounds = {"from": number(self.start)}
        return bounds if self.until is None else bounds | {"until": number(self.until)}


@dataclass(frozen=True, slots=True)
class QuotientBands:
    """A price by band of quotient; without quotient, that of the highest band."""

    bands: tuple[Band, ...]
    starts: tuple[Decimal, ...]
    without_quotient: str
    facts: ClassVar[frozenset[str]] = frozenset({"quotient"})

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `bands`, which must touch, and `without_quotient`."""
        bands = tuple(_read_band(child) for child in node.children("bands"))
        if node.is_sound:
            _check_bands(node, bands)
        without = node.code(
            "without_quotient", ("highest_band", REFUSE), required=False
        )
        starts = tuple(band.start for band in bands)
        return cls(bands, starts, without or "highest_band")

    def unit_price(self, context: PriceContext) -> tuple[Decimal, Step]:
        """Return the price of the band that holds the quotient."""
        quotient = context.quotient
        if quotient is None:
            return self._highest()
        index = bisect_right(self.starts, quotient) - 1
        band = self.bands[index]
        if index < 0 or (band.until is not None and quotient >= band.until):
            raise OutsideGridError(fact="quotient", value=number(quotient))
        params = {"quotient": number(quotient), **band.params}
        message = "quotient_band" if band.until is not None else "quotient_last_band"
        return band.amount, Step(BASE, message, params, None, number(band.amount))

    def _highest(self) -> tuple[Decimal, Step]:
        if self.without_quotient == REFUSE:
            raise MissingFactError(fact="quotient")
        band = self.bands[-1]
        message = "quotient_unknown_highest_band"
        return band.amount, Step(BASE, message, band.params, None, number(band.amount))


def _read_band(node: Node) -> Band:
    start = node.decimal("from", required=False)
    until = node.decimal("until", required=False)
    amount = node.decimal("amount")
    node.close()
    return Band(start or ZERO, until, amount or ZERO)


def _check_bands(node: Node, bands: tuple[Band, ...]) -> None:
    previous: Decimal | None = None
    for index, band in enumerate(bands):
        key = f"bands[{index}]"
        if band.until is not None and band.until <= band.start:
            node.refuse(f"{key}.until", "not_after_from", start=number(band.start))
        if index and previous is None:
            node.refuse(f"bands[{index - 1}].until", "only_last_band_is_open")
        elif previous is not None and band.start != previous:
            reason = "band_overlaps" if band.start < previous else "hole_before_band"
            node.refuse(f"{key}.from", reason, expected=number(previous))
        previous = band.until


@dataclass(frozen=True, slots=True)
class EffortRate:
    """A percentage of the quotient, with a floor and a ceiling [taux d'effort]."""

    rate: Decimal
    floor: Decimal
    ceiling: Decimal | None
    without_quotient: str
    facts: ClassVar[frozenset[str]] = frozenset({"quotient"})

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `rate` in percent, `floor`, `ceiling`, `without_quotient`."""
        rate = node.decimal("rate")
        floor = node.decimal("floor", required=False) or ZERO
        ceiling = node.decimal("ceiling", required=False)
        without = node.code("without_quotient", ("ceiling", REFUSE), required=False)
        if ceiling is not None and ceiling < floor:
            node.refuse("ceiling", "below_floor", floor=number(floor))
        if ceiling is None and without == "ceiling":
            node.refuse("without_quotient", "no_ceiling")
        default = REFUSE if ceiling is None else "ceiling"
        return cls(rate or ZERO, floor, ceiling, without or default)

    def unit_price(self, context: PriceContext) -> tuple[Decimal, Step]:
        """Return the rate of the quotient, kept between floor and ceiling."""
        quotient = context.quotient
        if quotient is None:
            return self._without()
        asked = (quotient * self.rate).scaleb(-2)
        amount, message = self._bounded(asked)
        params = {
            "quotient": number(quotient),
            "rate": number(self.rate),
            "asked": number(asked),
        }
        return amount, Step(BASE, message, params, None, number(amount))

    def _bounded(self, asked: Decimal) -> tuple[Decimal, str]:
        if asked < self.floor:
            return self.floor, "effort_rate_floor"
        if self.ceiling is not None and asked > self.ceiling:
            return self.ceiling, "effort_rate_ceiling"
        return asked, "effort_rate"

    def _without(self) -> tuple[Decimal, Step]:
        if self.ceiling is None or self.without_quotient == REFUSE:
            raise MissingFactError(fact="quotient")
        amount = number(self.ceiling)
        params = {"rate": number(self.rate)}
        message = "quotient_unknown_ceiling"
        return self.ceiling, Step(BASE, message, params, None, amount)


#: The facts a table may be read by, with the codes they can take.
TABLE_KEYS: Mapping[str, tuple[str, ...] | None] = {
    "residence": tuple(Residence),
    "booking": tuple(Booking),
    "weekday": WEEKDAYS,
    "situation": None,
    "variant": None,
}


@dataclass(frozen=True, slots=True)
class Table:
    """A price for each residence, situation, variant, weekday or booking."""

    by: str
    amounts: Mapping[str, Decimal]

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
        params = {"by": self.by, "value": str(code)}
        return amount, Step(BASE, "table", params, None, number(amount))


METHODS: Mapping[str, MethodClass] = {
    "fixed": Fixed,
    "quotient_bands": QuotientBands,
    "effort_rate": EffortRate,
    "table": Table,
}
