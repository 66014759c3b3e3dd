"""A tariff as families read it: tables of prices, and what changes them.

Nothing is worked out here: the amounts are those the council voted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language, gettext as _, gettext_lazy

from catalog.domain.prices import STANDARD, Tariff
from catalog.domain.prices.adjustments import Amount, Percent, Replace
from catalog.domain.prices.conditions import Codes, Span, When
from catalog.domain.prices.methods import (
    Band,
    EffortRate,
    Fixed,
    Method,
    QuotientBands,
    Table,
)
from catalog.domain.prices.tariff import Adjustment
from catalog.services.price_wording import CODES, REASONS
from foundation.money import format_amount

#: What the variants of prices are called; a code only the town knows stays as it is.
VARIANTS: Mapping[str, object] = {
    STANDARD: gettext_lazy("Without anything special"),
    "care-plan": gettext_lazy("With an individual care plan (PAI)"),
    "adult": gettext_lazy("Adult"),
}
SPANS: Mapping[str, object] = {
    "quotient": gettext_lazy("quotient"),
    "child_rank": gettext_lazy("child number"),
    "children_registered": gettext_lazy("children registered"),
    "quantity": gettext_lazy("quantity"),
    "occurrence": gettext_lazy("time number"),
    "day": gettext_lazy("date"),
    "booked_on": gettext_lazy("date of booking"),
}


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One line of a price list."""

    label: str
    price: str


@dataclass(frozen=True, slots=True)
class PriceTable:
    """The prices of one category of people."""

    title: str
    head: str
    rows: tuple[PriceRow, ...]


def tables_of(tariff: Tariff, situations: Mapping[str, str]) -> list[PriceTable]:
    """Return the price lists in the order voted; `situations` are names by code.

    Categories with one price each share a table.
    """
    tables: list[PriceTable] = []
    single: list[PriceRow] = []
    alone = len(tariff.rules) == 1
    for rule in tariff.rules:
        title = rule.label or _who(rule.when, situations, alone=alone)
        rows = _rows(rule.method, tariff.currency, situations)
        if isinstance(rule.method, QuotientBands):
            tables.append(PriceTable(title, _("Family quotient"), rows))
        elif len(rows) == 1:
            single.append(PriceRow(_join(title, rows[0].label), rows[0].price))
        else:
            tables.append(PriceTable(title, _("Category"), rows))
    if single:
        title = _("Other prices") if tables else _("Price")
        tables.append(PriceTable(title, _("Category"), tuple(single)))
    return tables


def changes_of(tariff: Tariff, situations: Mapping[str, str]) -> list[str]:
    """Return one sentence for each thing that changes the price."""
    return [
        _change(adjustment, tariff.currency, situations)
        for adjustment in tariff.adjustments
    ]


def variant_name(code: str) -> str:
    """Return what a variant of the price is called."""
    return str(VARIANTS.get(code, _plain(code)))


def _rows(
    method: Method, currency: str, situations: Mapping[str, str]
) -> tuple[PriceRow, ...]:
    match method:
        case Fixed(amount=amount):
            return (PriceRow("", _money(amount, currency)),)
        case QuotientBands(bands=bands):
            return tuple(
                PriceRow(_band(band), _money(band.amount, currency)) for band in bands
            )
        case EffortRate():
            return (PriceRow("", _effort(method, currency)),)
        case Table(by=by, amounts=amounts):
            return tuple(
                PriceRow(_code(by, code, situations), _money(amount, currency))
                for code, amount in amounts.items()
            )
    return ()


def _effort(method: EffortRate, currency: str) -> str:
    rate = format_percent(
        method.rate.scaleb(-2), locale=_locale(), decimal_quantization=False
    )
    bounds = {
        "rate": rate,
        "floor": _money(method.floor, currency),
        "ceiling": _money(method.ceiling or Decimal(0), currency),
    }
    if method.ceiling is None:
        return _("%(rate)s of the quotient, at least %(floor)s") % bounds
    return _("%(rate)s of the quotient, from %(floor)s to %(ceiling)s") % bounds


def _band(band: Band) -> str:
    start = _number(band.start)
    if band.until is None:
        return _("from %(start)s up") % {"start": start}
    if not band.start:
        return _("below %(until)s") % {"until": _number(band.until)}
    return _("from %(start)s to less than %(until)s") % {
        "start": start,
        "until": _number(band.until),
    }


def _who(when: When, situations: Mapping[str, str], *, alone: bool) -> str:
    """Return who a rule is for, from its conditions."""
    if not when.matchers:
        return _("Everybody") if alone else _("All others")
    parts = []
    for key, matcher in when.matchers.items():
        if isinstance(matcher, Codes):
            names = sorted(_code(key, code, situations) for code in matcher.codes)
            parts.append(", ".join(names))
        elif isinstance(matcher, Span):
            parts.append(_span(key, matcher))
    text = " – ".join(parts)  # noqa: RUF001 - a dash between two conditions.
    return text[:1].upper() + text[1:]


def _span(key: str, span: Span) -> str:
    name = str(SPANS.get(key, key))
    if span.until is None:
        return _("%(name)s from %(start)s") % {"name": name, "start": span.start}
    if span.start is None:
        return _("%(name)s below %(until)s") % {"name": name, "until": span.until}
    return _("%(name)s from %(start)s to less than %(until)s") % {
        "name": name,
        "start": span.start,
        "until": span.until,
    }


def _change(
    adjustment: Adjustment, currency: str, situations: Mapping[str, str]
) -> str:
    reason = adjustment.label or _who(adjustment.when, situations, alone=True)
    match adjustment.change:
        case Amount(amount=amount):
            sign = "−" if amount < 0 else "+"  # noqa: RUF001 - a true minus.
            change = f"{sign} {_money(abs(amount), currency)}"
        case Percent(percent=percent):
            sign = "−" if percent < 0 else "+"  # noqa: RUF001 - a true minus.
            change = f"{sign} {_number(abs(percent))} %"
        case Replace(amount=amount):
            change = _money(amount, currency)
        case _:
            change = _("free")
    return _("%(reason)s: %(change)s") % {"reason": reason, "change": change}


def _code(key: str, code: str, situations: Mapping[str, str]) -> str:
    if key == "situation":
        return situations.get(code, _plain(code))
    if key == "variant":
        return variant_name(code)
    known = CODES.get((key, code)) or REASONS.get((key, code))
    return str(known) if known else _plain(code)


def _join(title: str, label: str) -> str:
    return f"{title}, {label}" if label else title


def _plain(code: str) -> str:
    return code.replace("-", " ").replace("_", " ")


def _money(amount: Decimal, currency: str) -> str:
    return format_amount(amount, currency, get_language() or "en")


def _number(value: Decimal) -> str:
    return format_decimal(value, locale=_locale(), decimal_quantization=False)


def _locale() -> Locale:
    return Locale.parse((get_language() or "en").replace("-", "_"))
