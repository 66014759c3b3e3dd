"""How a rule finds the price of one unit: one class for each method.

A new method is a new class and one line of `METHODS`: it reads its own keys, says
which facts it looks at, and returns the amount with the step that explains it.
"""

from collections.abc import Mapping

from catalog.domain.prices.methods.base import (
    REFUSE,
    ZERO,
    Banded,
    Columns,
    Method,
    MethodClass,
)
from catalog.domain.prices.methods.effort import (
    Effort,
    EffortBand,
    EffortBands,
    EffortRate,
)
from catalog.domain.prices.methods.grids import Band, Bands, QuotientBands
from catalog.domain.prices.methods.linear import Linear, Point
from catalog.domain.prices.methods.plain import ByChild, Fixed, SessionAmount, Table

METHODS: Mapping[str, MethodClass] = {
    "fixed": Fixed,
    "quotient_bands": QuotientBands,
    "effort_rate": EffortRate,
    "table": Table,
    "effort_bands": EffortBands,
    "linear": Linear,
    "bands": Bands,
    "by_child": ByChild,
    "session_amount": SessionAmount,
}

__all__ = [
    "METHODS",
    "REFUSE",
    "ZERO",
    "Band",
    "Banded",
    "Bands",
    "ByChild",
    "Columns",
    "Effort",
    "EffortBand",
    "EffortBands",
    "EffortRate",
    "Fixed",
    "Linear",
    "Method",
    "Point",
    "QuotientBands",
    "SessionAmount",
    "Table",
]
