"""Deadlines: the instant a town's rule gives, in its own time zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from catalog.domain.deadlines import (
    NoDeadlineForDayError,
    deadline_of,
    is_in_time,
    parse_deadline,
)
from foundation.reading import WEEKDAYS, ConfigurationError
from tests.catalog.domain.towns import town

PARIS = ZoneInfo("Europe/Paris")
MONTREAL = ZoneInfo("America/Toronto")
VAILHAUQUES = town("vailhauques")["deadlines"]


def limit(data, day, *, zone=PARIS, holidays=frozenset()):
    return deadline_of(parse_deadline(data), day, zone=zone, holidays=holidays)


def instant_of(rule, day, holidays=frozenset()):
    found = deadline_of(rule, day, zone=PARIS, holidays=holidays)
    assert found is not None
    return found.astimezone(UTC)


def paris(year, month, day, hour=0, minute=0, second=0):
    return datetime(year, month, day, hour, minute, second, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("day", "booked_at", "in_time"),
    [
        (date(2026, 3, 9), paris(2026, 3, 6, 8, 59), True),
        (date(2026, 3, 9), paris(2026, 3, 6, 9, 0), False),
        (date(2026, 3, 13), paris(2026, 3, 10, 8, 59), True),
        (date(2026, 3, 13), paris(2026, 3, 10, 9, 0), False),
        (date(2026, 3, 10), paris(2026, 3, 6, 8, 59), True),
        (date(2026, 3, 10), paris(2026, 3, 6, 9, 0), False),
        (date(2026, 3, 12), paris(2026, 3, 10, 8, 59), True),
        (date(2026, 3, 12), paris(2026, 3, 10, 9, 0), False),
    ],
)
def test_a_meal_in_vailhauques_is_booked_in_time_or_late(day, booked_at, in_time):
    assert is_in_time(booked_at, limit(VAILHAUQUES["meal"], day)) is in_time


def test_an_absence_in_vailhauques_is_signalled_before_nine_the_same_day():
    signalled = limit(VAILHAUQUES["signalled"], date(2026, 3, 9))

    assert is_in_time(paris(2026, 3, 9, 8, 59, 59), signalled)
    assert not is_in_time(paris(2026, 3, 9, 9, 0), signalled)


def test_there_is_no_deadline_in_vailhauques_on_a_day_without_meals():
    with pytest.raises(NoDeadlineForDayError):
        limit(VAILHAUQUES["meal"], date(2026, 3, 11))


@pytest.mark.parametrize(
    ("data", "day", "expected"),
    [
        (
            {"rule": "days_before", "days": 2, "at": "18:30"},
            date(2026, 3, 1),
            paris(2026, 2, 27, 18, 30),
        ),
        (
            {"rule": "working_days_before", "days": 1, "at": "10:00"},
            date(2026, 3, 9),
            paris(2026, 3, 6, 10),
        ),
        (
            {"rule": "working_days_before", "days": 16, "at": "00:00"},
            date(2026, 3, 31),
            paris(2026, 3, 9),
        ),
        (
            {
                "rule": "working_days_before",
                "days": 2,
                "at": "10:00",
                "working_days": ["monday", "tuesday", "thursday", "friday"],
            },
            date(2026, 3, 12),
            paris(2026, 3, 9, 10),
        ),
        (
            {"rule": "weekday_before", "days": {"monday": "monday"}, "at": "12:00"},
            date(2026, 3, 9),
            paris(2026, 3, 2, 12),
        ),
        (
            {"rule": "weekday_of_previous_week", "weekday": "thursday", "at": "23:59"},
            date(2026, 3, 9),
            paris(2026, 3, 5, 23, 59),
        ),
        (
            {"rule": "weekday_of_previous_week", "weekday": "sunday", "at": "12:00"},
            date(2026, 3, 15),
            paris(2026, 3, 8, 12),
        ),
        (
            {
                "rule": "weekday_of_previous_week",
                "weekday": "monday",
                "weeks": 2,
                "at": "12:00",
            },
            date(2026, 3, 15),
            paris(2026, 2, 23, 12),
        ),
        (
            {"rule": "day_of_previous_month", "day": 20, "at": "12:00"},
            date(2026, 1, 31),
            paris(2025, 12, 20, 12),
        ),
        (
            {"rule": "day_of_previous_month", "day": 31, "at": "12:00"},
            date(2026, 3, 9),
            paris(2026, 2, 28, 12),
        ),
        (
            {"rule": "day_of_previous_month", "day": 15, "months": 2, "at": "12:00"},
            date(2026, 1, 9),
            paris(2025, 11, 15, 12),
        ),
    ],
)
def test_a_rule_gives_a_day_and_an_hour(data, day, expected):
    assert limit(data, day) == expected


def test_holidays_are_not_working_days():
    rule = {"rule": "working_days_before", "days": 1, "at": "10:00"}
    easter_monday = date(2026, 4, 6)

    found = limit(rule, date(2026, 4, 7), holidays={easter_monday})

    assert found == paris(2026, 4, 3, 10)


def test_without_rule_it_is_never_too_late():
    never = limit({"rule": "none"}, date(2026, 3, 9))

    assert never is None
    assert is_in_time(paris(2099, 1, 1), never)


def test_an_hour_that_summer_time_skips_becomes_the_hour_after():
    rule = {"rule": "days_before", "days": 0, "at": "02:30"}

    found = limit(rule, date(2026, 3, 29))

    assert found.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert found.time() == time(3, 30)


def test_of_an_hour_that_comes_twice_the_first_counts():
    found = limit({"rule": "days_before", "days": 0, "at": "02:30"}, date(2026, 10, 25))
    second = (found - timedelta(minutes=1)).replace(fold=1)

    assert found.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert not is_in_time(second, found)


def test_the_hour_is_the_same_on_the_clock_in_summer_and_winter():
    rule = {"rule": "days_before", "days": 1, "at": "09:00"}

    before, after = limit(rule, date(2026, 3, 29)), limit(rule, date(2026, 3, 30))

    assert (before.hour, after.hour) == (9, 9)
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=23)


def test_the_hour_is_that_of_the_town():
    rule = {"rule": "days_before", "days": 1, "at": "09:00"}

    found = limit(rule, date(2026, 7, 2), zone=MONTREAL)

    assert found.astimezone(UTC) == datetime(2026, 7, 1, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("none", ".: not_a_mapping"),
        ({}, "rule: missing"),
        ({"rule": "sometimes"}, "rule: not_allowed"),
        ({"rule": "none", "at": "09:00"}, "at: unknown_key"),
        ({"rule": "days_before", "at": "09:00"}, "days: missing"),
        ({"rule": "days_before", "days": -1, "at": "09:00"}, "days: too_small"),
        ({"rule": "days_before", "days": 1.5, "at": "09:00"}, "days: not_a_whole"),
        ({"rule": "days_before", "days": 1}, "at: missing"),
        ({"rule": "days_before", "days": 1, "at": "24:00"}, "at: not_a_time"),
        ({"rule": "days_before", "days": 1, "at": 540}, "at: not_a_time"),
        ({"rule": "working_days_before", "days": 0, "at": "09:00"}, "days: too_small"),
        (
            {
                "rule": "working_days_before",
                "days": 1,
                "at": "09:00",
                "working_days": ["lundi"],
            },
            "working_days[0]: not_allowed",
        ),
        (
            {"rule": "weekday_before", "at": "09:00", "days": {"monday": "someday"}},
            "days.monday: not_allowed",
        ),
        ({"rule": "weekday_before", "at": "09:00", "days": {}}, "days: no_weekday"),
        (
            {"rule": "weekday_before", "at": "09:00", "days": {"someday": "monday"}},
            "days.someday: unknown_key",
        ),
        (
            {"rule": "weekday_of_previous_week", "at": "09:00", "weekday": 3},
            "weekday: not_a_code",
        ),
        ({"rule": "day_of_previous_month", "at": "09:00", "day": 32}, "day: too_large"),
    ],
)
def test_a_mistake_is_refused_with_its_key_and_reason(data, problem):
    with pytest.raises(ConfigurationError) as refusal:
        parse_deadline(data)

    assert any(str(each).startswith(problem) for each in refusal.value.problems)


HOURS = st.times().map(lambda at: at.strftime("%H:%M"))
EVERY_DAY = st.fixed_dictionaries({day: st.sampled_from(WEEKDAYS) for day in WEEKDAYS})
RISING_RULES = st.one_of(
    st.fixed_dictionaries(
        {"rule": st.just("days_before"), "days": st.integers(0, 60), "at": HOURS}
    ),
    st.fixed_dictionaries(
        {
            "rule": st.just("working_days_before"),
            "days": st.integers(1, 30),
            "at": HOURS,
        }
    ),
    st.fixed_dictionaries(
        {
            "rule": st.just("weekday_of_previous_week"),
            "weekday": st.sampled_from(WEEKDAYS),
            "weeks": st.integers(1, 5),
            "at": HOURS,
        }
    ),
    st.fixed_dictionaries(
        {
            "rule": st.just("day_of_previous_month"),
            "day": st.integers(1, 31),
            "months": st.integers(1, 6),
            "at": HOURS,
        }
    ),
)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(RISING_RULES, DAYS, DAYS, st.frozensets(DAYS, max_size=10))
def test_a_later_session_never_has_an_earlier_deadline(data, one, other, holidays):
    rule = parse_deadline(data)
    early, late = (instant_of(rule, day, holidays) for day in sorted((one, other)))

    assert early <= late


@given(EVERY_DAY, HOURS, DAYS)
def test_the_weekday_before_is_that_weekday_within_seven_days(days, at, day):
    found = limit({"rule": "weekday_before", "days": days, "at": at}, day)

    expected = days[WEEKDAYS[day.weekday()]]
    assert WEEKDAYS[found.weekday()] == expected
    assert 1 <= (day - found.date()).days <= 7


@given(RISING_RULES, DAYS, st.timedeltas(timedelta(seconds=1), timedelta(days=9)))
def test_in_time_is_strictly_before(data, day, gap):
    rule = parse_deadline(data)
    instant = instant_of(rule, day)

    assert is_in_time(instant - gap, instant)
    assert not is_in_time(instant, instant)
    assert not is_in_time(instant + gap, instant)
