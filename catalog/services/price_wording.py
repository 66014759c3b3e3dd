"""Turn the trace of a price, or the lack of one, into plain sentences.

The engine gives message ids and parameters; the sentences live here, so that they
can be translated. Each id has one sentence, in the active language.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal, format_percent
from django.utils.translation import (
    get_language,
    gettext as _say,
    gettext_lazy as _,
)

from catalog.domain.prices import Event, PriceContext, PriceError, Step, Trace
from catalog.services.price_names import (
    CODES,
    FACTS,
    NAMES,
    OTHER_REASON,
    REASONS,
    REASONS_BY_FACT,
)
from foundation.days import date_format
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
    "regime_by_default": _(
        "Your family allowance scheme is unknown: the price of %(regime)s applies."
    ),
    "period_kind_by_default": _(
        "The calendar does not say what this day is: the price for %(period)s applies."
    ),
    "days_a_week_by_default": _(
        "The number of days a week is unknown: %(value)s is taken."
    ),
    "children_present_by_default": _(
        "The number of children present is unknown: %(value)s is taken."
    ),
    "present_rank_by_default": _(
        "The rank of the child that day is unknown: number %(value)s is taken."
    ),
    "minutes_by_default": _("The duration is unknown: %(value)s minutes are taken."),
    "counted": _("%(minutes)s minutes make %(units)s × %(every)s minutes."),  # noqa: RUF001 -- A multiplication sign.
    "column": _("Column of the price list: %(name)s %(value)s."),
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
    "effort_band": _(
        "%(rate)s of the quotient %(quotient)s, band %(band)s: %(after)s."
    ),
    "effort_band_floor": _(
        "%(rate)s of the quotient %(quotient)s, band %(band)s, is %(asked)s. "
        "The lowest price applies: %(after)s."
    ),
    "effort_band_ceiling": _(
        "%(rate)s of the quotient %(quotient)s, band %(band)s, is %(asked)s. "
        "The highest price applies: %(after)s."
    ),
    "linear": _(
        "Quotient %(quotient)s is between %(from)s (%(low)s) and %(until)s (%(high)s): "
        "%(after)s."
    ),
    "linear_below": _(
        "Quotient %(quotient)s is below %(from)s: the first price applies, %(after)s."
    ),
    "linear_above": _(
        "Quotient %(quotient)s is not below %(from)s: the last price applies, "
        "%(after)s."
    ),
    "quotient_unknown_ceiling": _(
        "No quotient is on file: the highest price applies, %(after)s."
    ),
    "table": _("Price for %(code)s: %(after)s."),
    "band": _("%(name)s: %(shown)s. Band %(band)s: %(after)s."),
    "session_amount": _("Price of this session: %(after)s."),
    "session_without_amount": _(
        "This session has no price of its own: %(after)s applies."
    ),
    "band_below": _("%(reason)s: a lower band applies, %(band)s, %(after)s."),
    "no_band_below": _("%(reason)s: this price has no bands, it stays %(after)s."),
    "unit_rounded": _("Price of one unit, rounded: %(after)s."),
    "at_least": _("%(reason)s: at least %(after)s."),
    "at_most": _("%(reason)s: at most %(after)s."),
    "within_limits": _("%(reason)s: the price stays %(after)s."),
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

#: Steps that changed nothing: they stand in the proof, nobody has to read them.
SILENT = frozenset({"within_limits"})
TOTAL = _("Total: %(amount)s.")
DELAY = _("Collected %(minutes)s minutes late, time number %(occurrence)s.")

ERRORS: Mapping[str, object] = {
    "no_rule_applies": _("No price is planned for this case. Please call us."),
    "missing_fact": _("We need %(fact)s to give a price. Please complete your file."),
    "outside_grid": _("The price list has no price for “%(value)s”. Please call us."),
    "unknown_variant": _(
        "The price list has no price for “%(variant)s”. Please call us."
    ),
    "unknown_event": _(
        "The price list has no price for a late pick-up. Please call us."
    ),
    "tariff_changed": _("This price was made with other rules than these."),
    "replay_differs": _("This price cannot be found again: it needs a check."),
}
NO_PRICE = _("We cannot give a price. Please call us.")

_AMOUNTS = frozenset({"amount", "asked", "before", "after", "low", "high"})
_PERCENTS = frozenset({"rate", "percent"})
_NUMBERS = frozenset({"quotient", "from", "until", "quantity", "units"})
_DAY, _NUMBER = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"-?\d+(\.\d+)?")


def explain_price(trace: Trace) -> list[str]:
    """Return the sentences that lead to a price, its total last."""
    sentences = [
        explain_step(step, trace.currency)
        for step in trace.steps
        if step.message not in SILENT
    ]
    total = Decimal(trace.minor).scaleb(-2)
    amount = format_amount(total, trace.currency, _locale())
    return [*_delay(trace.inputs), *sentences, str(TOTAL) % {"amount": amount}]


def _delay(inputs: PriceContext) -> list[str]:
    """Say how late a child was collected; nothing of a presence."""
    if inputs.event != Event.LATE_PICKUP or inputs.minutes is None:
        return []
    words = {"minutes": inputs.minutes, "occurrence": inputs.occurrence}
    return [str(DELAY) % words]


def explain_step(step: Step, currency: str) -> str:
    """Return the sentence of one step."""
    raw = {"before": step.before, "after": step.after, **step.params}
    shown = {
        key: _show(key, value, currency)
        for key, value in raw.items()
        if value is not None
    }
    return str(SENTENCES[step.message]) % (shown | _words_of(step))


def _words_of(step: Step) -> dict[str, str]:
    """Return what a sentence may need that is not a parameter as it stands."""
    params = step.params
    value = params.get("value", "")
    fact = params.get("by", params.get("of", ""))
    words = {
        "reason": _reason(params),
        "code": _code(params.get("by", ""), value),
        "residence": _code("residence", value),
        "regime": _code("regime", value),
        "period": _code("period_kind", value),
        "name": _name(fact, is_first="of" in params),
        "shown": say_value(value),
        "band": _band(params),
    }
    if step.message == "quotient_by_default":
        words["value"] = say_value(value)
    return words


def _name(fact: str, *, is_first: bool) -> str:
    name = str(NAMES.get(fact, fact))
    return name[:1].upper() + name[1:] if is_first else name


def _band(params: Mapping[str, str]) -> str:
    bounds = {"start": say_value(params.get("from", ""))}
    if "until" not in params:
        return _say("from %(start)s up") % bounds
    bounds["until"] = say_value(params["until"])
    return _say("%(start)s to %(until)s") % bounds


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
    return say_value(value) if key in _NUMBERS else value


def say_value(value: str) -> str:
    """Return a number, a day or an hour of a trace as people write it."""
    if _DAY.fullmatch(value):
        return date_format(date.fromisoformat(value), "j F Y")
    if not _NUMBER.fullmatch(value):
        return value
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
