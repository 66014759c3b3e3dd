"""A tariff as staff fill it in: lines of prices, then supplements and reductions.

A sheet says the usual; `rules_of` writes it in the vocabulary of
docs/algorithms/prices.md. `sheet_of` reads rules back; a line that it has no words for
is kept as it is, so that nothing is lost when another line changes. Nothing here
checks the rules: `parse_tariff` does, and `place_of` leads its problems back to the
sheet.
"""

from catalog.domain.tariff_sheet.places import Place, place_of
from catalog.domain.tariff_sheet.reading import sheet_of
from catalog.domain.tariff_sheet.values import (
    COUNTED_UNITS,
    COUNTED_WHOLE,
    DEFAULTED,
    KEPT,
    PARTS,
    SPANS,
    Ceiling,
    Line,
    Sheet,
    Supplement,
    blank_sheet,
)
from catalog.domain.tariff_sheet.writing import rules_of, shares_of

__all__ = [
    "COUNTED_UNITS",
    "COUNTED_WHOLE",
    "DEFAULTED",
    "KEPT",
    "PARTS",
    "SPANS",
    "Ceiling",
    "Line",
    "Place",
    "Sheet",
    "Supplement",
    "blank_sheet",
    "place_of",
    "rules_of",
    "shares_of",
    "sheet_of",
]
