"""Tables as people keep them: CSV of any spreadsheet program, and XLSX.

Only texts, whole numbers, decimal numbers and days come out: never a binary float.
Written files hold no cell that a spreadsheet would run as a formula.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

Cell = str | int | Decimal | date | None

MAX_BYTES = 20 * 1024 * 1024
MAX_INFLATED = 400 * 1024 * 1024
MAX_ROWS = 100_000
_MAX_COLUMNS = 60
_ENCODINGS = ("utf-8-sig", "cp1252")
_DELIMITERS = ";,\t|"
_RUN_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class UnreadableTableError(ValueError):
    """The file is no table we can read; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet; line 1 holds the headings.

    `rows` gives the line of each row, as a person counts it, and its cells.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read_tables(name: str, content: bytes) -> list[Table]:
    """Return the tables of a file: one for a CSV, one for each sheet of an XLSX.

    Raises UnreadableTableError: `too_large`, `not_a_table`, `too_many_rows`,
    `no_headings`, `twice_the_same_heading`.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableTableError("too_large")
    if content.startswith(b"PK"):
        return [_table(f"{name}: {title}", lines) for title, lines in _sheets(content)]
    return [_table(name, _csv_lines(content))]


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Write rows for a French spreadsheet: UTF-8 with its mark, semicolons.

    A text that a spreadsheet would run is preceded by an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: object) -> object:
    """Return a cell that no spreadsheet runs; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(_RUN_AS_FORMULA):
        return f"'{cell}"
    return cell


def _table(name: str, lines: Iterator[tuple[Cell, ...]]) -> Table:
    headings: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    for number, cells in enumerate(lines, start=1):
        if not any(cell not in (None, "") for cell in cells):
            continue
        if not headings:
            headings = _headings(cells)
            continue
        rows.append((number, cells[: len(headings)]))
        if len(rows) > MAX_ROWS:
            raise UnreadableTableError("too_many_rows")
    return Table(name, headings, tuple(rows))


def _headings(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    texts = [str(cell).strip() if cell is not None else "" for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    named = [text.casefold() for text in texts if text]
    if len(named) != len(set(named)):
        raise UnreadableTableError("twice_the_same_heading")
    return tuple(texts)


def _csv_lines(content: bytes) -> Iterator[tuple[Cell, ...]]:
    if b"\0" in content:
        raise UnreadableTableError("not_a_table")
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield tuple(cell.strip() for cell in row[:_MAX_COLUMNS])
    except csv.Error as error:
        raise UnreadableTableError("not_a_table") from error


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTableError("not_a_table")


def _sheets(content: bytes) -> Iterator[tuple[str, Iterator[tuple[Cell, ...]]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inflated = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableTableError("not_a_table") from error
    if inflated > MAX_INFLATED:
        raise UnreadableTableError("too_large")
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    # The library lets through whatever its parsers meet in a broken file.
    except Exception as error:
        raise UnreadableTableError("not_a_table") from error
    try:
        for sheet in book.worksheets:
            yield sheet.title, _sheet_lines(sheet)
    finally:
        book.close()


def _sheet_lines(sheet: Any) -> Iterator[tuple[Cell, ...]]:
    try:
        for row in sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS):
            yield tuple(_plain(cell) for cell in row)
    except Exception as error:
        raise UnreadableTableError("not_a_table") from error


def _plain(cell: object) -> Cell:
    match cell:
        case datetime():
            return cell.date()
        case date() | int() | None if not isinstance(cell, bool):
            return cell
        case float():
            return int(cell) if cell.is_integer() else Decimal(repr(cell))
        case _:
            return str(cell).strip()
