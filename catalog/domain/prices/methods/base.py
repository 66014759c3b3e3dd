"""What every method of a rule offers, and the columns some of them have."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Protocol

from catalog.domain.prices.context import PriceContext
from catalog.domain.prices.errors import MissingFactError
from catalog.domain.prices.trace import Step, number
from foundation.reading import Node

BASE = "base"
ZERO = Decimal(0)
REFUSE = "refuse"
#: The facts that columns may count.
COLUMN_FACTS = (
    "child_rank",
    "children_registered",
    "children_present",
    "present_rank",
)
FEWEST_COLUMNS, MOST_COLUMNS = 2, 12


@dataclass(frozen=True, slots=True)
class Columns:
    """One column for each child, counted by a fact; the last one is for more."""

    by: str

    def value(self, context: PriceContext) -> int:
        """Return what is counted. Raises MissingFactError when nobody knows."""
        count: int | None = attrgetter(self.by)(context)
        if count is None:
            raise MissingFactError(fact=self.by)
        return count

    def pick(self, cells: tuple[Decimal, ...], context: PriceContext) -> Decimal:
        """Return the cell of the column that the count falls in."""
        return cells[min(self.value(context), len(cells)) - 1]


class Method(Protocol):
    """A way of finding the price of one unit, not rounded."""

    @property
    def facts(self) -> frozenset[str]:
        """The facts of the context that the price depends on."""

    @property
    def columns(self) -> Columns | None:
        """The columns by child, when it has some."""

    def unit_price(self, context: PriceContext) -> tuple[Decimal, Step]:
        """Return the price of one unit and the step that explains it."""


class Banded:
    """A method with bands of quotient: the price of a lower band can be asked for."""

    __slots__ = ()

    def price_below(
        self, context: PriceContext, lower: int
    ) -> tuple[Decimal, Mapping[str, str]]:
        """Return the price `lower` bands below, the lowest one at least.

        The bounds of the band come with it, for the trace.
        """
        raise NotImplementedError


class MethodClass(Protocol):
    """What the table of methods holds."""

    def read(self, node: Node) -> Method:
        """Read the keys of the method, noting problems in `node`."""


def read_columns(node: Node) -> Columns | None:
    """Read `columns`: the fact that the columns of prices count."""
    by = node.code("columns", COLUMN_FACTS, required=False)
    return None if by is None else Columns(by)


def read_cells(
    node: Node, columns: Columns | None, one: str, several: str
) -> tuple[Decimal, ...]:
    """Read the number under `one`, or the list under `several` when by columns."""
    if columns is None:
        return (node.decimal(one) or ZERO,)
    listed = node.data.get(several) if node.has(several) else None
    if not isinstance(listed, list):
        node.refuse(several, "missing" if listed is None else "not_a_list")
        return (ZERO,)
    if not FEWEST_COLUMNS <= len(listed) <= MOST_COLUMNS:
        bounds = {"fewest": str(FEWEST_COLUMNS), "most": str(MOST_COLUMNS)}
        node.refuse(several, "wrong_number_of_columns", **bounds)
    return tuple(
        _read_cell(node, f"{several}[{index}]", value)
        for index, value in enumerate(listed[:MOST_COLUMNS])
    ) or (ZERO,)


def _read_cell(node: Node, key: str, value: object) -> Decimal:
    return Node({key: value}, node.path, node.problems).decimal(key) or ZERO


def base_step(message: str, amount: Decimal, **params: str) -> Step:
    """Return the step that gives the first amount."""
    return Step(BASE, message, params, None, number(amount))
