"""A tariff: ordered rules, ordered adjustments, one rounding, shares.

`parse_tariff` refuses a tariff with any problem, and reports all of them at once.
The vocabulary is described in docs/algorithms/prices.md.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from catalog.domain.prices.adjustments import BandBelow
from catalog.domain.prices.caps import Cap, read_caps
from catalog.domain.prices.conditions import When
from catalog.domain.prices.context import STANDARD, Event
from catalog.domain.prices.counting import Count, read_count
from catalog.domain.prices.defaults import Defaults, read_defaults
from catalog.domain.prices.methods import Bands, Table
from catalog.domain.prices.rules import (
    Adjustment,
    Rule,
    Shares,
    check_together,
    events_of,
    read_adjustments,
    read_rules,
    read_split,
)
from foundation.money import MINOR_DIGITS, Money
from foundation.reading import Node, read

#: A price may depend on these whatever the tariff names.
ALWAYS = frozenset({"variant", "quantity", "event"})
ROUND_TO = ("0.01", "0.05", "0.10", "0.50", "1.00")


@dataclass(frozen=True, slots=True)
class Part:
    """What prices one event: its rules, and its adjustments in order.

    Those of `lowering` change the band, before the quantity.
    """

    rules: tuple[Rule, ...]
    lowering: tuple[Adjustment, ...]
    adjustments: tuple[Adjustment, ...]


@dataclass(frozen=True, slots=True)
class Rounding:
    """What an amount is rounded to a multiple of, in major and in minor units."""

    major: Decimal
    minor: int


@dataclass(frozen=True, slots=True)
class Tariff:
    """A tariff without any problem, ready to price.

    `round_unit_to` rounds the price of one unit first, when the vote says so.
    """

    currency: str
    unit: str
    defaults: Defaults
    rules: tuple[Rule, ...]
    adjustments: tuple[Adjustment, ...]
    parts: Mapping[str, Part]
    round_unit_to: Rounding | None
    round_to: Rounding
    split: Shares
    variants: frozenset[str]
    facts: tuple[str, ...]
    fingerprint: str
    caps: tuple[Cap, ...] = ()


def parse_tariff(data: Mapping[str, Any]) -> Tariff:
    """Read a tariff from plain data.

    Raises ConfigurationError with every problem, each with its path.
    """
    tariff = read(data, _read_tariff)
    return replace(tariff, fingerprint=fingerprint(data))


def tells_days_apart(tariff: Tariff) -> bool:
    """Tell whether two days of the same weekday may have different prices."""
    whens = _whens(tariff.rules, tariff.adjustments)
    return any("day" in when.matchers for when in whens) or any(
        isinstance(rule.method, Bands) and rule.method.of == "day"
        for rule in tariff.rules
    )


def fingerprint(data: Mapping[str, Any]) -> str:
    """Return what identifies the content of a tariff, whatever the order of keys."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _read_tariff(node: Node) -> Tariff:
    currency = node.choice("currency", tuple(MINOR_DIGITS)) or "EUR"
    unit = node.code("unit")
    defaults = read_defaults(node)
    count = read_count(node)
    rules = _counted(read_rules(node), count)
    adjustments = read_adjustments(node)
    if node.is_sound:
        check_together(node, rules, adjustments)
    round_unit_to = node.choice("round_unit_to", ROUND_TO, required=False)
    round_to = node.choice("round_to", ROUND_TO, required=False) or ROUND_TO[0]
    return Tariff(
        currency=currency,
        unit=unit or "",
        defaults=defaults,
        rules=rules,
        adjustments=adjustments,
        parts=_parts(rules, adjustments),
        round_unit_to=_rounding(round_unit_to, currency) if round_unit_to else None,
        round_to=_rounding(round_to, currency),
        split=read_split(node),
        variants=_variants(rules, adjustments),
        facts=_facts(rules, adjustments),
        fingerprint="",
        caps=read_caps(node, currency),
    )


def _rounding(amount: str, currency: str) -> Rounding:
    exact = Money.from_decimal(Decimal(amount), currency)
    return Rounding(exact.decimal, exact.minor)


def _counted(rules: Sequence[Rule], count: Count | None) -> tuple[Rule, ...]:
    """Give the tariff's count to the rules that have none of their own."""
    return tuple(replace(rule, count=rule.count or count) for rule in rules)


def _parts(
    rules: Sequence[Rule], adjustments: Sequence[Adjustment]
) -> Mapping[str, Part]:
    parts: dict[str, Part] = {}
    for event in Event:
        mine = tuple(rule for rule in rules if event in events_of(rule.when))
        changes = [each for each in adjustments if event in events_of(each.when)]
        if mine:
            parts[event] = Part(
                mine,
                tuple(each for each in changes if _lowers(each)),
                tuple(each for each in changes if not _lowers(each)),
            )
    return parts


def _lowers(adjustment: Adjustment) -> bool:
    return isinstance(adjustment.change, BandBelow)


def _variants(
    rules: Sequence[Rule], adjustments: Sequence[Adjustment]
) -> frozenset[str]:
    named = [when.codes_of("variant") for when in _whens(rules, adjustments)]
    tables = [
        rule.method.amounts
        for rule in rules
        if isinstance(rule.method, Table) and rule.method.by == "variant"
    ]
    return frozenset({STANDARD}).union(*named, *tables)


def _facts(rules: Sequence[Rule], adjustments: Sequence[Adjustment]) -> tuple[str, ...]:
    looked_at = [when.facts for when in _whens(rules, adjustments)]
    methods = [rule.method.facts for rule in rules]
    counted = {"minutes"} if any(rule.count for rule in rules) else set()
    return tuple(sorted(ALWAYS.union(counted, *looked_at, *methods)))


def _whens(rules: Sequence[Rule], adjustments: Sequence[Adjustment]) -> list[When]:
    return [rule.when for rule in rules] + [each.when for each in adjustments]
