"""Official school calendars: facts that hold together."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from catalog.domain.school_calendars import YEAR, ZONES, periods_of, school_years
from catalog.forms.school_years import SchoolYearForm
from catalog.services.school_years import NAMES

KNOWN = [(zone, year) for zone in ZONES for year in school_years(zone)]


@pytest.mark.parametrize(("zone", "year"), KNOWN)
def test_holidays_follow_each_other_inside_the_school_year(zone, year):
    whole, *holidays = periods_of(zone, year)

    assert whole.key == YEAR
    assert whole.from_on.year == year
    assert all(each.from_on < each.until_on for each in holidays)
    assert all(first.until_on <= second.from_on for first, second in pairwise(holidays))
    assert whole.from_on < holidays[0].from_on
    assert holidays[-1].until_on <= whole.until_on


@pytest.mark.parametrize("zone", ["A", "B", "C"])
@pytest.mark.parametrize("year", [2025, 2026])
def test_french_holidays_last_two_weeks_from_a_saturday_to_a_monday(zone, year):
    for each in periods_of(zone, year)[1:5]:
        assert each.from_on.weekday() == 5
        assert each.until_on.weekday() == 0
        assert each.until_on - each.from_on == timedelta(days=16)


def test_zones_take_their_winter_holidays_in_turn():
    winters = {zone: periods_of(zone, 2026)[3].from_on for zone in ("A", "B", "C")}

    assert winters == {
        "C": date(2027, 2, 6),
        "A": date(2027, 2, 13),
        "B": date(2027, 2, 20),
    }


def test_codes_are_those_of_packs():
    codes = [each.code for each in periods_of("A", 2026)]

    assert codes[:3] == ["annee-2026-2027", "toussaint-2026", "noel-2026"]
    assert periods_of("A", 1990) == ()


def test_corsica_has_its_own_dates_and_those_we_do_not_know_are_not_made_up():
    whole, *holidays = periods_of("CORSE", 2025)

    assert (whole.from_on, whole.until_on) == (date(2025, 9, 2), date(2026, 7, 4))
    assert {each.code: each.from_on for each in holidays} == {
        "nativite-2025": date(2025, 9, 8),
        "toussaint-2025": date(2025, 10, 18),
        "nazione-2025": date(2025, 12, 8),
        "noel-2025": date(2025, 12, 20),
        "hiver-2026": date(2026, 2, 14),
        "printemps-2026": date(2026, 4, 11),
        "ascension-2026": date(2026, 5, 14),
    }
    assert school_years("CORSE") == (2025,)


@pytest.mark.parametrize(
    ("zone", "year", "is_known"),
    [("A", 2026, True), ("CORSE", 2025, True), ("CORSE", 2026, False)],
)
def test_a_year_that_nobody_knows_is_refused_in_words(zone, year, is_known):
    form = SchoolYearForm({"zone": zone, "year": str(year)})

    assert form.is_valid() is is_known
    assert ("2025-2026" in str(form.errors)) is not is_known


def test_each_holiday_has_a_name():
    keys = {each.key for zone, year in KNOWN for each in periods_of(zone, year)}

    assert keys == set(NAMES)
