"""Read the lines of a table; what is wrong with a cell is told with its place."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from families.domain.imports.cells import CellError
from families.domain.imports.columns import (
    Column,
    Sheet,
    columns_found,
    missing_columns,
    sheet_of,
)
from foundation.spreadsheets import Cell, Table


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: the file, the line as a person counts, the heading, why.

    Line 0 and an empty column speak of the whole file.
    """

    file: str
    line: int
    column: str
    reason: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One line that was read, its cells by the key of their column."""

    file: str
    line: int
    values: MutableMapping[str, Any]
    headings: Mapping[str, str] = field(default_factory=dict)

    def problem(self, column: str, reason: str, **params: str) -> Problem:
        """Return something wrong with a cell, under the heading the file gives it."""
        heading = self.headings.get(column, "")
        return Problem(self.file, self.line, heading, reason, params)


@dataclass(slots=True)
class Read:
    """What was read so far: lines by kind of table, errors and remarks."""

    rows: dict[Sheet, list[Row]] = field(
        default_factory=lambda: {each: [] for each in Sheet}
    )
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def read_table(table: Table, into: Read) -> None:
    """Add the lines of a table, whose kind its headings say."""
    sheet = _kind_of(table, into)
    if sheet is None:
        return
    columns = columns_found(sheet, table.headings)
    headings = {each.key: table.headings[at] for at, each in columns.items()}
    for position, heading in enumerate(table.headings):
        if heading and position not in columns:
            into.warnings.append(Problem(table.name, 1, heading, "column_left_aside"))
    for line, cells in table.rows:
        row = Row(table.name, line, {}, headings)
        into.problems.extend(_read_cells(row, columns, cells))
        into.rows[sheet].append(row)


def _kind_of(table: Table, into: Read) -> Sheet | None:
    """Return the kind of a table, or say which columns it lacks."""
    if not table.headings:
        into.problems.append(Problem(table.name, 0, "", "empty_table"))
        return None
    sheet = sheet_of(table.name, table.headings)
    if sheet is None:
        lacking = min(
            (missing_columns(each, table.headings) for each in Sheet), key=len
        )
        params = {"columns": ", ".join(lacking)}
        into.problems.append(Problem(table.name, 1, "", "columns_missing", params))
    return sheet


def _read_cells(
    row: Row, columns: Mapping[int, Column], cells: tuple[Cell, ...]
) -> list[Problem]:
    """Fill the values of a row; return what is wrong with its cells."""
    wrong = []
    for position, column in columns.items():
        cell = cells[position] if position < len(cells) else None
        if cell in (None, ""):
            if column.required:
                wrong.append(row.problem(column.key, "missing_cell"))
            continue
        try:
            row.values[column.key] = column.read(cell)
        except CellError as error:
            wrong.append(row.problem(column.key, error.reason, **error.params))
    return wrong
