"""Tables come in from any spreadsheet program, and go out harmless."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from foundation import spreadsheets
from foundation.spreadsheets import UnreadableTableError, read_tables, write_csv


def xlsx(*rows: list[object], title: str = "Foyers") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "Nom;Prénom\nLéger;Zoé\n".encode(),
        "\ufeffNom;Prénom\r\nLéger;Zoé\r\n".encode(),
        "Nom,Prénom\nLéger,Zoé\n".encode("cp1252"),
        "Nom\tPrénom\n\nLéger\tZoé\n".encode(),
    ],
)
def test_a_csv_of_any_program_is_read(content: bytes) -> None:
    (table,) = read_tables("adultes.csv", content)

    assert table.headings == ("Nom", "Prénom")
    assert [cells for _line, cells in table.rows] == [("Léger", "Zoé")]


def test_lines_are_those_a_person_counts() -> None:
    (table,) = read_tables("a.csv", b"\nname;x\n\nA;1\n;\nB;2\n")

    assert table.rows == ((4, ("A", "1")), (6, ("B", "2")))


def test_a_workbook_gives_a_table_for_each_sheet_without_floats() -> None:
    content = xlsx(
        ["Numéro", "Naissance", "Montant", "Oui"],
        [101.0, datetime(2018, 9, 3, 12), 12.5, True],  # noqa: DTZ001 - as spreadsheets hold them.
    )

    (table,) = read_tables("ville.xlsx", content)

    assert table.name == "ville.xlsx: Foyers"
    assert table.rows == ((2, (101, date(2018, 9, 3), Decimal("12.5"), "True")),)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 not a workbook", "not_a_table"),
        (b"\x00\x01\x02", "not_a_table"),
        (b"Nom;nom\nA;B\n", "twice_the_same_heading"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableTableError) as refused:
        read_tables("x", content)

    assert refused.value.reason == reason


def test_a_file_too_large_or_too_long_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spreadsheets, "MAX_ROWS", 2)
    with pytest.raises(UnreadableTableError, match="too_many_rows"):
        read_tables("x.csv", b"n\n1\n2\n3\n")

    monkeypatch.setattr(spreadsheets, "MAX_BYTES", 3)
    with pytest.raises(UnreadableTableError, match="too_large"):
        read_tables("x.csv", b"n\n1\n2\n3\n")


def test_a_workbook_that_swells_is_refused_before_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spreadsheets, "MAX_INFLATED", 1_000)

    with pytest.raises(UnreadableTableError, match="too_large"):
        read_tables("x.xlsx", xlsx(["Nom"], ["A"]))


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-cmd", "@sum", "\tx", "\rx"])
def test_no_cell_written_is_a_formula(cell: str) -> None:
    written = write_csv([[cell, -12]]).decode("utf-8-sig")

    assert f"'{cell[0]}" in written
    assert written.rstrip().endswith("-12")
