"""Periods of days: first day included, last bound excluded."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from foundation.periods import (
    EmptyPeriodError,
    EndlessPeriodError,
    Period,
    merge,
    month_of,
    school_year_of,
    year_of,
)

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2021, 12, 31))


@st.composite
def periods(draw):
    start = draw(DAYS)
    length = draw(st.integers(min_value=1, max_value=90) | st.none())
    return Period(start, None if length is None else start + timedelta(days=length))


def finite_periods():
    return periods().filter(lambda period: period.until is not None)


def test_the_first_day_is_inside_and_the_last_bound_outside():
    period = Period(date(2026, 3, 9), date(2026, 3, 13))

    assert date(2026, 3, 9) in period
    assert date(2026, 3, 12) in period
    assert date(2026, 3, 13) not in period
    assert period.last == date(2026, 3, 12)
    assert len(period) == 4


@pytest.mark.parametrize("until", [date(2026, 3, 9), date(2026, 3, 8)])
def test_a_period_holds_at_least_one_day(until):
    with pytest.raises(EmptyPeriodError):
        Period(date(2026, 3, 9), until)


def test_a_period_without_end_holds_every_later_day_but_cannot_be_counted():
    period = Period(date(2026, 3, 9))

    assert date(9999, 12, 31) in period
    assert period.last is None
    with pytest.raises(EndlessPeriodError):
        list(period.days())


def test_days_are_kept_by_weekday():
    week = Period(date(2026, 3, 9), date(2026, 3, 16))

    days = list(week.days({0, 3}))

    assert days == [date(2026, 3, 9), date(2026, 3, 12)]


@given(periods(), periods(), DAYS)
def test_a_day_in_the_intersection_is_a_day_in_both(one, other, day):
    both = one.intersection(other)

    assert (both is not None and day in both) == (day in one and day in other)
    assert one.overlaps(other) == other.overlaps(one) == (both is not None)


@given(periods(), periods())
def test_covering_is_containing_the_whole(one, other):
    assert one.covers(other) == (one.intersection(other) == other)
    assert one.covers(one)


@given(st.lists(periods(), max_size=6), DAYS)
def test_merging_keeps_the_same_days_without_touching_periods(several, day):
    merged = merge(several)

    assert any(day in each for each in merged) == any(day in each for each in several)
    for one, following in pairwise(merged):
        assert one.until is not None
        assert one.until < following.start


def test_touching_periods_become_one():
    first = Period(date(2026, 1, 1), date(2026, 2, 1))
    second = Period(date(2026, 2, 1), date(2026, 3, 1))

    assert merge([second, first]) == [Period(date(2026, 1, 1), date(2026, 3, 1))]


@given(finite_periods())
def test_the_days_of_a_period_are_all_inside_and_counted(period):
    days = list(period.days())

    assert len(days) == len(period)
    assert all(day in period for day in days)


def test_the_last_day_python_knows_does_not_break_the_count():
    period = Period(date(9999, 12, 30), date(9999, 12, 31))

    assert list(period.days()) == [date(9999, 12, 30)]


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2026, 2, 14), date(2026, 3, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2028, 2, 29), date(2028, 3, 1)),
    ],
)
def test_a_month_ends_where_the_next_begins(day, until):
    assert month_of(day) == Period(day.replace(day=1), until)


def test_a_year_is_the_calendar_year():
    assert year_of(date(2026, 6, 1)) == Period(date(2026, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2027, 1, 5), 2026)],
)
def test_the_school_year_begins_in_september(day, year):
    expected = Period(date(year, 9, 1), date(year + 1, 9, 1))

    assert school_year_of(day) == expected
