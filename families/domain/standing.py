"""Where households stand on a day: residence and family quotient, as proven.

A price sees one residence and one quotient. None means that nobody knows: the price
then takes the town's published default.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is proven of a household on one day. The quotient is a monthly index."""

    residence: str | None = None
    quotient: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Fact(Generic[Value]):
    """A value proven from a day, the bound excluded."""

    value: Value
    start: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether the value counts on a day."""
        return self.start <= day and (self.until is None or day < self.until)


class Standings:
    """The facts of many households over some days, read once and asked often."""

    def __init__(
        self,
        residences: Mapping[int, Iterable[Fact[str]]],
        quotients: Mapping[int, Iterable[Fact[Decimal]]],
    ) -> None:
        """Keep the facts by household; each holds one value a day at most."""
        self._residences = {key: tuple(facts) for key, facts in residences.items()}
        self._quotients = {key: tuple(facts) for key, facts in quotients.items()}

    def on(self, household_id: int, day: date) -> Standing:
        """Return what is proven of a household on a day."""
        return Standing(
            residence=_value_on(self._residences.get(household_id, ()), day),
            quotient=_value_on(self._quotients.get(household_id, ()), day),
        )


def _value_on(facts: Iterable[Fact[Value]], day: date) -> Value | None:
    return next((fact.value for fact in facts if fact.holds_on(day)), None)
