"""The price of a rule in words: one price, or a grid with its columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from catalog.domain.prices.adjustments import (
    Amount,
    BandBelow,
    Change,
    Free,
    Limit,
    Percent,
    Replace,
)
from catalog.domain.prices.methods import (
    REFUSE,
    Bands,
    ByChild,
    Effort,
    EffortBands,
    EffortRate,
    Fixed,
    Linear,
    Method,
    QuotientBands,
    SessionAmount,
    Table,
)
from catalog.services.price_names import NAMES
from catalog.services.rule_wording import (
    capital,
    say_band,
    say_code,
    say_columns,
    say_money,
    say_number,
    say_rates,
)

MINUS = "−"  # noqa: RUF001 - a true minus.


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One line of a price list: one price, or one for each column."""

    label: str
    prices: tuple[str, ...]

    @property
    def price(self) -> str:
        """The prices on one line."""
        return " / ".join(self.prices)


@dataclass(frozen=True, slots=True)
class Grid:
    """The prices of a rule. `columns` are the heads, when there are several.

    A grid of one row without label is one price for everybody it is for.
    """

    head: str
    rows: tuple[PriceRow, ...]
    columns: tuple[str, ...] = ()
    remark: str = ""


def grid_of(method: Method, currency: str, situations: Mapping[str, str]) -> Grid:
    """Return the prices of a rule in words; `situations` are names by code."""
    if isinstance(method, Table):
        return _table(method, currency, situations)
    return _GRIDS[type(method)](method, currency)


def say_change(change: Change, currency: str) -> str:
    """Return what an adjustment does: "+ €2.50 for each unit"."""
    said = _CHANGES[type(change)](change, currency)
    if getattr(change, "per", "") == "unit":
        return _("%(change)s for each unit") % {"change": said}
    return said


def _amount(change: Amount, currency: str) -> str:
    sign = MINUS if change.amount < 0 else "+"
    return f"{sign} {say_money(abs(change.amount), currency)}"


def _percent(change: Percent, _currency: str) -> str:
    sign = MINUS if change.percent < 0 else "+"
    return f"{sign} {say_number(abs(change.percent))} %"


def _replace(change: Replace, currency: str) -> str:
    return _("%(amount)s instead") % {"amount": say_money(change.amount, currency)}


def _band_below(change: BandBelow, _currency: str) -> str:
    if change.bands == 1:
        return _("the price of the band below")
    return _("the price %(count)s bands below") % {"count": change.bands}


def _limits(limit: Limit, currency: str) -> str:
    said = []
    if limit.at_least is not None:
        least = say_money(limit.at_least, currency)
        said.append(_("at least %(amount)s") % {"amount": least})
    if limit.at_most is not None:
        most = say_money(limit.at_most, currency)
        said.append(_("at most %(amount)s") % {"amount": most})
    return ", ".join(said)


def _one(price: str) -> Grid:
    return Grid("", (PriceRow("", (price,)),))


def _row(label: str, amounts: Sequence[Decimal], currency: str) -> PriceRow:
    return PriceRow(label, tuple(say_money(each, currency) for each in amounts))


def _fixed(method: Fixed, currency: str) -> Grid:
    return _one(say_money(method.amount, currency))


def _by_child(method: ByChild, currency: str) -> Grid:
    heads = say_columns(method.columns.by, len(method.amounts))
    return Grid("", (_row("", method.amounts, currency),), heads)


def _table(method: Table, currency: str, situations: Mapping[str, str]) -> Grid:
    rows = tuple(
        _row(say_code(method.by, code, situations), [amount], currency)
        for code, amount in method.amounts.items()
    )
    return Grid(_("Category"), rows)


def _bands(method: QuotientBands | Bands, currency: str) -> Grid:
    rows = tuple(
        _row(say_band(band.start, band.until), band.amounts, currency)
        for band in method.bands
    )
    heads: tuple[str, ...] = ()
    if method.columns is not None:
        heads = say_columns(method.columns.by, len(method.bands[0].amounts))
    if isinstance(method, Bands):
        return Grid(capital(str(NAMES[method.of])), rows, heads)
    refused = method.without_quotient == REFUSE
    last = _("Without quotient: the last band applies.")
    remark = _no_price() if refused else last
    return Grid(_("Family quotient"), rows, heads, remark)


def _no_price() -> str:
    return _("Without quotient: no price, the family must give it.")


def _highest_price() -> str:
    return _("Without quotient: the highest price applies.")


def _effort(method: EffortRate, currency: str) -> Grid:
    refused = method.effort.ceiling is None or method.without_quotient == REFUSE
    remark = _no_price() if refused else _highest_price()
    price = PriceRow("", (_say_effort(method.effort, currency),))
    if method.columns is not None:
        heads = say_columns(method.columns.by, len(method.effort.rates))
        remark = f"{', '.join(heads)}. {remark}"
    return Grid("", (price,), (), remark)


def _efforts(method: EffortBands, currency: str) -> Grid:
    rows = tuple(
        PriceRow(
            say_band(band.start, band.until), (_say_effort(band.effort, currency),)
        )
        for band in method.bands
    )
    refused = method.without_quotient == REFUSE
    remark = _no_price() if refused else _highest_price()
    if method.columns is not None:
        heads = say_columns(method.columns.by, len(method.bands[0].effort.rates))
        remark = f"{', '.join(heads)}. {remark}"
    return Grid(_("Family quotient"), rows, (), remark)


def _say_effort(effort: Effort, currency: str) -> str:
    bounds = {
        "rate": say_rates(effort.rates),
        "floor": say_money(effort.floor, currency),
        "ceiling": say_money(effort.ceiling or Decimal(0), currency),
    }
    if effort.ceiling is None:
        return _("%(rate)s of the quotient, at least %(floor)s") % bounds
    return _("%(rate)s of the quotient, from %(floor)s to %(ceiling)s") % bounds


def _line(method: Linear, currency: str) -> Grid:
    rows = tuple(
        _row(say_number(point.quotient), [point.amount], currency)
        for point in method.points
    )
    refused = method.without_quotient == REFUSE
    between = _("Between two quotients, the price rises in a straight line.")
    remark = f"{between} {_no_price() if refused else _highest_price()}"
    return Grid(_("Family quotient"), rows, (), remark)


def _session(method: SessionAmount, currency: str) -> Grid:
    if method.otherwise is None:
        return _one(_("the price of each session"))
    otherwise = {"amount": say_money(method.otherwise, currency)}
    return _one(_("the price of each session, or %(amount)s") % otherwise)


_GRIDS: Mapping[type, Callable[[Any, str], Grid]] = {
    Fixed: _fixed,
    ByChild: _by_child,
    QuotientBands: _bands,
    Bands: _bands,
    EffortRate: _effort,
    EffortBands: _efforts,
    Linear: _line,
    SessionAmount: _session,
}
_CHANGES: Mapping[type, Callable[[Any, str], str]] = {
    Amount: _amount,
    Percent: _percent,
    Replace: _replace,
    Limit: _limits,
    BandBelow: _band_below,
    Free: lambda _change, _currency: _("free"),
}
