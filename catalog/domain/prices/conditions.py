"""When a rule or an adjustment applies: the conditions a town can write.

A condition is one line of `CONDITIONS`. Codes accept a set of values; spans accept
numbers or days from a bound, included, until another, excluded.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any, Protocol

from catalog.domain.prices.context import (
    STANDARD,
    Booking,
    DayKind,
    Event,
    PriceContext,
    Regime,
    Residence,
)
from catalog.domain.prices.errors import MissingFactError
from foundation.reading import WEEKDAYS, Node

#: Stands for every code that the tariff does not name.
ANY_OTHER = "*"
#: A month of days and nights: nothing lasts longer.
MOST_MINUTES = 44_640


class Matcher(Protocol):
    """What a condition accepts."""

    def accepts(self, value: Any) -> bool:
        """Tell whether a known value is accepted."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Accept the codes listed."""

    codes: frozenset[str]

    def accepts(self, value: str) -> bool:
        """Tell whether `value` is one of the codes."""
        return value in self.codes


@dataclass(frozen=True, slots=True)
class Span:
    """Accept values from `start`, included, until `until`, excluded."""

    start: Any = None
    until: Any = None

    def accepts(self, value: Any) -> bool:
        """Tell whether `value` lies between the bounds."""
        if self.start is not None and value < self.start:
            return False
        return self.until is None or value < self.until


@dataclass(frozen=True, slots=True)
class Kind:
    """A condition a town can write: how to read it, which facts it looks at.

    `universe` lists the values a code can take; None for a span, whose `lowest`
    is the smallest value there is, or None without any, and whose bounds `bound`
    reads.
    """

    read: Callable[[Node, str], Matcher]
    fact: str
    value: Callable[[PriceContext], Any]
    universe: tuple[str, ...] | None = None
    lowest: Any = None
    bound: "Bound | None" = None


Bound = Callable[[Node, str], Any]


def _read_codes(allowed: tuple[str, ...] | None, node: Node, key: str) -> Codes:
    return Codes(node.codes(key, allowed))


def _read_span(read_bound: Bound, node: Node, key: str) -> Span:
    child = node.child(key)
    if child is None:
        return Span()
    start, until = read_bound(child, "from"), read_bound(child, "until")
    if start is None and until is None and child.is_sound:
        child.refuse("", "no_bound")
    if start is not None and until is not None and until <= start:
        child.refuse("until", "not_after_from", start=str(start))
    child.close()
    return Span(start, until)


def _decimal(node: Node, key: str) -> Decimal | None:
    return node.decimal(key, required=False)


def _count(node: Node, key: str) -> int | None:
    return node.integer(key, required=False, at_least=1)


def _minutes(node: Node, key: str) -> int | None:
    return node.integer(key, required=False, at_most=MOST_MINUTES)


def _hour(node: Node, key: str) -> time | None:
    return node.time(key, required=False)


def _day(node: Node, key: str) -> date | None:
    return node.day(key, required=False)


def _codes_kind(fact: str, universe: Iterable[str], *, closed: bool = True) -> Kind:
    names = tuple(universe)
    value: Callable[[PriceContext], Any] = attrgetter(fact)
    source = "day" if fact == "weekday" else fact
    read = partial(_read_codes, names if closed else None)
    return Kind(read, source, value, names)


def _span_kind(fact: str, read_bound: Bound, lowest: Any = None) -> Kind:
    read = partial(_read_span, read_bound)
    return Kind(read, fact, attrgetter(fact), lowest=lowest, bound=read_bound)


CONDITIONS: Mapping[str, Kind] = {
    "residence": _codes_kind("residence", Residence),
    "situation": _codes_kind("situation", [ANY_OTHER], closed=False),
    "variant": _codes_kind("variant", [STANDARD], closed=False),
    "booking": _codes_kind("booking", Booking),
    "weekday": _codes_kind("weekday", WEEKDAYS),
    "quotient": _span_kind("quotient", _decimal, lowest=Decimal(0)),
    "quantity": _span_kind("quantity", _decimal, lowest=Decimal(0)),
    "child_rank": _span_kind("child_rank", _count, lowest=1),
    "children_registered": _span_kind("children_registered", _count, lowest=1),
    "occurrence": _span_kind("occurrence", _count, lowest=1),
    "regime": _codes_kind("regime", Regime),
    "period_kind": _codes_kind("period_kind", DayKind),
    "event": _codes_kind("event", Event),
    "days_a_week": _span_kind("days_a_week", _count, lowest=1),
    "children_present": _span_kind("children_present", _count, lowest=1),
    "present_rank": _span_kind("present_rank", _count, lowest=1),
    "minutes": _span_kind("minutes", _minutes, lowest=0),
    "starts": _span_kind("starts", _hour, lowest=time(0)),
    "ends": _span_kind("ends", _hour, lowest=time(0)),
    "day": _span_kind("day", _day),
    "booked_on": _span_kind("booked_on", _day),
}


def _acceptance(matcher: Matcher) -> Callable[[Any], bool]:
    # The set answers by itself: this is asked of every meal of a town.
    return matcher.codes.__contains__ if isinstance(matcher, Codes) else matcher.accepts


class When:
    """Conditions that must all hold; without any, it always applies."""

    __slots__ = ("_tests", "matchers")

    def __init__(self, matchers: Mapping[str, Matcher]) -> None:
        """Keep the conditions by key, and their tests ready to run."""
        self.matchers = dict(matchers)
        self._tests = tuple(
            (key, CONDITIONS[key].value, _acceptance(matcher))
            for key, matcher in self.matchers.items()
        )

    @property
    def facts(self) -> frozenset[str]:
        """The facts of a context that the conditions look at."""
        return frozenset(CONDITIONS[key].fact for key in self.matchers)

    def without(self, key: str) -> "When":
        """Return the other conditions."""
        kept = {name: each for name, each in self.matchers.items() if name != key}
        return When(kept)

    def codes_of(self, key: str) -> frozenset[str]:
        """Return the codes named under `key`, none when it is not a condition."""
        matcher = self.matchers.get(key)
        return matcher.codes if isinstance(matcher, Codes) else frozenset()

    def first_fact(self, context: PriceContext) -> dict[str, str]:
        """Return the first condition and the value that met it, for the trace."""
        for key, value_of, _ in self._tests:
            return {"because": key, "value": str(value_of(context))}
        return {}

    def holds(self, context: PriceContext) -> bool:
        """Tell whether all conditions hold.

        A condition that fails settles it; otherwise an unknown fact raises
        MissingFactError rather than being taken for a no.
        """
        missing = ""
        for key, value_of, accepts in self._tests:
            value = value_of(context)
            if value is None:
                missing = key
            elif not accepts(value):
                return False
        if missing:
            raise MissingFactError(fact=missing)
        return True


def read_when(node: Node) -> When:
    """Read the conditions under `when`; absent means always."""
    child = node.child("when", required=False)
    if child is None:
        return When({})
    matchers = {
        key: kind.read(child, key) for key, kind in CONDITIONS.items() if child.has(key)
    }
    if child.is_empty:
        child.refuse("", "no_condition")
    child.close()
    return When(matchers)
