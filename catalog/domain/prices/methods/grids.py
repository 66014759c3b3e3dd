"""Prices by band: of the quotient, or of another number, hour or day."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from operator import attrgetter
from typing import Any, Protocol, Self

from catalog.domain.prices.conditions import CONDITIONS
from catalog.domain.prices.context import PriceContext
from catalog.domain.prices.errors import MissingFactError, OutsideGridError
from catalog.domain.prices.methods.base import (
    REFUSE,
    ZERO,
    Banded,
    Columns,
    base_step,
    read_cells,
    read_columns,
)
from catalog.domain.prices.trace import Step, number
from foundation.reading import Node

#: The facts, besides the quotient, that a grid may be read by.
BAND_FACTS = (
    "minutes",
    "quantity",
    "days_a_week",
    "child_rank",
    "children_registered",
    "children_present",
    "present_rank",
    "occurrence",
    "starts",
    "ends",
    "day",
)


class Bounded(Protocol):
    """A band from `start`, included, until `until`, excluded."""

    @property
    def start(self) -> Any:
        """The first value of the band; None when it has no beginning."""

    @property
    def until(self) -> Any:
        """The first value after it; None when it has no end."""


def bounds_of(start: Any, until: Any) -> dict[str, str]:
    """Return the bounds of a band, for the trace: written once, when it is read."""
    bounds = {"from": shown(start), "until": shown(until)}
    return {key: value for key, value in bounds.items() if value}


def shown(value: Decimal | date | time | int | None) -> str:
    """Write a bound of a band as plain text; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return number(value)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def band_of(bands: Sequence[Bounded], starts: Sequence[Any], value: Any) -> int:
    """Return the position of the band that holds a value, or -1 outside of them."""
    index = bisect_right(starts, value) - 1
    if index < 0:
        return -1
    until = bands[index].until
    return -1 if until is not None and value >= until else index


def check_bands(node: Node, bands: Sequence[Bounded]) -> None:
    """Refuse bands that overlap, leave a hole, or end before they start."""
    previous: Any = None
    for index, band in enumerate(bands):
        key = f"bands[{index}]"
        if None not in (band.start, band.until) and band.until <= band.start:
            node.refuse(f"{key}.until", "not_after_from", start=shown(band.start))
        if index and previous is None:
            node.refuse(f"bands[{index - 1}].until", "only_last_band_is_open")
        elif previous is not None and band.start != previous:
            overlaps = band.start is None or band.start < previous
            reason = "band_overlaps" if overlaps else "hole_before_band"
            node.refuse(f"{key}.from", reason, expected=shown(previous))
        previous = band.until


@dataclass(frozen=True, slots=True)
class Band:
    """The prices of a band: one, or one for each column."""

    start: Any
    until: Any
    amounts: tuple[Decimal, ...]
    bounds: Mapping[str, str]

    @property
    def amount(self) -> Decimal:
        """The price, that of the first column when there are several."""
        return self.amounts[0]


@dataclass(frozen=True, slots=True)
class QuotientBands(Banded):
    """A price by band of quotient; without quotient, that of the highest band."""

    bands: tuple[Band, ...]
    starts: tuple[Decimal, ...]
    without_quotient: str
    columns: Columns | None

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `bands`, which must touch, `columns` and `without_quotient`."""
        columns = read_columns(node)
        bands = _read_bands(node, columns, _quotient, ZERO)
        without = node.code(
            "without_quotient", ("highest_band", REFUSE), required=False
        )
        starts = tuple(band.start for band in bands)
        return cls(bands, starts, without or "highest_band", columns)

    @property
    def facts(self) -> frozenset[str]:
        """The quotient, and what the columns count."""
        return frozenset({"quotient"} | ({self.columns.by} if self.columns else set()))

    def unit_price(self, context: PriceContext) -> tuple[Decimal, Step]:
        """Return the price of the band that holds the quotient."""
        band = self.bands[self._position(context)]
        amount = _cell(band, self.columns, context)
        quotient = context.quotient
        if quotient is None:
            message = "quotient_unknown_highest_band"
            return amount, base_step(message, amount, **band.bounds)
        params = {"quotient": number(quotient), **band.bounds}
        message = "quotient_band" if band.until is not None else "quotient_last_band"
        return amount, base_step(message, amount, **params)

    def price_below(
        self, context: PriceContext, lower: int
    ) -> tuple[Decimal, Mapping[str, str]]:
        """Return the price some bands below."""
        band = self.bands[max(self._position(context) - lower, 0)]
        return _cell(band, self.columns, context), band.bounds

    def _position(self, context: PriceContext) -> int:
        quotient = context.quotient
        if quotient is not None:
            index = band_of(self.bands, self.starts, quotient)
            if index < 0:
                raise OutsideGridError(fact="quotient", value=number(quotient))
            return index
        if self.without_quotient == REFUSE:
            raise MissingFactError(fact="quotient")
        return len(self.bands) - 1


@dataclass(frozen=True, slots=True)
class Bands:
    """A price by band of a duration, an hour, a day, a number of children..."""

    of: str
    bands: tuple[Band, ...]
    starts: tuple[Any, ...]
    columns: Columns | None

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `of`, the fact looked at, `bands`, which must touch, and `columns`."""
        of = node.code("of", BAND_FACTS) or BAND_FACTS[0]
        columns = read_columns(node)
        kind = CONDITIONS[of]
        bands = _read_bands(node, columns, kind.bound or _quotient, kind.lowest)
        # Without a first bound, a grid of days begins before any of them.
        starts = tuple(date.min if each.start is None else each.start for each in bands)
        return cls(of, bands, starts, columns)

    @property
    def facts(self) -> frozenset[str]:
        """The fact looked at, and what the columns count."""
        return frozenset({self.of} | ({self.columns.by} if self.columns else set()))

    def unit_price(self, context: PriceContext) -> tuple[Decimal, Step]:
        """Return the price of the band that holds the fact."""
        value = attrgetter(self.of)(context)
        if value is None:
            raise MissingFactError(fact=self.of)
        index = band_of(self.bands, self.starts, value)
        if index < 0:
            raise OutsideGridError(fact=self.of, value=shown(value))
        band = self.bands[index]
        amount = _cell(band, self.columns, context)
        params = {"of": self.of, "value": shown(value), **band.bounds}
        return amount, base_step("band", amount, **params)


def _quotient(node: Node, key: str) -> Decimal | None:
    return node.decimal(key, required=False)


def _read_bands(
    node: Node,
    columns: Columns | None,
    bound: Callable[[Node, str], Any],
    lowest: Any,
) -> tuple[Band, ...]:
    bands = tuple(
        _read_band(child, columns, bound, lowest) for child in node.children("bands")
    )
    if node.is_sound:
        check_bands(node, bands)
        _check_widths(node, bands)
    return bands


def _read_band(
    node: Node,
    columns: Columns | None,
    bound: Callable[[Node, str], Any],
    lowest: Any,
) -> Band:
    start, until = bound(node, "from"), bound(node, "until")
    amounts = read_cells(node, columns, "amount", "amounts")
    node.close()
    first = lowest if start is None else start
    return Band(first, until, amounts, bounds_of(first, until))


def _check_widths(node: Node, bands: Sequence[Band]) -> None:
    for index, band in enumerate(bands):
        if len(band.amounts) != len(bands[0].amounts):
            expected = str(len(bands[0].amounts))
            node.refuse(f"bands[{index}].amounts", "columns_differ", expected=expected)


def _cell(band: Band, columns: Columns | None, context: PriceContext) -> Decimal:
    return columns.pick(band.amounts, context) if columns else band.amounts[0]
