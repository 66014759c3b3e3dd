"""Read a grid of bands pasted from a spreadsheet, or typed line by line.

One band a line: from, until, price, separated by tabs, semicolons or bars. Several
prices are those of the first child, the second, and so on. A grid of rates has a rate,
a lowest and a highest price instead; a scale has a quotient and its price. Decimal
commas, currency signs and spaces between thousands are accepted; a number that could
be read in two ways is refused, never guessed. Problems are numbered by line.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from foundation.problems import ConfigurationError, Problem

Band = dict[str, Any]

TWO, THREE, FIVE = 2, 3, 5

_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})
_CURRENCY = re.compile(r"€|\$|\b(?:EUR|CAD)\b", re.IGNORECASE)
_NOTHING = re.compile(r"[-–—….\s]*|\+|et plus|and more", re.IGNORECASE)  # noqa: RUF001 - dashes people type.
_UNDER = re.compile(r"(?:<|moins de|under|less than)\s*(.+)", re.IGNORECASE)
_OVER = re.compile(
    r"(?:≥|>=|à partir de|from)\s*(.+)|(.+?)\s*(?:et plus|and more|\+)", re.IGNORECASE
)
# Between two bounds people type a hyphen, an en dash, "à" or "to".
_RANGE = re.compile(
    r"(?:de\s+)?(\d[\d .,]*?)\s*(?:-|\u2013|à|to)\s*(\d[\d .,]*)", re.IGNORECASE
)
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+(?=[.,]|$)")
_PLAIN = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?")
_TWO_MARKS = re.compile(r"\d{1,3}(?:([.,])\d{3})+(?!\1)[.,]\d{1,2}")
_UNCLEAR = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


class UnclearNumberError(ValueError):
    """The text is not a number (`not_a_number`), or could be two (`unclear_number`)."""

    def __init__(self, reason: str, text: str) -> None:
        """Keep the reason code and what was typed."""
        super().__init__(reason)
        self.reason = reason
        self.text = text


@dataclass(frozen=True, slots=True)
class PastedBands:
    """Bands in the vocabulary of tariffs, and the line each one was written on."""

    bands: tuple[Band, ...]
    lines: tuple[int, ...]

    def line_of(self, index: int) -> int:
        """Return the line of a band, the last one when there is no such band."""
        return self.lines[min(index, len(self.lines) - 1)] if self.lines else 1


def read_number(text: str) -> str:
    """Return a number typed by a person as a plain decimal: "1 150,50 €" is 1150.50.

    Raises UnclearNumberError: "1.150" could be a thousand or one and a bit.
    """
    shown = text.strip()
    value = _CURRENCY.sub("", text.translate(_BLANKS)).strip()
    value = _GROUPED.sub(lambda found: found[0].replace(" ", ""), value)
    if _UNCLEAR.fullmatch(value):
        raise UnclearNumberError("unclear_number", shown)
    if _TWO_MARKS.fullmatch(value):
        whole, mark, part = value[:-3], value[-3], value[-2:]
        if mark not in ".,":
            whole, part = value[:-2], value[-1:]
        return f"{re.sub('[.,]', '', whole)}.{part}"
    if not _PLAIN.fullmatch(value):
        raise UnclearNumberError("not_a_number", shown)
    return value.replace(",", ".")


def read_bands(text: str) -> PastedBands:
    """Read a grid; raises ConfigurationError with a problem for each wrong line.

    The path of a problem is the number of its line. Whether bands touch is for the
    tariff to say.
    """
    return _read_grid(text, _read_line)


def read_rates(text: str) -> PastedBands:
    """Read a grid of rates: from, until, rate, lowest price, highest price."""
    return _read_grid(text, _read_rate)


def read_points(text: str) -> PastedBands:
    """Read a scale: a quotient and its price on each line."""
    return _read_grid(text, _read_point)


def _read_grid(text: str, read_line: Callable[[str], Band]) -> PastedBands:
    problems: list[Problem] = []
    found: list[tuple[int, Band]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or (not found and not re.search(r"\d", line)):
            continue  # Blank, or the headings of the columns.
        try:
            found.append((number, read_line(line)))
        except UnclearNumberError as error:
            problem = Problem(str(number), error.reason, {"text": error.text})
            problems.append(problem)
    if not found and not problems:
        problems.append(Problem("1", "empty_grid"))
    if problems:
        raise ConfigurationError(problems)
    _close(found)
    return PastedBands(
        tuple(band for _number, band in found), tuple(number for number, _ in found)
    )


def write_bands(bands: Sequence[Mapping[str, Any]], *, mark: str = ".") -> str:
    """Write a grid as it is typed, one band a line."""
    return _write(
        (
            [
                band.get("from", "0"),
                band.get("until", ""),
                *(band.get("amounts") or [band.get("amount", "")]),
            ]
            for band in bands
        ),
        mark,
    )


def write_rates(bands: Sequence[Mapping[str, Any]], *, mark: str = ".") -> str:
    """Write a grid of rates as it is typed."""
    keys = ("until", "rate", "floor", "ceiling")
    return _write(
        (
            [band.get("from", "0"), *(band.get(key, "") for key in keys)]
            for band in bands
        ),
        mark,
    )


def write_points(points: Sequence[Mapping[str, Any]], *, mark: str = ".") -> str:
    """Write a scale as it is typed."""
    return _write(([each["quotient"], each["amount"]] for each in points), mark)


def _write(rows: Iterable[Sequence[object]], mark: str) -> str:
    lines = (" ; ".join(str(cell) for cell in row).strip() for row in rows)
    return "\n".join(line.replace(".", mark) for line in lines)


def with_cents(amount: str) -> str:
    """Write a price with its cents: "3.5" is "3.50"."""
    whole, _mark, part = amount.partition(".")
    return f"{whole}.{part:0<2}"


def _read_line(line: str) -> Band:
    cells = _cells(line.translate(_BLANKS))
    if len(cells) < TWO:
        raise UnclearNumberError("three_values", line.strip())
    if len(cells) == TWO:
        return {**_band(*_read_range(cells[0])), **_prices(cells[1:])}
    return {**_band(_bound(cells[0]), _bound(cells[1])), **_prices(cells[2:])}


def _prices(cells: Sequence[str]) -> Band:
    amounts = [with_cents(read_number(cell)) for cell in cells]
    return {"amount": amounts[0]} if len(amounts) == 1 else {"amounts": amounts}


def _read_rate(line: str) -> Band:
    cells = _cells(line.translate(_BLANKS))
    if not THREE <= len(cells) <= FIVE:
        raise UnclearNumberError("five_values", line.strip())
    band = _band(_bound(cells[0]), _bound(cells[1]))
    band["rate"] = read_number(cells[2].replace("%", ""))
    for key, cell in zip(("floor", "ceiling"), cells[3:], strict=False):
        if not _NOTHING.fullmatch(cell):
            band[key] = with_cents(read_number(cell))
    return band


def _read_point(line: str) -> Band:
    cells = _cells(line.translate(_BLANKS))
    if len(cells) != TWO:
        raise UnclearNumberError("two_values", line.strip())
    amount = with_cents(read_number(cells[1]))
    return {"quotient": read_number(cells[0]), "amount": amount}


def _band(start: str | None, until: str | None) -> Band:
    band: Band = {"from": start or "0"}
    return band if until is None else {**band, "until": until}


def _cells(line: str) -> list[str]:
    for mark in "\t;|":
        if mark in line:
            cells = [cell.strip() for cell in line.split(mark)]
            while len(cells) > THREE and not cells[-1]:
                cells.pop()
            return cells
    wide = re.split(r"\s{2,}", line.strip())
    return wide if len(wide) > 1 else line.split()


def _read_range(cell: str) -> tuple[str | None, str | None]:
    if found := _UNDER.fullmatch(cell):
        return None, read_number(found[1])
    if found := _RANGE.fullmatch(cell):
        return read_number(found[1]), read_number(found[2])
    if found := _OVER.fullmatch(cell):
        return read_number(found[1] or found[2]), None
    return read_number(cell), None


def _bound(cell: str) -> str | None:
    if _NOTHING.fullmatch(cell):
        return None
    if found := _UNDER.fullmatch(cell) or _OVER.fullmatch(cell):
        return read_number(next(group for group in found.groups() if group))
    return read_number(cell)


def _close(found: list[tuple[int, Band]]) -> None:
    """End each band that says only where it starts where the next one starts."""
    for (_number, band), (_next, following) in pairwise(found):
        if "quotient" in band:
            continue  # A scale has no bands to close.
        band.setdefault("until", following["from"])
