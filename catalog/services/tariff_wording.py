"""A tariff as people read it: for whom, at what price, with which changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext as _

from catalog.domain.prices import Tariff, parse_tariff
from catalog.domain.prices.adjustments import Amount, Change, Percent, Replace
from catalog.domain.prices.conditions import Codes, Span, When
from catalog.domain.prices.methods import (
    EffortRate,
    Fixed,
    Method,
    QuotientBands,
    Table,
)
from catalog.enums import Unit, Variant
from catalog.services.price_wording import CODES, REASONS
from foundation.money import format_amount

REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class PriceList:
    """One rule: its title, one price or a sentence, and a grid when there is one."""

    title: str
    price: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class TariffInWords:
    """A whole tariff, ready to be shown."""

    unit: str
    prices: tuple[PriceList, ...]
    changes: tuple[str, ...]
    shares: str
    default: str


def tariff_in_words(rules: Mapping[str, Any]) -> TariffInWords:
    """Say a tariff in the active language. Raises ConfigurationError."""
    tariff = parse_tariff(rules)
    return TariffInWords(
        unit=unit_words(tariff.unit),
        prices=tuple(
            _price_list(
                rule.label or say_conditions(rule.when) or _("Everybody else"),
                rule.method,
                tariff.currency,
            )
            for rule in tariff.rules
        ),
        changes=tuple(
            _say_change(
                each.label or say_conditions(each.when) or _("Always"),
                each.change,
                tariff.currency,
            )
            for each in tariff.adjustments
        ),
        shares=_say_shares(tariff),
        default=_say_default(tariff),
    )


def unit_words(unit: str) -> str:
    """Return "a meal" for `meal`; the code itself when only the town knows it."""
    return str(dict(Unit.choices).get(unit, unit))


def variant_words(variant: str) -> str:
    """Return what a variant stands for."""
    return str(dict(Variant.choices).get(variant, variant))


def say_conditions(when: When) -> str:
    """Return the conditions of a rule, one after the other; nothing when none."""
    said = (_say_condition(key, matcher) for key, matcher in when.matchers.items())
    return capfirst(", ".join(said))


def _say_condition(key: str, matcher: object) -> str:
    if isinstance(matcher, Codes):
        return _join(_code(key, code) for code in sorted(matcher.codes))
    if isinstance(matcher, Span):
        return _say_span(key, matcher)
    return key


def _say_span(key: str, span: Span) -> str:
    names = {
        "quotient": _("quotient"),
        "quantity": _("quantity"),
        "child_rank": _("child number"),
        "children_registered": _("children registered"),
        "occurrence": _("time number"),
        "day": _("day"),
        "booked_on": _("booked on"),
    }
    name = names.get(key, key)
    bounds = {"name": name, "from": _bound(span.start), "until": _bound(span.until)}
    if span.until is None:
        return _("%(name)s: %(from)s and more") % bounds
    if span.start is None:
        return _("%(name)s: less than %(until)s") % bounds
    return _("%(name)s: %(from)s to less than %(until)s") % bounds


def _price_list(title: str, method: Method, currency: str) -> PriceList:
    if isinstance(method, Fixed):
        return PriceList(title, price=_money(method.amount, currency))
    if isinstance(method, QuotientBands):
        return _bands(title, method, currency)
    if isinstance(method, EffortRate):
        return _effort(title, method, currency)
    if isinstance(method, Table):
        rows = tuple(
            (capfirst(_code(method.by, code)), _money(amount, currency))
            for code, amount in method.amounts.items()
        )
        return PriceList(title, rows=rows)
    return PriceList(title)


def _bands(title: str, method: QuotientBands, currency: str) -> PriceList:
    rows = []
    for band in method.bands:
        bounds = {"from": _bound(band.start), "until": _bound(band.until)}
        if band.until is None:
            words = _("Quotient of %(from)s and more") % bounds
        elif not band.start:
            words = _("Quotient under %(until)s") % bounds
        else:
            words = _("Quotient from %(from)s to less than %(until)s") % bounds
        rows.append((words, _money(band.amount, currency)))
    if method.without_quotient == REFUSE:
        remark = _("Without quotient: no price, the family must give it.")
    else:
        remark = _("Without quotient: the last band applies.")
    return PriceList(title, rows=tuple(rows), remark=remark)


def _effort(title: str, method: EffortRate, currency: str) -> PriceList:
    words = _("%(rate)s per cent of the quotient") % {"rate": _bound(method.rate)}
    rows = [(_("At least"), _money(method.floor, currency))] if method.floor else []
    if method.ceiling is not None:
        rows.append((_("At most"), _money(method.ceiling, currency)))
    if method.ceiling is None or method.without_quotient == REFUSE:
        remark = _("Without quotient: no price, the family must give it.")
    else:
        remark = _("Without quotient: the highest price applies.")
    return PriceList(title, price=words, rows=tuple(rows), remark=remark)


def _say_change(reason: str, change: Change, currency: str) -> str:
    about = {"reason": reason}
    if isinstance(change, Amount):
        sign = "−" if change.amount < 0 else "+"  # noqa: RUF001 - a minus.
        about["amount"] = f"{sign} {_money(abs(change.amount), currency)}"
        if change.per == "unit":
            return _("%(reason)s: %(amount)s for each unit") % about
        return _("%(reason)s: %(amount)s") % about
    if isinstance(change, Percent):
        sign = "−" if change.percent < 0 else "+"  # noqa: RUF001 - a minus.
        about["percent"] = f"{sign} {_bound(abs(change.percent))}"
        return _("%(reason)s: %(percent)s per cent") % about
    if isinstance(change, Replace):
        about["amount"] = _money(change.amount, currency)
        return _("%(reason)s: the price becomes %(amount)s") % about
    return _("%(reason)s: nothing to pay") % about


def _say_shares(tariff: Tariff) -> str:
    names = (_("care"), _("meal"), _("other"))
    shares = zip(names, tariff.split, strict=True)
    return ", ".join(f"{name} {_bound(share)} %" for name, share in shares if share)


def _say_default(tariff: Tariff) -> str:
    residence = tariff.defaults.residence
    if residence is None:
        return ""
    who = _code("residence", residence)
    return _("Residence not proven: the price for %(who)s applies.") % {"who": who}


def _code(key: str, code: str) -> str:
    if key == "variant":
        return variant_words(code)
    if key == "booking":
        return str(REASONS.get((key, code), code))
    return str(CODES.get((key, code), code))


def _join(words: Iterable[str]) -> str:
    return _(" or ").join(words)


def _bound(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal | int):
        return format_decimal(value, locale=_locale(), decimal_quantization=False)
    return date_format(value, "j F Y")  # type: ignore[arg-type] # The days of a span.


def _money(amount: Decimal, currency: str) -> str:
    return format_amount(amount, currency, get_language() or "en")


def _locale() -> Locale:
    return Locale.parse((get_language() or "en").replace("-", "_"))
