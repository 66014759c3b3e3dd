"""How many units the minutes make: started half-hours, quarters, a cap a day."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from catalog.domain.prices.trace import Step, exact, number
from foundation.reading import Node

STARTED, COMPLETED, NEAREST = "started", "completed", "nearest"
ROUNDINGS = (STARTED, COMPLETED, NEAREST)
#: The longest unit: a day.
LONGEST = 1440


@dataclass(frozen=True, slots=True)
class Count:
    """Minutes turned into units of `every` minutes, counted by steps of `step`.

    The first `free` minutes are not counted. A started step counts once more than
    `tolerance` minutes of it have passed. What is counted stays between `at_least`
    and `at_most` units; nothing counted stays nothing.
    """

    every: int
    step: int
    rounding: str
    free: int
    tolerance: int
    at_least: Decimal | None
    at_most: Decimal | None

    @classmethod
    def read(cls, node: Node) -> Self:
        """Read `every`, `step`, `rounding`, `free`, `tolerance` and the bounds."""
        every = node.integer("every", at_least=1, at_most=LONGEST) or 1
        step = node.integer("step", required=False, at_least=1, at_most=every)
        rounding = node.code("rounding", ROUNDINGS, required=False) or STARTED
        free = node.integer("free", required=False, at_most=LONGEST) or 0
        tolerance = node.integer("tolerance", required=False, at_most=LONGEST) or 0
        at_least = node.decimal("at_least", required=False)
        at_most = node.decimal("at_most", required=False)
        count = cls(every, step or every, rounding, free, tolerance, at_least, at_most)
        count._check(node)
        node.close()
        return count

    def _check(self, node: Node) -> None:
        if self.every % self.step:
            node.refuse("step", "not_a_divisor", every=str(self.every))
        if self.tolerance and self.rounding != STARTED:
            node.refuse("tolerance", "tolerance_needs_started")
        if self.tolerance >= self.step:
            node.refuse("tolerance", "tolerance_too_long", step=str(self.step))
        lowest = self.at_least or Decimal(0)
        if self.at_most is not None and self.at_most < lowest:
            node.refuse("at_most", "below_floor", floor=number(lowest))

    def units(self, minutes: int) -> Decimal:
        """Return how many units the minutes make."""
        steps, rest = divmod(max(minutes - self.free, 0), self.step)
        if self.rounding == STARTED:
            steps += rest > self.tolerance
        elif self.rounding == NEAREST:
            steps += 2 * rest >= self.step
        units = exact(Decimal(steps * self.step) / self.every)
        if units and self.at_least is not None:
            units = max(units, self.at_least)
        return units if self.at_most is None else min(units, self.at_most)

    def explain(self, minutes: int, units: Decimal) -> Step:
        """Return the remark of the trace."""
        params = {
            "minutes": str(minutes),
            "units": number(units),
            "every": str(self.every),
        }
        return Step("count", "counted", params)


def read_count(node: Node) -> Count | None:
    """Read `count`; absent, the quantity is the one that was booked."""
    child = node.child("count", required=False)
    return None if child is None else Count.read(child)
