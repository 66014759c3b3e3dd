"""The rules and the adjustments of a tariff: what they hold, how they are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.domain.prices.adjustments import ADJUSTMENTS, BandBelow, Change, Free
from catalog.domain.prices.conditions import Span, When, read_when
from catalog.domain.prices.context import Event, PriceContext
from catalog.domain.prices.counting import Count, read_count
from catalog.domain.prices.coverage import unreachable
from catalog.domain.prices.methods import (
    METHODS,
    Banded,
    EffortBands,
    Fixed,
    Method,
    QuotientBands,
)
from catalog.domain.prices.methods.grids import Bounded
from catalog.domain.prices.trace import number
from foundation.reading import Node

PARTS = ("care", "meal", "other")
Shares = tuple[Decimal, Decimal, Decimal]
ZERO, WHOLE = Decimal(0), Decimal(100)
NO_SHARES: Shares = (ZERO, ZERO, ZERO)


@dataclass(frozen=True, slots=True)
class Rule:
    """When it applies, how it finds the price of a unit, its own shares and count."""

    code: str
    label: str
    when: When
    method: Method
    split: Shares | None
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """When it applies and how it changes the amount."""

    code: str
    label: str
    when: When
    change: Change

    def reason(self, context: PriceContext) -> dict[str, str]:
        """Return what the trace says of it: the town's label, or why it applied."""
        if self.label:
            return {"adjustment": self.code, "label": self.label}
        return {"adjustment": self.code, **self.when.first_fact(context)}


def read_rules(node: Node) -> tuple[Rule, ...]:
    """Read `rules`; one that no case can reach is refused."""
    rules = tuple(_read_rule(child) for child in node.children("rules"))
    _check_codes(node, "rules", [rule.code for rule in rules])
    if node.is_sound:
        _check_reach(node, rules)
    return rules


def read_adjustments(node: Node) -> tuple[Adjustment, ...]:
    """Read `adjustments`, in the order in which they apply."""
    children = node.children("adjustments", required=False)
    adjustments = tuple(_read_adjustment(child) for child in children)
    _check_codes(node, "adjustments", [each.code for each in adjustments])
    return adjustments


def read_split(node: Node) -> Shares:
    """Read `split`: the shares in percent, 100 together."""
    child = node.child("split")
    if child is None:
        return NO_SHARES
    care, meal, other = (child.decimal(part, required=False) or ZERO for part in PARTS)
    if child.is_sound and care + meal + other != WHOLE:
        child.refuse("", "shares_not_100", total=number(care + meal + other))
    child.close()
    return care, meal, other


def events_of(when: When) -> frozenset[str]:
    """Return the events that conditions are for; a presence unless they say more."""
    return when.codes_of("event") or frozenset({Event.PRESENCE})


def check_together(
    node: Node, rules: Sequence[Rule], adjustments: Sequence[Adjustment]
) -> None:
    """Refuse what contradicts the rest of the tariff."""
    for index, rule in enumerate(rules):
        if rule.count is not None and "quantity" in rule.when.matchers:
            path = f"rules[{index}].when.quantity"
            node.refuse(path, "quantity_is_counted", rule=rule.code)
    for index, each in enumerate(adjustments):
        mine = [rule for rule in rules if events_of(rule.when) & events_of(each.when)]
        has_bands = any(isinstance(rule.method, Banded) for rule in mine)
        if not mine:
            node.refuse(f"adjustments[{index}]", "event_without_price", rule=each.code)
        elif isinstance(each.change, BandBelow) and not has_bands:
            node.refuse(f"adjustments[{index}]", "no_bands_below", rule=each.code)


def _read_rule(node: Node) -> Rule:
    code = node.code("code")
    label = node.text("label", required=False)
    when = read_when(node)
    name = node.choice("method", tuple(METHODS))
    split = read_split(node) if node.has("split") else None
    count = read_count(node)
    # Without a known method nobody can tell which other keys are right.
    method: Method = Fixed(Decimal(0))
    if name is not None:
        method = METHODS[name].read(node)
        node.close()
        span = when.matchers.get("quotient")
        if isinstance(span, Span) and isinstance(method, QuotientBands | EffortBands):
            _check_bands_are_used(node, span, method.bands)
    return Rule(code or "", label, when, method, split, count)


def _check_bands_are_used(node: Node, span: Span, bands: Sequence[Bounded]) -> None:
    """Refuse bands that lie outside the quotients the rule is for."""
    for index, band in enumerate(bands):
        is_above = span.until is not None and band.start >= span.until
        is_below = (
            span.start is not None
            and band.until is not None
            and band.until <= span.start
        )
        if is_above or is_below:
            node.refuse(f"bands[{index}]", "band_never_used")


def _read_adjustment(node: Node) -> Adjustment:
    code = node.code("code")
    label = node.text("label", required=False)
    when = read_when(node)
    name = node.choice("method", tuple(ADJUSTMENTS))
    change: Change = Free()
    if name is not None:
        change = ADJUSTMENTS[name].read(node)
        node.close()
    return Adjustment(code or "", label, when, change)


def _check_codes(node: Node, key: str, codes: list[str]) -> None:
    for index, code in enumerate(codes):
        if code and code in codes[:index]:
            node.refuse(f"{key}[{index}].code", "repeated_code", value=code)


def _check_reach(node: Node, rules: Sequence[Rule]) -> None:
    """Refuse a rule that the rules before it leave nothing to, whatever the event."""
    reached: set[int] = set()
    for event in Event:
        mine = [at for at, rule in enumerate(rules) if event in events_of(rule.when)]
        whens = [rules[at].when.without("event") for at in mine]
        lost = set(unreachable(whens))
        reached |= {at for place, at in enumerate(mine) if place not in lost}
    for at, rule in enumerate(rules):
        if at not in reached:
            node.refuse(f"rules[{at}]", "unreachable_rule", rule=rule.code)
