"""Tables checked together: every error with its file, line, column and reason."""

from datetime import date
from typing import Any

import pytest

from families.domain.imports.checking import Checked, Known, check_tables
from families.domain.imports.columns import SHEETS, Sheet, sheet_of
from foundation.spreadsheets import Cell, Table

TODAY = date(2026, 11, 21)
KNOWN = Known(
    today=TODAY,
    file_numbers=frozenset({"OLD1"}),
    person_codes=frozenset({"P9"}),
    communes={"rochebelle": 1},
    schools={"ecoledestilleuls": 7},
    classes={"cp": "cp", "ce1": "ce1"},
    services={"cantine": 3},
    emails=frozenset({"deja@example.com"}),
    people=frozenset({("lea", "ancien", date(2019, 5, 4))}),
)
FOYERS = (
    "Dossier",
    "Adresse",
    "CP",
    "Ville",
    "Commune",
    "Résidence",
    "Résidence jusqu'au",
)
ADULTS = ("Dossier", "Nom", "Prénom", "Rôle", "Naissance", "Courriel", "N° personne")
CHILDREN = ("Dossier", "Nom", "Prénom", "Naissance", "École", "Classe", "N° personne")
BALANCES = ("Dossier", "Service", "Solde", "Au")


def table(name: str, headings: tuple[str, ...], *rows: tuple[Cell, ...]) -> Table:
    return Table(name, headings, tuple(enumerate(rows, start=2)))


def foyers(*rows: tuple[Cell, ...]) -> Table:
    usual = ("A1", "1 rue des Tilleuls", "59223", "Rochebelle", None, None, None)
    return table("foyers.csv", FOYERS, *(rows or (usual,)))


def adults(*rows: tuple[Cell, ...]) -> Table:
    usual = ("A1", "Martin", "Claire", None, None, "claire@example.com", None)
    return table("adultes.csv", ADULTS, *(rows or (usual,)))


def children(*rows: tuple[Cell, ...]) -> Table:
    return table("enfants.csv", CHILDREN, *rows)


def balances(*rows: tuple[Cell, ...]) -> Table:
    return table("soldes.csv", BALANCES, *rows)


def check(*tables: Table) -> Checked:
    return check_tables(tables, KNOWN)


def told(checked: Checked) -> list[tuple[str, int, str, str]]:
    return [(p.file, p.line, p.column, p.reason) for p in checked.problems]


def test_sound_tables_are_counted() -> None:
    checked = check(
        foyers(),
        adults(),
        children(
            ("A1", "Martin", "Léo", "2018-03-04", "École des Tilleuls", "CP", None)
        ),
        balances(("A1", "Cantine", "12,50", "31/08/2026")),
    )

    assert checked.is_sound
    assert checked.counts == {
        "households": 1,
        "adults": 1,
        "children": 1,
        "balances": 1,
    }
    assert list(checked.warnings) == []


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        (
            [
                foyers(("OLD1", "x", "1", "y", None, None, None)),
                adults(("OLD1", "A", "B", None, None, None, None)),
            ],
            ("foyers.csv", 2, "Dossier", "file_known_already"),
        ),
        (
            [
                foyers(
                    ("A1", "x", "1", "y", None, None, None),
                    ("A-1", "x", "1", "y", None, None, None),
                ),
                adults(),
            ],
            ("foyers.csv", 3, "Dossier", "same_as_line"),
        ),
        ([foyers()], ("foyers.csv", 2, "Dossier", "file_without_adult")),
        (
            [foyers(("A1", None, "1", "y", None, None, None)), adults()],
            ("foyers.csv", 2, "Adresse", "missing_cell"),
        ),
        (
            [foyers(("A1", "x", "1", "y", "Atlantis", None, None)), adults()],
            ("foyers.csv", 2, "Commune", "no_such_commune"),
        ),
        (
            [foyers(("A1", "x", "1", "y", None, None, "2027-01-01")), adults()],
            ("foyers.csv", 2, "Résidence jusqu'au", "end_of_nothing"),
        ),
        (
            [foyers(("A1", "x", "1", "y", None, "habite", TODAY)), adults()],
            ("foyers.csv", 2, "Résidence jusqu'au", "already_over"),
        ),
        (
            [
                foyers(),
                adults(
                    ("ZZ", "A", "B", None, None, None, None),
                    ("A1", "A", "B", None, None, None, None),
                ),
            ],
            ("adultes.csv", 2, "Dossier", "no_such_file"),
        ),
        (
            [
                foyers(),
                adults(
                    *[
                        ("A1", "A", name, "responsable", None, None, None)
                        for name in "BC"
                    ]
                ),
            ],
            ("adultes.csv", 3, "Rôle", "responsible_twice"),
        ),
        (
            [
                foyers(),
                adults(),
                adults(("OLD1", "A", "B", "responsable", None, None, None)),
            ],
            ("adultes.csv", 2, "Rôle", "responsible_known_already"),
        ),
        (
            [foyers(), adults(("A1", "A", "B", None, "2030-01-01", None, None))],
            ("adultes.csv", 2, "Naissance", "born_in_the_future"),
        ),
        (
            [foyers(), adults(("A1", "A", "B", None, None, None, "P9"))],
            ("adultes.csv", 2, "N° personne", "code_known_already"),
        ),
        (
            [
                foyers(),
                adults(),
                children(("A1", "A", "B", "2019-01-01", None, "CM9", None)),
            ],
            ("enfants.csv", 2, "Classe", "no_such_class"),
        ),
        (
            [foyers(), adults(), balances(("A1", "Piscine", "3", "2026-08-31"))],
            ("soldes.csv", 2, "Service", "no_such_service"),
        ),
        (
            [foyers(), adults(), balances(("A1", "Cantine", "0", "2026-08-31"))],
            ("soldes.csv", 2, "Solde", "balance_of_nothing"),
        ),
        (
            [table("x.csv", ("Dossier", "Nom"), ("A1", "A"))],
            ("x.csv", 1, "", "columns_missing"),
        ),
        ([table("x.csv", ())], ("x.csv", 0, "", "empty_table")),
        ([], ("", 0, "", "nothing_to_import")),
    ],
)
def test_each_error_is_told_with_its_place(
    tables: list[Table], expected: tuple[str, int, str, str]
) -> None:
    checked = check(*tables)

    assert expected in told(checked)
    assert not checked.is_sound


def test_one_child_in_two_households_is_one_child() -> None:
    twice = [
        (number, "Martin", "Léo", "2018-03-04", None, None, "E1")
        for number in ("A1", "B1")
    ]
    home = ("x", "59223", "Rochebelle", None, None, None)

    checked = check(
        foyers(("A1", *home), ("B1", *home)),
        adults(
            *[(number, "A", number, None, None, None, None) for number in ("A1", "B1")]
        ),
        children(*twice),
    )

    assert checked.is_sound
    assert list(checked.warnings) == []


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (
            [
                ("A1", "Martin", "Léo", "2018-03-04"),
                ("A1", "Petit", "Léo", "2018-03-04"),
            ],
            "code_of_another",
        ),
        ([("A1", "Martin", "Léo", "2018-03-04")] * 2, "same_as_line"),
    ],
)
def test_a_code_is_of_one_child_once_in_a_household(
    rows: list[tuple[Any, ...]], reason: str
) -> None:
    checked = check(
        foyers(), adults(), children(*[(*row, None, None, "E1") for row in rows])
    )

    assert ("enfants.csv", 3, "N° personne", reason) in told(checked)


def test_what_deserves_a_look_stops_nothing() -> None:
    checked = check(
        foyers(),
        adults(("A1", "A", "B", None, None, "deja@example.com", None)),
        children(
            ("A1", "Ancien", "Léa", "2019-05-04", "École privée", None, None),
            ("A1", "Martin", "Léo", "2018-03-04", None, None, None),
            ("A1", "MARTIN", "leo", "2018-03-04", None, None, None),
        ),
    )

    assert checked.is_sound
    assert [(each.line, each.reason) for each in checked.warnings] == [
        (2, "address_known_already"),
        (2, "looks_like_somebody_known"),
        (2, "school_not_listed"),
        (4, "looks_like_line"),
    ]


def test_a_column_nobody_knows_is_left_aside_and_told() -> None:
    strange = Table(
        "foyers.csv",
        (*FOYERS, "Religion"),
        ((2, ("A1", "x", "1", "y", None, None, None, "z")),),
    )

    checked = check(strange, adults())

    assert checked.is_sound
    (warning,) = checked.warnings
    assert (warning.column, warning.reason) == ("Religion", "column_left_aside")
    assert "z" not in checked.rows[Sheet.HOUSEHOLDS][0].values.values()


@pytest.mark.parametrize("sheet", list(Sheet))
def test_the_empty_tables_we_give_are_those_we_read(sheet: Sheet) -> None:
    headings = [each.headings[0] for each in SHEETS[sheet]]

    assert sheet_of("sans nom", headings) is sheet


def test_every_heading_of_a_table_means_one_column() -> None:
    for columns in SHEETS.values():
        headings = [name for column in columns for name in column.headings]
        assert len(headings) == len(set(headings))
