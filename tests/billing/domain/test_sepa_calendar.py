from datetime import date, timedelta

import pytest
from holidays import financial_holidays
from hypothesis import given, strategies as st

from billing.domain.sepa_calendar import (
    ClosedDayError,
    NotifiedTooLateError,
    add_target_days,
    check_collection_day,
    earliest_collection,
    easter_sunday,
    has_lapsed,
    is_target_day,
    latest_submission,
    mandate_lapses_on,
    next_target_day,
    target_holidays,
)

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "easter",
    [date(1981, 4, 19), date(2025, 4, 20), date(2026, 4, 5), date(2038, 4, 25)],
)
def test_easter_falls_where_the_almanac_says(easter):
    assert easter_sunday(easter.year) == easter


def test_closing_days_agree_with_an_independent_calendar():
    # From 2002 on: the last day of 2001 was closed once, for the euro's coins.
    for year in range(2002, 2060):
        theirs = financial_holidays("ECB", years=year)

        assert target_holidays(year) == set(theirs), year


def test_a_weekend_and_a_national_holiday_are_told_apart():
    assert not is_target_day(date(2026, 11, 21))
    assert is_target_day(date(2026, 7, 14))


@given(DAYS)
def test_the_next_settlement_day_is_open_and_never_before(day):
    found = next_target_day(day)

    assert is_target_day(found)
    assert day <= found <= day + timedelta(days=6)


@given(DAYS, st.integers(1, 30))
def test_going_forward_then_back_returns_to_a_settlement_day(day, count):
    start = next_target_day(day)

    assert add_target_days(add_target_days(start, count), -count) == start


def test_a_file_for_the_tuesday_after_easter_leaves_before_good_friday():
    assert latest_submission(collect_on=date(2026, 4, 7)) == date(2026, 4, 2)


def test_fourteen_days_of_notice_are_enough_and_thirteen_are_not():
    collect_on = date(2026, 12, 15)

    check_collection_day(collect_on=collect_on, notified_on=date(2026, 12, 1))
    with pytest.raises(NotifiedTooLateError) as refusal:
        check_collection_day(collect_on=collect_on, notified_on=date(2026, 12, 2))

    assert refusal.value.params["earliest"] == date(2026, 12, 16)


def test_a_shorter_agreed_notice_is_honoured():
    check_collection_day(
        collect_on=date(2026, 12, 15), notified_on=date(2026, 12, 10), notice_days=5
    )


def test_a_closed_day_is_refused_with_the_next_open_one():
    with pytest.raises(ClosedDayError) as refusal:
        check_collection_day(
            collect_on=date(2026, 12, 25), notified_on=date(2026, 12, 1)
        )

    assert refusal.value.params["next_open"] == date(2026, 12, 28)


@given(DAYS, st.integers(0, 30))
def test_the_earliest_collection_is_always_accepted(notified_on, notice_days):
    collect_on = earliest_collection(notified_on=notified_on, notice_days=notice_days)

    check_collection_day(
        collect_on=collect_on, notified_on=notified_on, notice_days=notice_days
    )


def test_a_mandate_unused_for_thirty_six_months_lapses():
    signed_on = date(2023, 11, 20)

    assert not has_lapsed(
        signed_on=signed_on, last_collected_on=None, on=date(2026, 11, 20)
    )
    assert has_lapsed(
        signed_on=signed_on, last_collected_on=None, on=date(2026, 11, 21)
    )


def test_a_collection_keeps_a_mandate_alive():
    assert not has_lapsed(
        signed_on=date(2015, 1, 1),
        last_collected_on=date(2026, 1, 5),
        on=date(2026, 11, 21),
    )


def test_a_mandate_of_a_leap_day_lapses_on_the_first_of_march():
    lapses_on = mandate_lapses_on(signed_on=date(2024, 2, 29), last_collected_on=None)

    assert lapses_on == date(2027, 3, 1)
