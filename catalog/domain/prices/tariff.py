"""A tariff: ordered rules, ordered adjustments, one rounding, shares.

`parse_tariff` refuses a tariff with any problem, and reports all of them at once.
The vocabulary is described in docs/algorithms/prices.md.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from catalog.domain.prices.adjustments import ADJUSTMENTS, Change, Free
from catalog.domain.prices.conditions import When, read_when
from catalog.domain.prices.context import STANDARD, PriceContext, Residence
from catalog.domain.prices.coverage import unreachable
from catalog.domain.prices.methods import METHODS, Fixed, Method, Table
from catalog.domain.prices.trace import Step, number
from foundation.money import MINOR_DIGITS, Money
from foundation.reading import Node, read

PARTS = ("care", "meal", "other")
DEFAULTED = ("residence", "situation", "quotient")
#: A price may depend on these whatever the tariff names.
ALWAYS = frozenset({"variant", "quantity"})
ROUND_TO = ("0.01", "0.05", "0.10", "0.50", "1.00")

Shares = tuple[Decimal, Decimal, Decimal]
ZERO, WHOLE = Decimal(0), Decimal(100)
NO_SHARES: Shares = (ZERO, ZERO, ZERO)


@dataclass(frozen=True, slots=True)
class Rule:
    """When it applies, how it finds the price of a unit, and its own shares."""

    code: str
    label: str
    when: When
    method: Method
    split: Shares | None


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


@dataclass(frozen=True, slots=True)
class Defaults:
    """The published values of facts that nobody knows."""

    residence: Residence | None = None
    situation: str | None = None
    quotient: Decimal | None = None

    def fill(
        self, context: PriceContext, facts: Collection[str]
    ) -> tuple[PriceContext, list[Step]]:
        """Complete the unknown `facts`, with a remark for each default used."""
        filled: dict[str, Any] = {}
        steps: list[Step] = []
        for fact in DEFAULTED:
            value = getattr(self, fact) if fact in facts else None
            if value is not None and getattr(context, fact) is None:
                shown = number(value) if isinstance(value, Decimal) else str(value)
                steps.append(Step("default", f"{fact}_by_default", {"value": shown}))
                filled[fact] = value
        return (replace(context, **filled) if filled else context), steps


@dataclass(frozen=True, slots=True)
class Tariff:
    """A tariff without any problem, ready to price."""

    currency: str
    unit: str
    defaults: Defaults
    rules: tuple[Rule, ...]
    adjustments: tuple[Adjustment, ...]
    round_to: Money
    split: Shares
    variants: frozenset[str]
    facts: tuple[str, ...]
    fingerprint: str


def parse_tariff(data: Mapping[str, Any]) -> Tariff:
    """Read a tariff from plain data.

    Raises ConfigurationError with every problem, each with its path.
    """
    tariff = read(data, _read_tariff)
    return replace(tariff, fingerprint=fingerprint(data))


def fingerprint(data: Mapping[str, Any]) -> str:
    """Return what identifies the content of a tariff, whatever the order of keys."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _read_tariff(node: Node) -> Tariff:
    currency = node.choice("currency", tuple(MINOR_DIGITS)) or "EUR"
    unit = node.code("unit")
    defaults = _read_defaults(node)
    rules = _read_rules(node)
    adjustments = _read_adjustments(node)
    round_to = node.choice("round_to", ROUND_TO, required=False)
    split = _read_split(node)
    return Tariff(
        currency=currency,
        unit=unit or "",
        defaults=defaults,
        rules=rules,
        adjustments=adjustments,
        round_to=Money.from_decimal(Decimal(round_to or ROUND_TO[0]), currency),
        split=split,
        variants=_variants(rules, adjustments),
        facts=_facts(rules, adjustments),
        fingerprint="",
    )


def _read_defaults(node: Node) -> Defaults:
    child = node.child("defaults", required=False)
    if child is None:
        return Defaults()
    residence = child.code("residence", tuple(Residence), required=False)
    situation = child.code("situation", required=False)
    quotient = child.decimal("quotient", required=False)
    child.close()
    return Defaults(
        None if residence is None else Residence(residence), situation, quotient
    )


def _read_rules(node: Node) -> tuple[Rule, ...]:
    rules = tuple(_read_rule(child) for child in node.children("rules"))
    _check_codes(node, "rules", [rule.code for rule in rules])
    if node.is_sound:
        for index in unreachable([rule.when for rule in rules]):
            node.refuse(f"rules[{index}]", "unreachable_rule", rule=rules[index].code)
    return rules


def _read_rule(node: Node) -> Rule:
    code = node.code("code")
    label = node.text("label", required=False)
    when = read_when(node)
    name = node.choice("method", tuple(METHODS))
    split = _read_split(node) if node.has("split") else None
    # Without a known method nobody can tell which other keys are right.
    method: Method = Fixed(Decimal(0))
    if name is not None:
        method = METHODS[name].read(node)
        node.close()
    return Rule(code or "", label, when, method, split)


def _read_adjustments(node: Node) -> tuple[Adjustment, ...]:
    children = node.children("adjustments", required=False)
    adjustments = tuple(_read_adjustment(child) for child in children)
    _check_codes(node, "adjustments", [each.code for each in adjustments])
    return adjustments


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


def _read_split(node: Node) -> Shares:
    child = node.child("split")
    if child is None:
        return NO_SHARES
    care, meal, other = (child.decimal(part, required=False) or ZERO for part in PARTS)
    if child.is_sound and care + meal + other != WHOLE:
        child.refuse("", "shares_not_100", total=number(care + meal + other))
    child.close()
    return care, meal, other


def _variants(
    rules: tuple[Rule, ...], adjustments: tuple[Adjustment, ...]
) -> frozenset[str]:
    named = [when.codes_of("variant") for when in _whens(rules, adjustments)]
    tables = [
        rule.method.amounts
        for rule in rules
        if isinstance(rule.method, Table) and rule.method.by == "variant"
    ]
    return frozenset({STANDARD}).union(*named, *tables)


def _facts(
    rules: tuple[Rule, ...], adjustments: tuple[Adjustment, ...]
) -> tuple[str, ...]:
    looked_at = [when.facts for when in _whens(rules, adjustments)]
    methods = [rule.method.facts for rule in rules]
    return tuple(sorted(ALWAYS.union(*looked_at, *methods)))


def _whens(rules: tuple[Rule, ...], adjustments: tuple[Adjustment, ...]) -> list[When]:
    return [rule.when for rule in rules] + [each.when for each in adjustments]
