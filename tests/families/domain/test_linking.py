"""Which adult a number, a code and a date lead to."""

from datetime import date

import pytest

from families.domain.file_numbers import readings
from families.domain.linking import Adult, Minor, Names, for_household, whom

LUC = Adult(1, Names("Luc", "Bergeron"), date(1984, 3, 27), "A2345678", 7, "F-1")
ANNE = Adult(2, Names("Anne", "Roy"), date(1986, 1, 2), "B2345678", 7, "F-1")
MATHIS = Minor(date(2017, 5, 22), "C2345678", 7, "F-1")
STRANGER = Names("Zoé", "Inconnue")


def meant(number, born_on, names=STRANGER, adults=(LUC, ANNE)):
    return whom(
        numbers=readings(number) | {number},
        born_on=born_on,
        names=names,
        adults=adults,
        minors=[MATHIS],
    )


@pytest.mark.parametrize("number", ["F-1", "A2345678", "a234 5678"])
def test_a_number_and_the_date_of_an_adult_lead_to_that_adult(number):
    assert meant(number, LUC.birth_date) == LUC


@pytest.mark.parametrize(
    ("number", "born_on"),
    [
        ("F-1", date(1984, 3, 28)),
        ("F-2", LUC.birth_date),
        ("B2345678", LUC.birth_date),
        ("", LUC.birth_date),
    ],
)
def test_a_wrong_number_or_date_leads_to_nobody(number, born_on):
    assert meant(number, born_on) is None


@pytest.mark.parametrize("number", ["F-1", "C2345678"])
def test_the_date_of_a_child_leads_to_the_adult_of_that_name_only(number):
    luc = Names("LUC", "bergeron")

    assert meant(number, MATHIS.birth_date, luc) == LUC
    assert meant(number, MATHIS.birth_date) is None


def test_two_adults_of_one_day_are_told_apart_by_name():
    twin = Adult(3, Names("Anne", "Roy"), LUC.birth_date, "D2345678", 7, "F-1")
    both = (LUC, twin)

    assert meant("F-1", LUC.birth_date, Names("Anne", "Roy"), both) == twin
    assert meant("F-1", LUC.birth_date, STRANGER, both) is None


def test_an_adult_without_a_date_is_reached_by_nobody():
    unknown = Adult(4, Names("Luc", "Roy"), None, "E2345678", 7, "F-1")

    assert meant("F-1", LUC.birth_date, adults=(unknown,)) is None


def test_the_code_of_a_household_leads_to_its_only_adult_or_to_the_one_named():
    assert for_household(STRANGER, [LUC]) == LUC
    assert for_household(Names("anne", "ROY"), [LUC, ANNE]) == ANNE
    assert for_household(STRANGER, [LUC, ANNE]) is None
    assert for_household(STRANGER, []) is None


@pytest.mark.parametrize("typed", ["F-12345678", "f 1234 5678", "12345678"])
def test_a_file_number_is_read_however_it_is_typed(typed):
    assert "F-12345678" in readings(typed)
    assert len(readings(typed)) == 2
