"""A tariff as staff read it: for whom, at what price, with which changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from catalog.domain.prices import Tariff, parse_tariff
from catalog.domain.prices.rules import Adjustment, Rule
from catalog.enums import Unit, Variant
from catalog.services.cap_wording import ceiling_warnings, say_ceilings
from catalog.services.grid_wording import PriceRow, grid_of, say_change
from catalog.services.rule_wording import (
    say_code,
    say_conditions,
    say_count,
    say_money,
    say_number,
)


@dataclass(frozen=True, slots=True)
class PriceList:
    """One rule: its title, one price or a sentence, and a grid when there is one."""

    title: str
    price: str = ""
    rows: tuple[PriceRow, ...] = ()
    columns: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class TariffInWords:
    """A whole tariff, ready to be shown."""

    unit: str
    prices: tuple[PriceList, ...]
    changes: tuple[str, ...]
    shares: str
    default: str
    rounding: str
    warnings: tuple[str, ...] = ()


def tariff_in_words(rules: Mapping[str, Any]) -> TariffInWords:
    """Say a tariff in the active language. Raises ConfigurationError."""
    tariff = parse_tariff(rules)
    return TariffInWords(
        unit=unit_words(tariff.unit),
        prices=tuple(rule_words(rule, tariff.currency) for rule in tariff.rules),
        changes=(
            *(change_words(each, tariff.currency) for each in tariff.adjustments),
            *say_ceilings(tariff),
        ),
        shares=_say_shares(tariff),
        default=_say_default(tariff),
        rounding=_say_rounding(tariff),
        warnings=tuple(ceiling_warnings(tariff)),
    )


def rule_words(rule: Rule, currency: str) -> PriceList:
    """Say one rule of a tariff."""
    title = rule.label or say_conditions(rule.when, {}) or _("Everybody else")
    grid = grid_of(rule.method, currency, {})
    remark = " ".join(filter(None, [grid.remark, say_count(rule.count)]))
    is_single = len(grid.rows) == 1 and not grid.rows[0].label and not grid.columns
    if is_single:
        return PriceList(title, price=grid.rows[0].price, remark=remark)
    return PriceList(title, rows=grid.rows, columns=grid.columns, remark=remark)


def change_words(adjustment: Adjustment, currency: str) -> str:
    """Say one adjustment of a tariff."""
    reason = adjustment.label or say_conditions(adjustment.when, {}) or _("Always")
    change = say_change(adjustment.change, currency)
    return _("%(reason)s: %(change)s") % {"reason": reason, "change": change}


def unit_words(unit: str) -> str:
    """Return "a meal" for `meal`; the code itself when only the town knows it."""
    return str(dict(Unit.choices).get(unit, unit))


def variant_words(variant: str) -> str:
    """Return what a variant stands for."""
    return str(dict(Variant.choices).get(variant, variant))


def _say_shares(tariff: Tariff) -> str:
    names = (_("care"), _("meal"), _("other"))
    shares = zip(names, tariff.split, strict=True)
    return ", ".join(f"{name} {say_number(share)} %" for name, share in shares if share)


def _say_default(tariff: Tariff) -> str:
    residence = tariff.defaults.residence
    if residence is None:
        return ""
    who = say_code("residence", residence, {})
    return _("Residence not proven: the price for %(who)s applies.") % {"who": who}


def _say_rounding(tariff: Tariff) -> str:
    if tariff.round_unit_to is None:
        return ""
    to = say_money(tariff.round_unit_to.major, tariff.currency)
    return _("The price of one unit is rounded to %(to)s.") % {"to": to}
