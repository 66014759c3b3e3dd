"""Read a table of prices: a code, or its name, and its price on each line."""

import re
from collections.abc import Mapping
from functools import partial

from catalog.domain.pasted.grids import (
    TWO,
    PastedBands,
    Row,
    at_column,
    cells_of,
    read_grid,
)
from catalog.domain.pasted.values import (
    BLANKS,
    UnclearNumberError,
    read_number,
    with_cents,
)
from foundation.shapes import CODE


def read_codes(text: str, *, names: Mapping[str, str]) -> PastedBands:
    """Read a table: a code or its name, and its price, on each line.

    `names` gives the codes of names, which are written by `plain_name`.
    """
    known: set[str] = set()
    return read_grid(text, partial(_read_coded, names, known), _has_no_figure)


def plain_name(name: str) -> str:
    """Return a name as it is compared: no capitals, single blanks."""
    return " ".join(name.translate(BLANKS).casefold().split())


def _read_coded(names: Mapping[str, str], known: set[str], line: str) -> Row:
    cells = cells_of(line)
    if len(cells) != TWO:
        raise UnclearNumberError("name_and_price", line.strip())
    code = names.get(plain_name(cells[0]), cells[0])
    if not CODE.fullmatch(code):
        raise UnclearNumberError("unknown_name", cells[0], 1)
    if code in known:
        raise UnclearNumberError("repeated_code", cells[0], 1)
    known.add(code)
    amount = with_cents(at_column(2, read_number, cells[1]))
    return {"code": code, "amount": amount}, ("code", "amount")


def _has_no_figure(line: str) -> bool:
    return not re.search(r"\d", line)
