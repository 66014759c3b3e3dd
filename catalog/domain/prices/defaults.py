"""The published values of facts that nobody knows."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

from catalog.domain.prices.context import DayKind, PriceContext, Regime, Residence
from catalog.domain.prices.trace import Step, number
from foundation.reading import Node


def _code(
    codes: type[Residence | Regime | DayKind], node: Node, key: str
) -> Residence | Regime | DayKind | None:
    code = node.code(key, tuple(codes), required=False)
    return None if code is None else codes(code)


def _situation(node: Node, key: str) -> str | None:
    return node.code(key, required=False)


def _quotient(node: Node, key: str) -> Decimal | None:
    return node.decimal(key, required=False)


def _count(node: Node, key: str) -> int | None:
    return node.integer(key, required=False, at_least=1)


#: The facts that may have a published default, in the order the trace says them.
DEFAULTED: Mapping[str, Callable[[Node, str], Any]] = {
    "residence": partial(_code, Residence),
    "situation": _situation,
    "quotient": _quotient,
    "regime": partial(_code, Regime),
    "period_kind": partial(_code, DayKind),
    "days_a_week": _count,
    "children_present": _count,
    "present_rank": _count,
    "minutes": _count,
}


@dataclass(frozen=True, slots=True)
class Defaults:
    """The published values by fact; a fact without one is left unknown."""

    values: Mapping[str, Any]

    @property
    def residence(self) -> Residence | None:
        """Whose price applies until a residence is proven."""
        return self.values.get("residence")

    def fill(
        self, context: PriceContext, facts: Collection[str]
    ) -> tuple[PriceContext, list[Step]]:
        """Complete the unknown `facts`, with a remark for each default used."""
        filled: dict[str, Any] = {}
        steps: list[Step] = []
        for fact, value in self.values.items():
            if fact in facts and getattr(context, fact) is None:
                shown = number(value) if isinstance(value, Decimal) else str(value)
                steps.append(Step("default", f"{fact}_by_default", {"value": shown}))
                filled[fact] = value
        return (replace(context, **filled) if filled else context), steps


def read_defaults(node: Node) -> Defaults:
    """Read `defaults`; absent, an unknown fact is never completed."""
    child = node.child("defaults", required=False)
    if child is None:
        return Defaults({})
    values = {fact: read(child, fact) for fact, read in DEFAULTED.items()}
    child.close()
    return Defaults({fact: each for fact, each in values.items() if each is not None})
