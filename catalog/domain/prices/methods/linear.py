"""A price that rises in a straight line from one quotient to another."""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from catalog.domain.prices.context import PriceContext
from catalog.domain.prices.errors import MissingFactError
from catalog.domain.prices.methods.base import REFUSE, ZERO, base_step
from catalog.domain.prices.trace import Step, exact, number
from foundation.reading import Node

FEWEST = 2


@dataclass(frozen=True, slots=True)
class Point:
    """The price at one quotient."""

    quotient: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Linear:
    """Straight lines between points; level before the first and after the last."""

    points: tuple[Point, ...]
    quotients: tuple[Decimal, ...]
    without_quotient: str
    facts: ClassVar[frozenset[str]] = frozenset({"quotient"})
    columns: ClassVar[None] = None

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `points` of `quotient` and `amount`, and `without_quotient`."""
        points = tuple(_read_point(child) for child in node.children("points"))
        if node.is_sound:
            _check_points(node, points)
        without = node.code(
            "without_quotient", ("highest_price", REFUSE), required=False
        )
        quotients = tuple(point.quotient for point in points)
        return cls(points, quotients, without or "highest_price")

    @property
    def highest(self) -> Decimal:
        """The highest price of the line."""
        return max(point.amount for point in self.points)

    def unit_price(self, context: PriceContext) -> tuple[Decimal, Step]:
        """Return the price on the line."""
        quotient = context.quotient
        if quotient is None:
            if self.without_quotient == REFUSE:
                raise MissingFactError(fact="quotient")
            return self.highest, base_step("quotient_unknown_ceiling", self.highest)
        after = bisect_right(self.quotients, quotient)
        if after == 0:
            return _level("linear_below", self.points[0], quotient)
        if after == len(self.points):
            return _level("linear_above", self.points[-1], quotient)
        return _between(self.points[after - 1], self.points[after], quotient)


def _level(message: str, point: Point, quotient: Decimal) -> tuple[Decimal, Step]:
    params = {"quotient": number(quotient), "from": number(point.quotient)}
    return point.amount, base_step(message, point.amount, **params)


def _between(low: Point, high: Point, quotient: Decimal) -> tuple[Decimal, Step]:
    width = high.quotient - low.quotient
    # One division, the last thing done: whatever can be exact stays exact.
    rise = (high.amount - low.amount) * (quotient - low.quotient)
    amount = exact((low.amount * width + rise) / width)
    return amount, base_step(
        "linear",
        amount,
        quotient=number(quotient),
        low=number(low.amount),
        high=number(high.amount),
        **{"from": number(low.quotient), "until": number(high.quotient)},
    )


def _read_point(node: Node) -> Point:
    point = Point(node.decimal("quotient") or ZERO, node.decimal("amount") or ZERO)
    node.close()
    return point


def _check_points(node: Node, points: tuple[Point, ...]) -> None:
    if len(points) < FEWEST:
        node.refuse("points", "too_few_points", fewest=str(FEWEST))
    for index in range(1, len(points)):
        before = points[index - 1].quotient
        if points[index].quotient <= before:
            key = f"points[{index}].quotient"
            node.refuse(key, "points_not_in_order", before=number(before))
