"""The days on which an activity opens."""

from datetime import date, timedelta

from hypothesis import given, strategies as st

from catalog.domain.calendar import (
    OpeningRule,
    SchoolCalendar,
    is_holiday,
    opening_days,
)
from foundation.periods import Period

SPRING = Period(date(2026, 4, 11), date(2026, 4, 27))
CALENDAR = SchoolCalendar((SPRING,), frozenset({date(2026, 4, 6), date(2026, 5, 1)}))
APRIL = Period(date(2026, 4, 1), date(2026, 5, 1))
MEALS = OpeningRule(in_school_time=frozenset({0, 1, 3, 4}))
CENTRE = OpeningRule(in_school_time=frozenset({2}), in_holidays=frozenset(range(5)))


def days_of_april(*numbers):
    return [date(2026, 4, number) for number in numbers]


def test_a_canteen_opens_on_school_days_but_easter_monday():
    days = opening_days(MEALS, CALENDAR, within=APRIL)

    assert days == days_of_april(2, 3, 7, 9, 10, 27, 28, 30)


def test_a_leisure_centre_opens_on_wednesdays_and_in_the_holidays():
    days = opening_days(CENTRE, CALENDAR, within=APRIL)

    assert days == days_of_april(1, 8, *range(13, 18), *range(20, 25), 29)


def test_a_rule_may_open_on_public_holidays():
    rule = OpeningRule(in_school_time=frozenset({0}), on_public_holidays=True)

    days = opening_days(rule, CALENDAR, within=APRIL)

    assert days == days_of_april(6, 27)


def test_a_closure_wins_and_an_extra_day_opens():
    easter_monday, sunday = date(2026, 4, 6), date(2026, 4, 5)

    days = opening_days(
        MEALS,
        CALENDAR,
        within=Period(date(2026, 4, 1), date(2026, 4, 11)),
        closures=[Period.of_day(date(2026, 4, 3)), Period.of_day(easter_monday)],
        extra_days=[sunday, easter_monday],
    )

    assert days == days_of_april(2, 5, 7, 9, 10)


def test_extra_days_outside_the_period_are_left_out():
    days = opening_days(
        OpeningRule(), CALENDAR, within=APRIL, extra_days=[date(2026, 5, 2)]
    )

    assert days == []


def test_the_first_day_of_holidays_is_a_holiday_and_the_last_bound_is_not():
    assert is_holiday(CALENDAR, date(2026, 4, 11))
    assert not is_holiday(CALENDAR, date(2026, 4, 27))


WEEKDAYS = st.frozensets(st.integers(0, 6))
DAYS = st.dates(date(2026, 3, 1), date(2026, 6, 30))


@given(WEEKDAYS, WEEKDAYS, DAYS, st.integers(1, 60), st.lists(DAYS, max_size=5))
def test_opening_days_are_in_order_inside_and_never_closed(
    school, holidays, start, length, closed
):
    rule = OpeningRule(school, holidays)
    within = Period(start, start + timedelta(days=length))
    closures = [Period.of_day(day) for day in closed]

    days = opening_days(rule, CALENDAR, within=within, closures=closures)

    assert days == sorted(set(days))
    assert all(day in within and day not in closed for day in days)
    assert all(day.weekday() in school | holidays for day in days)
