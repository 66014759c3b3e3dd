"""Grids and numbers as people type them, or paste them from a spreadsheet.

Decimal commas, currency signs and spaces between thousands are accepted; what could
be read in two ways is refused, never guessed. Each problem names its line, and its
column where there is one.
"""

from catalog.domain.pasted.grids import (
    MOST_LINES,
    PastedBands,
    read_amounts,
    read_bands,
    read_points,
    read_rates,
)
from catalog.domain.pasted.tables import plain_name, read_codes
from catalog.domain.pasted.values import (
    UnclearNumberError,
    read_bound,
    read_number,
    with_cents,
    write_bound,
)
from catalog.domain.pasted.writing import (
    write_amounts,
    write_bands,
    write_codes,
    write_points,
    write_rates,
)

__all__ = [
    "MOST_LINES",
    "PastedBands",
    "UnclearNumberError",
    "plain_name",
    "read_amounts",
    "read_bands",
    "read_bound",
    "read_codes",
    "read_number",
    "read_points",
    "read_rates",
    "with_cents",
    "write_amounts",
    "write_bands",
    "write_bound",
    "write_codes",
    "write_points",
    "write_rates",
]
