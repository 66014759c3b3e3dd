"""Price a context with a tariff, or a stored trace again.

The order never changes: published defaults, first rule that applies, count of the
minutes, band below, quantity, adjustments in the order written, never below zero,
one rounding, shares.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import Any

from catalog.domain.prices.adjustments import BandBelow, Working
from catalog.domain.prices.context import PriceContext
from catalog.domain.prices.errors import (
    MissingFactError,
    NoRuleAppliesError,
    ReplayDiffersError,
    TariffChangedError,
    UnknownEventError,
    UnknownVariantError,
)
from catalog.domain.prices.rules import Rule, Shares
from catalog.domain.prices.tariff import (
    Part,
    Rounding,
    Tariff,
    fingerprint,
    parse_tariff,
)
from catalog.domain.prices.trace import ENGINE, Outcome, Price, Step, Trace, number
from foundation.money import allocate, round_half_up

_ZERO, _ONE = Decimal(0), Decimal(1)
# A caller that changed its own precision must not change a price.
_EXACT = Context(prec=50)
_SURE_DECIMALS = 20


def price_for(tariff: Tariff, context: PriceContext) -> Price:
    """Price one context, with its trace.

    Raises a PriceError when no rule applies, when a fact is missing without a
    published default, or when a value is outside the grid: it never guesses.
    """
    with exactly():
        return Price(work_out(tariff, context), context)


def exactly() -> AbstractContextManager[Context]:
    """Enter the precision of prices, whatever the caller's own."""
    return localcontext(_EXACT)


def replay(tariff_data: Mapping[str, Any], trace: Trace | Mapping[str, Any]) -> Price:
    """Work a stored price out again, to the same cent.

    Raises TariffChangedError when `tariff_data` is not what priced it, and
    ReplayDiffersError when a step or the amount is no longer the same.
    """
    stored = trace if isinstance(trace, Trace) else Trace.from_data(trace)
    if stored.tariff != fingerprint(tariff_data) or stored.engine != ENGINE:
        raise TariffChangedError(tariff=stored.tariff, engine=str(stored.engine))
    price = price_for(parse_tariff(tariff_data), stored.inputs)
    if price.trace != stored:
        raise ReplayDiffersError(stored=str(stored.minor), again=str(price.minor))
    return price


def work_out(tariff: Tariff, given: PriceContext) -> Outcome:
    """Return what contexts alike for the tariff share; to be asked for `exactly`.

    Raises as `price_for`.
    """
    if given.variant not in tariff.variants:
        raise UnknownVariantError(variant=given.variant)
    part = tariff.parts.get(given.event)
    if part is None:
        raise UnknownEventError(event=given.event)
    context, steps = tariff.defaults.fill(given, tariff.facts)
    rule = _find_rule(part, context)
    context = _count(rule, context, steps)
    unit_price = _unit_price(rule, context, steps)
    unit_price = _lower(part, rule, context, unit_price, steps)
    unit_price = _round_unit(tariff, unit_price, steps)
    amount = _multiply(unit_price, context.quantity, steps)
    amount = _adjust(part, rule, context, amount, steps)
    amount = _keep_above_zero(amount, steps)
    minor = _round(tariff, amount, steps)
    shares = _shares(minor, rule.split or tariff.split)
    return Outcome(
        tariff.fingerprint, tariff.currency, rule.code, tuple(steps), minor, shares
    )


@lru_cache(maxsize=4096)
def _shares(minor: int, split: Shares) -> tuple[int, int, int]:
    care, meal, other = allocate(minor, split)
    return care, meal, other


def _find_rule(part: Part, context: PriceContext) -> Rule:
    for rule in part.rules:
        if rule.when.holds(context):
            return rule
    raise NoRuleAppliesError(variant=context.variant)


def _count(rule: Rule, context: PriceContext, steps: list[Step]) -> PriceContext:
    """Replace the quantity by what the minutes make, when the rule counts them."""
    if rule.count is None:
        return context
    if context.minutes is None:
        raise MissingFactError(fact="minutes")
    units = rule.count.units(context.minutes)
    steps.append(rule.count.explain(context.minutes, units))
    return replace(context, quantity=units)


def _unit_price(rule: Rule, context: PriceContext, steps: list[Step]) -> Decimal:
    unit_price, step = rule.method.unit_price(context)
    if rule.label:
        steps.append(Step("rule", "rule", {"rule": rule.code, "label": rule.label}))
    columns = rule.method.columns
    if columns is not None:
        params = {"by": columns.by, "value": str(columns.value(context))}
        steps.append(Step("column", "column", params))
    steps.append(step)
    return unit_price


def _multiply(unit_price: Decimal, quantity: Decimal, steps: list[Step]) -> Decimal:
    if quantity == 1:
        return unit_price
    amount = unit_price * quantity
    before, after = number(unit_price), number(amount)
    params = {"quantity": number(quantity)}
    steps.append(Step("quantity", "quantity", params, before, after))
    return amount


def _lower(
    part: Part,
    rule: Rule,
    context: PriceContext,
    unit_price: Decimal,
    steps: list[Step],
) -> Decimal:
    """Go down the bands of quotient."""
    lowered = 0
    for each in part.lowering:
        if isinstance(each.change, BandBelow) and each.when.holds(context):
            reason = each.reason(context)
            working = Working(unit_price, context, rule.method, reason, lowered)
            unit_price, step = each.change.apply(working)
            steps.append(step)
            lowered += each.change.bands
    return unit_price


def _adjust(
    part: Part,
    rule: Rule,
    context: PriceContext,
    amount: Decimal,
    steps: list[Step],
) -> Decimal:
    for adjustment in part.adjustments:
        if adjustment.when.holds(context):
            working = Working(amount, context, rule.method, adjustment.reason(context))
            amount, step = adjustment.change.apply(working)
            steps.append(step)
    return amount


def _keep_above_zero(amount: Decimal, steps: list[Step]) -> Decimal:
    if amount >= 0:
        return amount
    steps.append(Step("limit", "not_below_zero", {}, number(amount), "0"))
    return _ZERO


def _round_unit(tariff: Tariff, amount: Decimal, steps: list[Step]) -> Decimal:
    """Round the price of one unit, when the vote says so."""
    to = tariff.round_unit_to
    if to is None:
        return amount
    return _to_multiple(amount, to, "unit_rounded", steps)[1]


def _round(tariff: Tariff, amount: Decimal, steps: list[Step]) -> int:
    """Return minor units: the last rounding, and the only one unless voted."""
    return _to_multiple(amount, tariff.round_to, "rounded", steps)[0]


def _to_multiple(
    amount: Decimal, of: Rounding, message: str, steps: list[Step]
) -> tuple[int, Decimal]:
    """Return the nearest multiple in minor and in major units; say what changed."""
    exact = amount / of.major
    count = exact.quantize(_ONE)
    if count != exact:
        # A division kept to 30 decimals must not turn a half into a little less.
        count = round_half_up(round_half_up(exact, _SURE_DECIMALS), 0)
    rounded = count * of.major
    if rounded != amount:
        params, before = {"to": number(of.major)}, number(amount)
        steps.append(Step("rounding", message, params, before, number(rounded)))
    return int(count) * of.minor, rounded
