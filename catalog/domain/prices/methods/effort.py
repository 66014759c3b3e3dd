"""A percentage of the quotient, kept between a floor and a ceiling [taux d'effort]."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

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
from catalog.domain.prices.methods.grids import band_of, bounds_of, check_bands
from catalog.domain.prices.trace import Step, number
from foundation.reading import Node


@dataclass(frozen=True, slots=True)
class Effort:
    """Rates in percent, one or one for each column, with their bounds."""

    rates: tuple[Decimal, ...]
    floor: Decimal
    ceiling: Decimal | None

    @property
    def rate(self) -> Decimal:
        """The rate, that of the first column when there are several."""
        return self.rates[0]

    def ask(self, quotient: Decimal, rate: Decimal) -> tuple[Decimal, Decimal, str]:
        """Return the price, what the rate alone would ask, and which bound applied."""
        asked = (quotient * rate).scaleb(-2)
        if asked < self.floor:
            return self.floor, asked, "_floor"
        if self.ceiling is not None and asked > self.ceiling:
            return self.ceiling, asked, "_ceiling"
        return asked, asked, ""

    def pick(self, columns: Columns | None, context: PriceContext) -> Decimal:
        """Return the rate of a child."""
        return columns.pick(self.rates, context) if columns else self.rates[0]


def _read_effort(node: Node, columns: Columns | None) -> Effort:
    rates = read_cells(node, columns, "rate", "rates")
    floor = node.decimal("floor", required=False) or ZERO
    ceiling = node.decimal("ceiling", required=False)
    if ceiling is not None and ceiling < floor:
        node.refuse("ceiling", "below_floor", floor=number(floor))
    return Effort(rates, floor, ceiling)


def _read_without(node: Node, ceiling: Decimal | None) -> str:
    without = node.code("without_quotient", ("ceiling", REFUSE), required=False)
    if ceiling is None and without == "ceiling":
        node.refuse("without_quotient", "no_ceiling")
    return without or (REFUSE if ceiling is None else "ceiling")


def _without_quotient(effort: Effort, without: str, rate: Decimal) -> Step:
    if effort.ceiling is None or without == REFUSE:
        raise MissingFactError(fact="quotient")
    return base_step("quotient_unknown_ceiling", effort.ceiling, rate=number(rate))


def _facts(columns: Columns | None) -> frozenset[str]:
    return frozenset({"quotient"} | ({columns.by} if columns else set()))


@dataclass(frozen=True, slots=True)
class EffortRate:
    """One percentage of the quotient for everybody, or one for each child."""

    effort: Effort
    without_quotient: str
    columns: Columns | None

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `rate` in percent, or `columns` and `rates`, `floor`, `ceiling`."""
        columns = read_columns(node)
        effort = _read_effort(node, columns)
        return cls(effort, _read_without(node, effort.ceiling), columns)

    @property
    def facts(self) -> frozenset[str]:
        """The quotient, and what the columns count."""
        return _facts(self.columns)

    def unit_price(self, context: PriceContext) -> tuple[Decimal, Step]:
        """Return the rate of the quotient, kept between floor and ceiling."""
        rate = self.effort.pick(self.columns, context)
        quotient = context.quotient
        if quotient is None:
            step = _without_quotient(self.effort, self.without_quotient, rate)
            return self.effort.ceiling or ZERO, step
        amount, asked, bound = self.effort.ask(quotient, rate)
        return amount, base_step(
            f"effort_rate{bound}",
            amount,
            quotient=number(quotient),
            rate=number(rate),
            asked=number(asked),
        )


@dataclass(frozen=True, slots=True)
class EffortBand:
    """The rates of the quotients from `start`, included, until `until`, excluded."""

    start: Decimal
    until: Decimal | None
    effort: Effort
    bounds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EffortBands(Banded):
    """A rate, a floor and a ceiling for each band of quotient."""

    bands: tuple[EffortBand, ...]
    starts: tuple[Decimal, ...]
    without_quotient: str
    columns: Columns | None

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `bands`, which must touch, `columns` and `without_quotient`."""
        columns = read_columns(node)
        bands = tuple(_read_band(child, columns) for child in node.children("bands"))
        if node.is_sound:
            check_bands(node, bands)
            _check_widths(node, bands)
        last = bands[-1].effort.ceiling if bands else None
        starts = tuple(band.start for band in bands)
        return cls(bands, starts, _read_without(node, last), columns)

    @property
    def facts(self) -> frozenset[str]:
        """The quotient, and what the columns count."""
        return _facts(self.columns)

    def unit_price(self, context: PriceContext) -> tuple[Decimal, Step]:
        """Return the rate of the quotient's band, kept between its bounds."""
        quotient = context.quotient
        if quotient is None:
            last = self.bands[-1].effort
            rate = last.pick(self.columns, context)
            step = _without_quotient(last, self.without_quotient, rate)
            return last.ceiling or ZERO, step
        band = self.bands[self._position(quotient)]
        rate = band.effort.pick(self.columns, context)
        amount, asked, bound = band.effort.ask(quotient, rate)
        return amount, base_step(
            f"effort_band{bound}",
            amount,
            quotient=number(quotient),
            rate=number(rate),
            asked=number(asked),
            **band.bounds,
        )

    def price_below(
        self, context: PriceContext, lower: int
    ) -> tuple[Decimal, Mapping[str, str]]:
        """Return what the rate of a lower band asks of the same quotient.

        Without quotient, it is the ceiling of that band, when it has one.
        """
        quotient = context.quotient
        here = len(self.bands) - 1 if quotient is None else self._position(quotient)
        band = self.bands[max(here - lower, 0)]
        if quotient is not None:
            rate = band.effort.pick(self.columns, context)
            return band.effort.ask(quotient, rate)[0], band.bounds
        if band.effort.ceiling is None:
            raise MissingFactError(fact="quotient")
        return band.effort.ceiling, band.bounds

    def _position(self, quotient: Decimal) -> int:
        index = band_of(self.bands, self.starts, quotient)
        if index < 0:
            raise OutsideGridError(fact="quotient", value=number(quotient))
        return index


def _read_band(node: Node, columns: Columns | None) -> EffortBand:
    start = node.decimal("from", required=False)
    until = node.decimal("until", required=False)
    effort = _read_effort(node, columns)
    node.close()
    first = start or ZERO
    return EffortBand(first, until, effort, bounds_of(first, until))


def _check_widths(node: Node, bands: Sequence[EffortBand]) -> None:
    for index, band in enumerate(bands):
        if len(band.effort.rates) != len(bands[0].effort.rates):
            expected = str(len(bands[0].effort.rates))
            node.refuse(f"bands[{index}].rates", "columns_differ", expected=expected)
