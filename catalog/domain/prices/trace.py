"""A price and how it was made: step by step, ready to be stored and replayed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, Self

from catalog.domain.prices.context import PriceContext
from foundation.money import Money, round_half_up

#: Raised when the calculation itself changes, so that old traces stay readable.
ENGINE = 1


class Step(NamedTuple):
    """One step: a kind, a message id, its parameters, the amount before and after.

    Amounts and numbers are decimal texts in major units. `before` is None for the
    step that gives the first amount, both are None for a remark.
    """

    kind: str
    message: str
    params: Mapping[str, str]
    before: str | None = None
    after: str | None = None

    def to_data(self) -> dict[str, Any]:
        """Return the step as plain data."""
        return {
            "kind": self.kind,
            "message": self.message,
            "params": dict(self.params),
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """The proof of a price: which tariff, which facts, which steps.

    `tariff` is the fingerprint of the rules; `rule` is the code of the one applied.
    """

    tariff: str
    currency: str
    rule: str
    inputs: PriceContext
    steps: tuple[Step, ...]
    minor: int
    engine: int = ENGINE

    def to_data(self) -> dict[str, Any]:
        """Return plain data to store with the charge."""
        return {
            "engine": self.engine,
            "tariff": self.tariff,
            "currency": self.currency,
            "rule": self.rule,
            "inputs": self.inputs.to_data(),
            "steps": [step.to_data() for step in self.steps],
            "minor": self.minor,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the trace that `to_data` stored."""
        return cls(
            tariff=data["tariff"],
            currency=data["currency"],
            rule=data["rule"],
            inputs=PriceContext.from_data(data["inputs"]),
            steps=tuple(Step(**step) for step in data["steps"]),
            minor=data["minor"],
            engine=data["engine"],
        )


class Outcome(NamedTuple):
    """What a tariff gives for facts; contexts alike for the tariff share it."""

    tariff: str
    currency: str
    rule: str
    steps: tuple[Step, ...]
    minor: int
    shares: tuple[int, int, int]


class Price(NamedTuple):
    """An amount in minor units, its parts for tax slips, and its trace."""

    outcome: Outcome
    inputs: PriceContext

    @property
    def minor(self) -> int:
        """The whole price, in minor units."""
        return self.outcome.minor

    @property
    def currency(self) -> str:
        """The currency of the tariff."""
        return self.outcome.currency

    @property
    def care(self) -> int:
        """The part that pays for looking after the child, in minor units."""
        return self.outcome.shares[0]

    @property
    def meal(self) -> int:
        """The part that pays for food, in minor units."""
        return self.outcome.shares[1]

    @property
    def other(self) -> int:
        """The part that is neither care nor food, in minor units."""
        return self.outcome.shares[2]

    @property
    def money(self) -> Money:
        """The whole price."""
        return Money(self.minor, self.currency)

    @property
    def trace(self) -> Trace:
        """The proof of the price, made when it is asked for."""
        made = self.outcome
        return Trace(
            made.tariff, made.currency, made.rule, self.inputs, made.steps, made.minor
        )


#: Divisions that never end are kept to this many decimals.
KEPT_DECIMALS = 30


def exact(value: Decimal) -> Decimal:
    """Keep a division to 30 decimals; one that ends earlier stays as it is."""
    return round_half_up(value, KEPT_DECIMALS).normalize()


def number(value: Decimal) -> str:
    """Write a number of a trace: plain digits, never an exponent."""
    text = str(value)
    # Made twice as fast as with a format, for the many that have no exponent.
    return f"{value:f}" if "E" in text else text
