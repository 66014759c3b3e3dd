"""The same course a year later."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from catalog.domain.seasons import (
    Stay,
    a_year_later,
    by_whole_weeks,
    in_matching_week,
    moved_moment,
    same_name,
)
from foundation.periods import Period

PARIS = ZoneInfo("Europe/Paris")
WINTER_2026 = Period(date(2026, 2, 14), date(2026, 3, 2))
WINTER_2027 = Period(date(2027, 2, 20), date(2027, 3, 8))


@pytest.mark.parametrize(
    ("first", "last", "moved"),
    [
        # The first week, then the second, on the same weekdays.
        ((2026, 2, 16), (2026, 2, 20), ((2027, 2, 22), (2027, 2, 26))),
        ((2026, 2, 24), (2026, 2, 27), ((2027, 3, 2), (2027, 3, 5))),
    ],
)
def test_a_course_goes_to_the_same_week_of_the_holidays(first, last, moved):
    stay = Stay(date(*first), date(*last))

    found = in_matching_week(stay, WINTER_2026, WINTER_2027)

    assert found == Stay(date(*moved[0]), date(*moved[1]))


def test_shorter_holidays_have_no_such_week():
    stay = Stay(date(2026, 2, 23), date(2026, 2, 27))
    short = Period(date(2027, 2, 20), date(2027, 3, 1))

    assert in_matching_week(stay, WINTER_2026, short) is None


@given(st.integers(0, 13), st.integers(0, 4))
def test_weekdays_stay(offset, length):
    first = date(2026, 2, 16) + timedelta(days=offset)
    stay = Stay(first, first + timedelta(days=length), (first,))

    found = in_matching_week(stay, WINTER_2026, WINTER_2027)

    if found is not None:
        assert found.first.weekday() == stay.first.weekday()
        assert found.meets_on == (found.first,)
        assert found.last - found.first == stay.last - stay.first


def test_names_are_the_same_but_for_their_years():
    periods = [("ete-2027", 1), ("noel-2026-2027", 2), ("noel-2027", 3)]

    assert same_name("noel-2025", periods) == 2
    assert same_name("ete-2026", periods) == 1
    assert same_name("hiver-2026", periods) is None


def test_a_season_moves_by_whole_weeks():
    assert by_whole_weeks(date(2026, 9, 1), date(2027, 9, 1)) == timedelta(days=364)


def test_the_hour_on_the_clock_stays_when_the_clock_changes():
    summer = datetime(2026, 10, 21, 7, tzinfo=UTC)  # 9:00 in Paris.

    later = moved_moment(summer, timedelta(days=7), PARIS)

    assert (later.date(), later.hour) == (date(2026, 10, 28), 9)
    assert later.astimezone(UTC).hour == 8


def test_a_leap_day_becomes_the_day_before():
    assert a_year_later(date(2024, 2, 29)) == date(2025, 2, 28)
    assert a_year_later(date(2025, 1, 31)) == date(2026, 1, 31)
