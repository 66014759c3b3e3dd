"""The rules of a tariff in words: for whom, at what price, counted how.

Staff and families read the same words, in the active language.
"""

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language, gettext as _, gettext_lazy

from catalog.domain.prices import STANDARD
from catalog.domain.prices.conditions import Codes, Span, When
from catalog.domain.prices.counting import COMPLETED, NEAREST, Count
from catalog.services.price_names import CODES, NAMES, REASONS
from foundation.days import date_format
from foundation.money import format_amount

#: What the variants of prices are called; a code only the town knows stays as it is.
VARIANTS: Mapping[str, object] = {
    STANDARD: gettext_lazy("Without anything special"),
    "care-plan": gettext_lazy("With an individual care plan (PAI)"),
    "adult": gettext_lazy("Adult"),
}


def say_conditions(when: When, situations: Mapping[str, str]) -> str:
    """Return the conditions one after the other; nothing when there is none."""
    parts = []
    for key, matcher in when.matchers.items():
        if isinstance(matcher, Codes):
            names = sorted(say_code(key, code, situations) for code in matcher.codes)
            parts.append(", ".join(names))
        elif isinstance(matcher, Span):
            parts.append(_say_span(key, matcher))
    text = " – ".join(parts)  # noqa: RUF001 - a dash between two conditions.
    return text[:1].upper() + text[1:]


def _say_span(key: str, span: Span) -> str:
    bounds = {
        "name": str(NAMES.get(key, key)),
        "start": say_bound(span.start),
        "until": say_bound(span.until),
    }
    if span.until is None:
        return _("%(name)s from %(start)s") % bounds
    if span.start is None:
        return _("%(name)s below %(until)s") % bounds
    if isinstance(span.start, int) and span.until == span.start + 1:
        return _("%(name)s %(start)s") % bounds
    return _("%(name)s from %(start)s to less than %(until)s") % bounds


def say_band(start: Any, until: Any) -> str:
    """Return a band in words: "from 400 to less than 640"."""
    bounds = {"start": say_bound(start), "until": say_bound(until)}
    if until is None:
        return _("from %(start)s up") % bounds
    if not start or start == time(0):
        return _("below %(until)s") % bounds
    return _("from %(start)s to less than %(until)s") % bounds


def say_columns(by: str, count: int) -> tuple[str, ...]:
    """Return the heads of the columns by child, the last one for more."""
    name = capital(str(NAMES[by]))
    heads = [f"{name} {number}" for number in range(1, count)]
    last = _("%(name)s %(number)s or more") % {"name": name, "number": count}
    return (*heads, last)


def say_count(count: Count | None) -> str:
    """Return how minutes make the quantity; nothing when it is the one booked."""
    if count is None:
        return ""
    sentence = {
        COMPLETED: _("Counted by %(step)s completed minutes."),
        NEAREST: _("Counted to the nearest %(step)s minutes."),
    }.get(count.rounding, _("Counted by %(step)s minutes started."))
    said = [sentence % {"step": count.step}]
    if count.step != count.every:
        said.append(_("One unit is %(every)s minutes.") % {"every": count.every})
    if count.free:
        said.append(_("The first %(free)s minutes are free.") % {"free": count.free})
    if count.tolerance:
        said.append(
            _("Up to %(tolerance)s minutes more are not counted.")
            % {"tolerance": count.tolerance}
        )
    if count.at_least is not None:
        said.append(
            _("At least %(units)s units.") % {"units": say_number(count.at_least)}
        )
    if count.at_most is not None:
        said.append(
            _("At most %(units)s units.") % {"units": say_number(count.at_most)}
        )
    return " ".join(said)


def say_code(key: str, code: str, situations: Mapping[str, str]) -> str:
    """Return how a code reads; one that only the town knows loses its hyphens."""
    if key == "situation":
        return situations.get(code, _plain(code))
    if key == "variant":
        return variant_name(code)
    known = CODES.get((key, code)) or REASONS.get((key, code))
    return str(known) if known else _plain(code)


def variant_name(code: str) -> str:
    """Return what a variant of the price is called."""
    return str(VARIANTS.get(code, _plain(code)))


def say_default(
    fact: str, values: Mapping[str, Any], situations: Mapping[str, str]
) -> str:
    """Return the published value of a fact; nothing when none is published."""
    value = values.get(fact)
    if value is None:
        return ""
    if isinstance(value, Decimal | int):
        return say_number(value)
    return say_code(fact, str(value), situations)


def say_bound(value: Any) -> str:
    """Return a bound as people write it: a number, an hour, a day."""
    if value is None:
        return ""
    if isinstance(value, Decimal | int):
        return say_number(value)
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return f"{value:%H:%M}"


def say_number(value: Decimal | int) -> str:
    """Return a number with the signs of the language."""
    return format_decimal(value, locale=_locale(), decimal_quantization=False)


def say_rates(rates: Sequence[Decimal]) -> str:
    """Return percentages, one for each column: "0.36%", "0.36% / 0.30%"."""
    return " / ".join(
        format_percent(rate.scaleb(-2), locale=_locale(), decimal_quantization=False)
        for rate in rates
    )


def say_money(amount: Decimal, currency: str) -> str:
    """Return an amount in the language of the reader."""
    return format_amount(amount, currency, get_language() or "en")


def capital(words: str) -> str:
    """Return the words with a capital."""
    return words[:1].upper() + words[1:]


def _plain(code: str) -> str:
    return code.replace("-", " ").replace("_", " ")


def _locale() -> Locale:
    return Locale.parse((get_language() or "en").replace("-", "_"))
