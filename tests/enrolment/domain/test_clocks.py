"""The legal clock: dates from day to day, stops, the instant it ends."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from enrolment.domain.clocks import (
    Delays,
    delays_of,
    is_over,
    over_at,
    resumed,
    started,
    stopped,
    warn_on,
)

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
PARIS, MONTREAL = ZoneInfo("Europe/Paris"), ZoneInfo("America/Toronto")


@pytest.mark.parametrize(
    ("sent", "months", "due"),
    [
        (date(2026, 11, 21), 2, date(2027, 1, 21)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2028, 2, 29), 2, date(2028, 4, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 11, 21), 4, date(2027, 3, 21)),
    ],
)
def test_months_run_from_day_to_day(sent, months, due):
    assert started(sent, months=months, restarts=True).due_on == due


def test_the_last_day_is_still_in_time():
    clock = started(date(2026, 11, 21), months=2, restarts=True)

    assert not is_over(clock, date(2027, 1, 21))
    assert is_over(clock, date(2027, 1, 22))


def test_a_missing_piece_starts_the_time_of_acceptance_again():
    clock = stopped(
        started(date(2026, 11, 21), months=2, restarts=True), date(2026, 12, 1)
    )

    assert clock.due_on is None
    assert not is_over(clock, date(2030, 1, 1))
    assert resumed(clock, date(2026, 12, 20)).due_on == date(2027, 2, 20)


def test_a_missing_piece_suspends_the_time_of_refusal():
    clock = stopped(
        started(date(2026, 11, 21), months=2, restarts=False), date(2026, 12, 1)
    )

    assert not is_over(clock, date(2030, 1, 1))
    assert resumed(clock, date(2026, 12, 20)).due_on == date(2027, 2, 9)


def test_a_clock_is_stopped_once_and_resumed_once():
    clock = started(date(2026, 11, 21), months=2, restarts=False)
    waiting = stopped(stopped(clock, date(2026, 12, 1)), date(2026, 12, 5))

    assert waiting.stopped_on == date(2026, 12, 1)
    assert resumed(clock, date(2026, 12, 20)) == clock
    again = resumed(waiting, date(2026, 12, 3))
    assert resumed(again, date(2026, 12, 30)) == again


@pytest.mark.parametrize(
    ("due", "zone", "instant"),
    [
        (date(2027, 1, 21), PARIS, datetime(2027, 1, 21, 23, tzinfo=UTC)),
        (date(2027, 3, 27), PARIS, datetime(2027, 3, 27, 23, tzinfo=UTC)),
        (date(2027, 3, 28), PARIS, datetime(2027, 3, 28, 22, tzinfo=UTC)),
        (date(2027, 1, 21), MONTREAL, datetime(2027, 1, 22, 5, tzinfo=UTC)),
    ],
)
def test_silence_speaks_at_midnight_in_the_town(due, zone, instant):
    assert over_at(due, zone) == instant


@given(DAYS, st.integers(1, 12))
def test_the_time_is_never_shorter_than_its_months_of_28_days(day, months):
    due = started(day, months=months, restarts=True).due_on

    assert timedelta(days=28 * months) <= due - day <= timedelta(days=31 * months)


@given(DAYS, st.integers(0, 50), st.integers(0, 400), st.booleans())
def test_waiting_for_the_family_never_shortens_the_time(day, before, waited, restarts):
    clock = started(day, months=2, restarts=restarts)
    stop = day + timedelta(days=before)

    again = resumed(stopped(clock, stop), stop + timedelta(days=waited))

    assert again.due_on is not None
    assert clock.due_on is not None
    assert again.due_on >= clock.due_on
    assert again.runs
    if not restarts:
        assert again.due_on - clock.due_on == timedelta(days=waited)


def test_the_department_is_warned_before():
    assert warn_on(date(2027, 1, 21), days=14) == date(2027, 1, 7)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], None),
        ([7], Delays(7, 7)),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], Delays(5, 9)),
        ([30, 1, 2], Delays(2, 30)),
    ],
)
def test_delays_are_told_by_their_nearest_rank(days, expected):
    assert delays_of(days) == expected
