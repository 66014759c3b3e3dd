"""Read a grid pasted from a spreadsheet, or typed line by line.

One band a line: from, until, price, separated by tabs, semicolons or bars. Several
prices are those of the first child, the second, and so on. A grid of rates has a rate,
a lowest and a highest price instead; a scale has a quotient and its price.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any, TypeVar

from catalog.domain.pasted.values import (
    BLANKS,
    UnclearNumberError,
    read_bound,
    read_number,
    with_cents,
)
from foundation.problems import ConfigurationError, Problem

Band = dict[str, Any]
#: A band, and which of its keys stands in each column.
Row = tuple[Band, tuple[str, ...]]
Read = TypeVar("Read")

TWO, THREE, FIVE = 2, 3, 5
#: No vote has more bands: a longer paste is a mistake.
MOST_LINES = 200

_NOTHING = re.compile(r"[-–—….\s]*|\+|et plus|and more", re.IGNORECASE)  # noqa: RUF001 - dashes people type.
_UNDER = re.compile(r"(?:<|moins de|under|less than)\s*(.+)", re.IGNORECASE)
_OVER = re.compile(
    r"(?:≥|>=|à partir de|from)\s*(.+)|(.+?)\s*(?:et plus|and more|\+)", re.IGNORECASE
)
# Between two bounds people type a hyphen, an en dash, "à" or "to".
_RANGE = re.compile(
    r"(?:de\s+)?(\d[\d .,:h]*?)\s*(?:-|\u2013|à|to)\s*(\d[\d .,:h]*)", re.IGNORECASE
)
_TAGS = re.compile(r"</?[a-z!][^>]*>", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?:^|\s)\d{1,3} \d{3}(?=\s|[.,]|$)")


@dataclass(frozen=True, slots=True)
class PastedBands:
    """Bands in the vocabulary of tariffs, and where each one was written.

    `columns` holds for each band the keys of its columns, in order.
    """

    bands: tuple[Band, ...]
    lines: tuple[int, ...]
    columns: tuple[tuple[str, ...], ...] = ()

    def line_of(self, index: int) -> int:
        """Return the line of a band, the last one when there is no such band."""
        return self.lines[min(index, len(self.lines) - 1)] if self.lines else 1

    def column_of(self, index: int, key: str) -> int:
        """Return the column of a key of a band, from 1; 0 when it has none."""
        if not 0 <= index < len(self.columns) or key not in self.columns[index]:
            return 0
        return self.columns[index].index(key) + 1


def read_bands(text: str, *, of: str = "quotient") -> PastedBands:
    """Read a grid; raises ConfigurationError with a problem for each wrong cell.

    `of` is the fact whose bands they are. The path of a problem is its line, with
    its column where it has one: "3.2". Whether bands touch is for the tariff to say.
    """
    return read_grid(text, partial(_read_band, of))


def read_rates(text: str) -> PastedBands:
    """Read a grid of rates: from, until, rate, lowest price, highest price.

    "0,30 / 0,25" are the rates of the first child and of the next.
    """
    return read_grid(text, _read_rate)


def read_points(text: str) -> PastedBands:
    """Read a scale: a quotient and its price on each line."""
    return read_grid(text, _read_point)


def read_amounts(text: str) -> PastedBands:
    """Read the prices of the first child, the next...: a line each, or on one line."""
    line = ";".join(part for part in text.splitlines() if part.strip())
    return read_grid(line, _read_cells)


def read_grid(
    text: str,
    read_line: Callable[[str], Row],
    is_heading: Callable[[str], bool] | None = None,
) -> PastedBands:
    """Read each line that says something; a first one that is a heading is left out.

    Raises ConfigurationError with a problem for each wrong cell.
    """
    problems: list[Problem] = []
    found: list[tuple[int, Row]] = []
    for number, line in _written(text):
        try:
            if found or not (is_heading or _is_heading)(line):
                found.append((number, read_line(line)))
        except UnclearNumberError as error:
            path = f"{number}.{error.column}" if error.column else str(number)
            problems.append(Problem(path, error.reason, {"text": error.text}))
    if not found and not problems:
        problems.append(Problem("1", "empty_grid"))
    if problems:
        raise ConfigurationError(problems)
    _close([band for _number, (band, _keys) in found])
    return PastedBands(
        tuple(band for _number, (band, _keys) in found),
        tuple(number for number, _row in found),
        tuple(keys for _number, (_band, keys) in found),
    )


def _written(text: str) -> list[tuple[int, str]]:
    """Return the lines that say something, numbered; refuse what is no grid."""
    if _TAGS.search(text):
        raise ConfigurationError([Problem(_line_of_tag(text), "pasted_code")])
    lines = enumerate(text.splitlines(), start=1)
    written = [(number, line) for number, line in lines if line.strip()]
    if len(written) > MOST_LINES + 1:
        params = {"at_most": str(MOST_LINES)}
        raise ConfigurationError([Problem("", "too_many_bands", params)])
    return written


def _is_heading(line: str) -> bool:
    """Tell whether a first line only names the columns."""
    if not re.search(r"\d", line):
        return True
    first = cells_of(line)[0]
    return bool(re.search(r"[^\W\d_]{2}", first)) and not re.search(r"\d", first)


def _line_of_tag(text: str) -> str:
    found = _TAGS.search(text)
    return str(text.count("\n", 0, found.start() if found else 0) + 1)


def _read_band(of: str, line: str) -> Row:
    cells = cells_of(line)
    if len(cells) < TWO:
        raise UnclearNumberError("three_values", line.strip())
    if len(cells) == TWO:
        start, until = at_column(1, partial(_read_range, of), cells[0])
        bounds: tuple[str, ...] = ("from",)
    else:
        start, until = _two_bounds(of, cells)
        bounds = ("from", "until")
    prices, keys = _prices(cells[len(bounds) :], after=len(bounds))
    lowest = "0" if of == "quotient" else None
    return {**_band(start, until, lowest), **prices}, (*bounds, *keys)


def _two_bounds(of: str, cells: Sequence[str]) -> tuple[Any, Any]:
    read = partial(_bound, of)
    return at_column(1, read, cells[0]), at_column(2, read, cells[1])


def _prices(cells: Sequence[str], *, after: int) -> tuple[Band, tuple[str, ...]]:
    amounts = [
        with_cents(at_column(column, read_number, cell))
        for column, cell in enumerate(cells, start=after + 1)
    ]
    if len(amounts) == 1:
        return {"amount": amounts[0]}, ("amount",)
    return {"amounts": amounts}, tuple(f"amounts[{at}]" for at in range(len(amounts)))


def _read_cells(line: str) -> Row:
    prices, keys = _prices(cells_of(line), after=0)
    return {"amounts": prices.get("amounts") or [prices["amount"]]}, keys


def _read_rate(line: str) -> Row:
    cells = cells_of(line)
    if not THREE <= len(cells) <= FIVE:
        raise UnclearNumberError("five_values", line.strip())
    band = _band(*_two_bounds("quotient", cells), "0")
    rates = [
        at_column(THREE, read_number, rate.replace("%", ""))
        for rate in cells[2].split("/")
    ]
    band |= {"rate": rates[0]} if len(rates) == 1 else {"rates": rates}
    for column, (key, cell) in enumerate(
        zip(("floor", "ceiling"), cells[3:], strict=False), start=4
    ):
        if not _NOTHING.fullmatch(cell):
            band[key] = with_cents(at_column(column, read_number, cell))
    return band, ("from", "until", "rate", "floor", "ceiling")


def _read_point(line: str) -> Row:
    cells = cells_of(line)
    if len(cells) != TWO:
        raise UnclearNumberError("two_values", line.strip())
    point = {
        "quotient": at_column(1, read_number, cells[0]),
        "amount": with_cents(at_column(2, read_number, cells[1])),
    }
    return point, ("quotient", "amount")


def at_column(column: int, read: Callable[[str], Read], cell: str) -> Read:
    """Read a cell; what is wrong with it names its column."""
    try:
        return read(cell)
    except UnclearNumberError as error:
        raise UnclearNumberError(error.reason, error.text, column) from error


def _band(start: Any, until: Any, lowest: str | None) -> Band:
    band: Band = {"from": lowest if start is None else start}
    if until is not None:
        band["until"] = until
    return {key: bound for key, bound in band.items() if bound is not None}


def cells_of(line: str) -> list[str]:
    """Return the cells of a line, however they are parted."""
    for mark in "\t;|":
        if mark in line:
            cells = [cell.translate(BLANKS).strip() for cell in line.split(mark)]
            while len(cells) > THREE and not cells[-1]:
                cells.pop()
            return cells
    # Spaces that cannot be broken stand inside numbers, never between columns.
    wide = re.split(r"[ \t]{2,}", line.strip(" "))
    cells = wide if len(wide) > 1 else line.strip(" ").split(" ")
    if len(wide) == 1 and len(cells) > THREE and _THOUSANDS.search(line):
        raise UnclearNumberError("unclear_spaces", line.strip())
    return [cell.translate(BLANKS).strip() for cell in cells]


def _read_range(of: str, cell: str) -> tuple[Any, Any]:
    if found := _UNDER.fullmatch(cell):
        return None, read_bound(of, found[1])
    if found := _RANGE.fullmatch(cell):
        return read_bound(of, found[1]), read_bound(of, found[2])
    if found := _OVER.fullmatch(cell):
        return read_bound(of, found[1] or found[2]), None
    return read_bound(of, cell), None


def _bound(of: str, cell: str) -> Any:
    if _NOTHING.fullmatch(cell):
        return None
    if found := _UNDER.fullmatch(cell) or _OVER.fullmatch(cell):
        return read_bound(of, next(group for group in found.groups() if group))
    return read_bound(of, cell)


def _close(bands: Sequence[Band]) -> None:
    """End each band that says only where it starts where the next one starts.

    A next one that starts before is left for the tariff to refuse.
    """
    for band, following in pairwise(bands):
        if "quotient" in band or "from" not in following:
            continue  # A scale or a table has no bands; nothing to close with.
        if "from" not in band or _rank(band["from"]) < _rank(following["from"]):
            band.setdefault("until", following["from"])


def _rank(bound: Any) -> Any:
    """Return what bounds are compared by: hours and days compare as texts."""
    is_text = ":" in str(bound) or "-" in str(bound)
    return str(bound) if is_text else Decimal(str(bound))
