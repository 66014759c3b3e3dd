"""Cells as people type them, and as spreadsheets spoil them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from families.domain.imports.cells import (
    CellError,
    choice,
    day,
    decimal,
    email,
    number_of,
    phone,
    positive,
    text,
)


@pytest.mark.parametrize(
    "cell", ["03/09/2018", "3.9.2018", "2018-09-03", "2018/09/03", date(2018, 9, 3)]
)
def test_a_day_is_read_however_it_is_written(cell: str | date) -> None:
    assert day(cell) == date(2018, 9, 3)


@pytest.mark.parametrize("cell", ["31/02/2018", "2018", 43346, "1/1/18", "0001-01-01"])
def test_what_is_no_day_is_refused(cell: str | int) -> None:
    with pytest.raises(CellError, match="not_a_day"):
        day(cell)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_both_writings(born: date) -> None:
    assert day(born.isoformat()) == day(born.strftime("%d/%m/%Y")) == born


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1 234,56", "1234.56"),
        ("1\u202f234,50 €", "1234.50"),
        ("-12.5", "-12.5"),
        (40, "40"),
        (Decimal("0.1"), "0.1"),
    ],
)
def test_an_amount_is_read_to_the_cent(cell: str | int | Decimal, value: str) -> None:
    assert decimal(cell) == Decimal(value)


@pytest.mark.parametrize(
    "cell", ["12,345", "NaN", "Infinity", "douze", "1e9", "1E+2", "1e2", ""]
)
def test_what_is_no_amount_is_refused(cell: str) -> None:
    with pytest.raises(CellError, match="not_an_amount"):
        decimal(cell)


def test_a_quotient_is_not_negative() -> None:
    with pytest.raises(CellError):
        positive("-1")


def test_the_zero_a_spreadsheet_ate_is_put_back() -> None:
    assert phone(612345678) == "0612345678"
    assert phone("06 12 34 56 78") == "06 12 34 56 78"
    with pytest.raises(CellError, match="not_a_phone"):
        phone("à la mairie")


def test_addresses_are_in_lower_case_and_alone() -> None:
    assert email(" Claire@Example.com ") == "claire@example.com"
    for wrong in ("claire", "a@b", "a@b.fr, c@d.fr", "a b@c.fr"):
        with pytest.raises(CellError, match="not_an_address"):
            email(wrong)


def test_numbers_lose_what_families_do_not_type() -> None:
    assert number_of("f-00 123.b") == "F00123B"
    assert number_of(4521) == "4521"
    with pytest.raises(CellError):
        number_of("--")


def test_words_are_known_whatever_their_accents() -> None:
    read = choice({"résident": "resident"})

    assert read("RESIDENT") == "resident"
    with pytest.raises(CellError) as refused:
        read("voisin")
    assert refused.value.params == {"allowed": "résident"}


def test_a_long_text_says_how_long_it_may_be() -> None:
    assert text(5)("  a   b ") == "a b"
    with pytest.raises(CellError) as refused:
        text(5)("abcdef")
    assert refused.value.params == {"at_most": "5"}
