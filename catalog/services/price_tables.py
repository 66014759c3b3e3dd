"""A tariff as families read it: tables of prices, and what changes them.

Nothing is worked out here: the amounts are those the council voted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.domain.prices import Tariff
from catalog.domain.prices.conditions import When
from catalog.domain.prices.methods import QuotientBands
from catalog.services.cap_wording import say_ceilings
from catalog.services.grid_wording import PriceRow, grid_of, say_change
from catalog.services.rule_wording import say_conditions, say_count, variant_name

__all__ = ["PriceRow", "PriceTable", "changes_of", "tables_of", "variant_name"]


@dataclass(frozen=True, slots=True)
class PriceTable:
    """The prices of one category of people; `columns` when each row has several."""

    title: str
    head: str
    rows: tuple[PriceRow, ...]
    columns: tuple[str, ...] = ()
    remark: str = ""


def tables_of(tariff: Tariff, situations: Mapping[str, str]) -> list[PriceTable]:
    """Return the price lists in the order voted; `situations` are names by code.

    Categories with one price each share a table.
    """
    tables: list[PriceTable] = []
    single: list[PriceRow] = []
    remarks: dict[str, None] = {}
    alone = len(tariff.rules) == 1
    for rule in tariff.rules:
        title = rule.label or _who(rule.when, situations, alone=alone)
        grid = grid_of(rule.method, tariff.currency, situations)
        remark = " ".join(filter(None, [grid.remark, say_count(rule.count)]))
        is_grid = isinstance(rule.method, QuotientBands) or grid.columns
        if is_grid or len(grid.rows) > 1:
            head = grid.head or _("Category")
            tables.append(PriceTable(title, head, grid.rows, grid.columns, remark))
        else:
            row = grid.rows[0]
            single.append(PriceRow(_join(title, row.label), row.prices))
            remarks[remark] = None
    if single:
        title = _("Other prices") if tables else _("Price")
        said = " ".join(filter(None, remarks))
        tables.append(PriceTable(title, _("Category"), tuple(single), remark=said))
    return tables


def changes_of(tariff: Tariff, situations: Mapping[str, str]) -> list[str]:
    """Return one sentence for each thing that changes the price, ceilings last."""
    changes = [
        _("%(reason)s: %(change)s")
        % {
            "reason": each.label or _who(each.when, situations, alone=True),
            "change": say_change(each.change, tariff.currency),
        }
        for each in tariff.adjustments
    ]
    return [*changes, *say_ceilings(tariff)]


def _who(when: When, situations: Mapping[str, str], *, alone: bool) -> str:
    """Return who a rule is for, from its conditions."""
    said = say_conditions(when, situations)
    return said or (_("Everybody") if alone else _("All others"))


def _join(title: str, label: str) -> str:
    return f"{title}, {label}" if label else title
