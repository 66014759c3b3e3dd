"""Which household has a child on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from families.domain.custody import (
    Custody,
    CustodyCalendar,
    Rhythm,
    days_with,
    household_on,
    week_start,
)

MUM, DAD = 1, 2
MONDAY, FRIDAY = 0, 4
START = date(2020, 1, 1)
days = st.dates(date(2020, 1, 1), date(2060, 12, 31))
weekday = st.integers(0, 6)


def alternate(change=MONDAY, start=START, until=None):
    return Custody(start, until, Rhythm.ALTERNATE, MUM, DAD, change)


def test_even_weeks_are_with_the_first_household():
    custody = alternate()

    assert household_on(custody, date(2026, 11, 16)) == DAD  # Monday of week 47.
    assert household_on(custody, date(2026, 11, 22)) == DAD
    assert household_on(custody, date(2026, 11, 23)) == MUM  # Monday of week 48.


def test_a_week_that_changes_on_friday_is_that_of_its_friday():
    custody = alternate(FRIDAY)

    assert household_on(custody, date(2026, 11, 19)) == MUM  # Still week 46.
    assert household_on(custody, date(2026, 11, 20)) == DAD  # Friday of week 47.
    assert household_on(custody, date(2026, 11, 26)) == DAD
    assert household_on(custody, date(2026, 11, 27)) == MUM


def test_weeks_53_and_1_follow_each_other_with_the_same_household():
    custody = alternate()

    assert date(2026, 12, 31).isocalendar().week == 53
    found = [
        household_on(custody, date(2026, 12, 21) + timedelta(weeks=n)) for n in range(4)
    ]

    assert found == [MUM, DAD, DAD, MUM]


def test_given_days_are_with_the_first_household():
    custody = Custody(
        START, None, Rhythm.WEEKDAYS, MUM, DAD, weekdays=frozenset({0, 1})
    )

    found = [
        household_on(custody, date(2026, 11, 23) + timedelta(days=n)) for n in range(7)
    ]

    assert found == [MUM, MUM, DAD, DAD, DAD, DAD, DAD]


def test_a_period_ends_the_day_before_its_end():
    custody = Custody(date(2026, 1, 1), date(2026, 2, 1), Rhythm.ALWAYS, MUM)

    assert household_on(custody, date(2025, 12, 31)) is None
    assert household_on(custody, date(2026, 1, 31)) == MUM
    assert household_on(custody, date(2026, 2, 1)) is None


def test_without_a_decision_who_booked_pays():
    calendar = CustodyCalendar({7: [alternate(until=date(2026, 1, 1))]})

    assert calendar.household_on(7, date(2026, 5, 1), fallback=DAD) == DAD
    assert calendar.household_on(8, date(2026, 5, 1), fallback=MUM) == MUM
    assert calendar.decided_on(7, date(2026, 5, 1)) is None


@given(days, weekday)
def test_every_day_of_a_shared_custody_has_one_household(day, change):
    found = household_on(alternate(change), day)

    assert found in {MUM, DAD}


@given(days, weekday)
def test_the_household_changes_only_on_the_day_of_the_change(day, change):
    custody = alternate(change)
    before, after = (
        household_on(custody, each) for each in (day - timedelta(days=1), day)
    )

    if day > START and day.weekday() != change:
        assert before == after


@given(days, weekday)
def test_weeks_alternate_but_after_a_week_53(day, change):
    custody = alternate(change)
    this, following = day, day + timedelta(weeks=1)

    changes = household_on(custody, this) != household_on(custody, following)

    assert changes == (week_start(day, change).isocalendar().week != 53)


@given(days, st.frozensets(weekday, min_size=1, max_size=6))
def test_given_days_depend_on_the_weekday_alone(day, chosen):
    custody = Custody(START, None, Rhythm.WEEKDAYS, MUM, DAD, weekdays=chosen)

    assert household_on(custody, day) == household_on(custody, day + timedelta(weeks=1))


@given(st.lists(st.tuples(days, st.integers(1, 400)), max_size=5), days)
def test_periods_that_do_not_overlap_give_one_household_at_most(spans, day):
    periods, end = [], date.min
    for index, (start, length) in enumerate(sorted(spans)):
        first = max(start, end)
        end = first + timedelta(days=length)
        periods.append(Custody(first, end, Rhythm.ALWAYS, index))

    found = [each for each in periods if household_on(each, day) is not None]

    assert len(found) <= 1
    expected = found[0].household if found else None
    assert days_with(periods, [day]) == {day: expected}


@pytest.mark.parametrize("change", range(7))
def test_a_week_of_custody_starts_on_the_day_of_the_change(change):
    start = week_start(date(2026, 11, 21), change)

    assert start.weekday() == change
    assert timedelta(0) <= date(2026, 11, 21) - start < timedelta(days=7)
