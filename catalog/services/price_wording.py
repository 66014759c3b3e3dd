"""Turn the trace of a price, or the lack of one, into plain sentences.

The engine gives message ids and parameters; the sentences live here, so that they
can be translated. Each id has one sentence, in the active language.
"""

from collections.abc import Mapping
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language, gettext_lazy as _

from catalog.domain.prices import PriceError, Step, Trace
from foundation.money import format_amount

SENTENCES: Mapping[str, object] = {
    "rule": _("Price list: %(label)s."),
    "residence_by_default": _(
        "Your residence is not proven: the price for %(residence)s applies."
    ),
    "situation_by_default": _(
        "Your situation is unknown: the price of “%(value)s” applies."
    ),
    "quotient_by_default": _(
        "No quotient is on file: a quotient of %(value)s applies."
    ),
    "fixed": _("Set price: %(after)s."),
    "quotient_band": _(
        "Quotient %(quotient)s falls in the band %(from)s to %(until)s: %(after)s."
    ),
    "quotient_last_band": _(
        "Quotient %(quotient)s falls in the band from %(from)s up: %(after)s."
    ),
    "quotient_unknown_highest_band": _(
        "No quotient is on file: the highest band applies, %(after)s."
    ),
    "effort_rate": _("%(rate)s of the quotient %(quotient)s: %(after)s."),
    "effort_rate_floor": _(
        "%(rate)s of the quotient %(quotient)s is %(asked)s. "
        "The lowest price applies: %(after)s."
    ),
    "effort_rate_ceiling": _(
        "%(rate)s of the quotient %(quotient)s is %(asked)s. "
        "The highest price applies: %(after)s."
    ),
    "quotient_unknown_ceiling": _(
        "No quotient is on file: the highest price applies, %(after)s."
    ),
    "table": _("Price for %(code)s: %(after)s."),
    "quantity": _("%(quantity)s times %(before)s: %(after)s."),
    "supplement_amount": _("%(reason)s: + %(amount)s."),
    "reduction_amount": _("%(reason)s: − %(amount)s."),  # noqa: RUF001 -- A minus.
    "supplement_percent": _("%(reason)s: + %(percent)s, that makes %(after)s."),
    "reduction_percent": _(
        "%(reason)s: − %(percent)s, that makes %(after)s."  # noqa: RUF001 -- A minus.
    ),
    "replaced": _("%(reason)s: the price becomes %(after)s."),
    "free": _("%(reason)s: nothing to pay."),
    "not_below_zero": _("A price is never below zero: %(after)s."),
    "rounded": _("Rounded to %(after)s."),
}

TOTAL = _("Total: %(amount)s.")

REASONS: Mapping[tuple[str, str], object] = {
    ("booking", "in_time"): _("Booked in time"),
    ("booking", "late"): _("Booked late"),
    ("booking", "unbooked"): _("Present without a booking"),
    ("booking", "absent_justified"): _("Absence with a valid reason"),
    ("booking", "absent_unjustified"): _("Absence without a valid reason"),
}
REASONS_BY_FACT: Mapping[str, object] = {
    "child_rank": _("Child number %(value)s of the household"),
    "children_registered": _("%(value)s children registered"),
    "occurrence": _("Time number %(value)s"),
    "quantity": _("Quantity of %(value)s"),
    "residence": _("Because of the residence"),
    "situation": _("Because of the situation"),
    "quotient": _("Because of the quotient"),
    "weekday": _("Because of the day of the week"),
    "day": _("Because of the date"),
    "booked_on": _("Because of the date of booking"),
}
OTHER_REASON = _("Adjustment “%(adjustment)s”")

#: How a code reads inside a sentence; a code that only the town knows stays as it is.
CODES: Mapping[tuple[str, str], object] = {
    ("residence", "resident"): _("residents"),
    ("residence", "works_here"): _("people who work in the town"),
    ("residence", "schooled_here"): _("children schooled in the town"),
    ("residence", "outside"): _("people from outside the town"),
    ("weekday", "monday"): _("Mondays"),
    ("weekday", "tuesday"): _("Tuesdays"),
    ("weekday", "wednesday"): _("Wednesdays"),
    ("weekday", "thursday"): _("Thursdays"),
    ("weekday", "friday"): _("Fridays"),
    ("weekday", "saturday"): _("Saturdays"),
    ("weekday", "sunday"): _("Sundays"),
}

FACTS: Mapping[str, object] = {
    "residence": _("the residence of the household"),
    "situation": _("the situation of the household"),
    "quotient": _("the family quotient"),
    "booked_on": _("the date of booking"),
}

ERRORS: Mapping[str, object] = {
    "no_rule_applies": _("No price is planned for this case. Please call us."),
    "missing_fact": _("We need %(fact)s to give a price. Please complete your file."),
    "outside_grid": _("The price list has no price for “%(value)s”. Please call us."),
    "unknown_variant": _(
        "The price list has no price for “%(variant)s”. Please call us."
    ),
    "tariff_changed": _("This price was made with other rules than these."),
    "replay_differs": _("This price cannot be found again: it needs a check."),
}
NO_PRICE = _("We cannot give a price. Please call us.")

_AMOUNTS = frozenset({"amount", "asked", "before", "after"})
_PERCENTS = frozenset({"rate", "percent"})
_NUMBERS = frozenset({"quotient", "from", "until", "quantity"})


def explain_price(trace: Trace) -> list[str]:
    """Return the sentences that lead to a price, its total last."""
    sentences = [explain_step(step, trace.currency) for step in trace.steps]
    total = Decimal(trace.minor).scaleb(-2)
    amount = format_amount(total, trace.currency, _locale())
    return [*sentences, str(TOTAL) % {"amount": amount}]


def explain_step(step: Step, currency: str) -> str:
    """Return the sentence of one step."""
    raw = {"before": step.before, "after": step.after, **step.params}
    shown = {
        key: _show(key, value, currency)
        for key, value in raw.items()
        if value is not None
    }
    shown["reason"] = _reason(step.params)
    shown["code"] = _code(step.params.get("by", ""), step.params.get("value", ""))
    shown["residence"] = _code("residence", step.params.get("value", ""))
    if step.message == "quotient_by_default":
        shown["value"] = _plain_number(step.params["value"])
    return str(SENTENCES[step.message]) % shown


def explain_price_error(error: PriceError) -> str:
    """Return the sentence that says why there is no price, and what to do."""
    params = dict(error.params)
    if "fact" in params:
        params["fact"] = str(FACTS.get(params["fact"], params["fact"]))
    return str(ERRORS.get(error.code, NO_PRICE)) % params


def _show(key: str, value: str, currency: str) -> str:
    if key in _AMOUNTS:
        return format_amount(Decimal(value), currency, _locale())
    if key in _PERCENTS:
        return format_percent(
            Decimal(value).scaleb(-2),
            locale=_babel_locale(),
            decimal_quantization=False,
        )
    return _plain_number(value) if key in _NUMBERS else value


def _plain_number(value: str) -> str:
    return format_decimal(
        Decimal(value), locale=_babel_locale(), decimal_quantization=False
    )


def _reason(params: Mapping[str, str]) -> str:
    if "label" in params:
        return params["label"]
    because, value = params.get("because", ""), params.get("value", "")
    if (because, value) in REASONS:
        return str(REASONS[because, value])
    return str(REASONS_BY_FACT.get(because, OTHER_REASON)) % {
        "value": value,
        "adjustment": params.get("adjustment", ""),
    }


def _code(by: str, value: str) -> str:
    return str(CODES.get((by, value), value))


def _locale() -> str:
    return get_language() or "en"


def _babel_locale() -> Locale:
    return Locale.parse(_locale().replace("-", "_"))
