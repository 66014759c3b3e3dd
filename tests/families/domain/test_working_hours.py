"""When an answer promised in working hours is due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from families.domain.working_hours import NeverOpenError, Promise, due_at
from families.enums import AnswerUnit

PARIS = ZoneInfo("Europe/Paris")
DAYS = Promise(72, AnswerUnit.WORKING_HOURS)
OFFICE = Promise(16, AnswerUnit.OFFICE_HOURS)
ZONES = st.sampled_from(
    [PARIS, ZoneInfo("America/Toronto"), ZoneInfo("Pacific/Auckland"), ZoneInfo("UTC")]
)
PROMISES = st.builds(
    Promise,
    hours=st.integers(1, 200),
    unit=st.sampled_from(list(AnswerUnit)),
    opens_at=st.just(time(9)),
    closes_at=st.sampled_from([time(12), time(17, 30)]),
)
START = datetime(2026, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda minutes: START + timedelta(minutes=minutes)
)
CLOSED = st.frozensets(st.dates(date(2026, 1, 1), date(2029, 6, 1)), max_size=20)


def paris(*at: int) -> datetime:
    return datetime(*at, tzinfo=PARIS)  # type: ignore[misc,arg-type] # year, month...


def test_seventy_two_working_hours_are_three_working_days():
    friday = paris(2026, 11, 20, 15)

    due = due_at(friday, DAYS, zone=PARIS, closed=())

    assert due == paris(2026, 11, 25, 15)


def test_what_is_sent_on_a_sunday_starts_on_monday():
    sunday = paris(2026, 11, 22, 10)

    due = due_at(sunday, DAYS, zone=PARIS, closed=())

    assert due == paris(2026, 11, 26, 0)


def test_days_off_do_not_count():
    wednesday = paris(2026, 12, 23, 12)

    due = due_at(wednesday, DAYS, zone=PARIS, closed={date(2026, 12, 25)})

    assert due == paris(2026, 12, 29, 12)


def test_office_hours_count_only_while_the_town_hall_is_open():
    monday_evening = paris(2026, 11, 23, 19)

    due = due_at(monday_evening, OFFICE, zone=PARIS, closed=())

    assert due == paris(2026, 11, 25, 17)


def test_an_hour_lost_to_summer_time_is_not_counted():
    # The clocks go forward in the night to Sunday 29 March 2026 in Paris; in Toronto
    # on Sunday too: only a zone that changes on a working day shows it.
    zone = ZoneInfo("Africa/Cairo")  # Friday 24 April 2026, at midnight.
    thursday = datetime(2026, 4, 23, 12, tzinfo=zone)

    due = due_at(thursday, Promise(24, AnswerUnit.WORKING_HOURS), zone=zone, closed=())

    assert due - thursday.astimezone(UTC) == timedelta(hours=24)
    assert due.astimezone(zone).hour == 13


def test_a_town_that_never_opens_is_a_mistake():
    always = {date(2026, 1, 1) + timedelta(days=each) for each in range(800)}

    with pytest.raises(NeverOpenError):
        due_at(paris(2026, 2, 2, 9), DAYS, zone=PARIS, closed=always)


@given(INSTANTS, PROMISES, ZONES, CLOSED)
def test_an_answer_is_never_due_before_the_hours_promised(since, promise, zone, closed):
    due = due_at(since, promise, zone=zone, closed=closed)

    assert due - since >= timedelta(hours=promise.hours)


@given(
    INSTANTS, st.timedeltas(timedelta(0), timedelta(days=9)), PROMISES, ZONES, CLOSED
)
def test_who_asks_later_never_waits_less_long(since, later, promise, zone, closed):
    first = due_at(since, promise, zone=zone, closed=closed)
    second = due_at(since + later, promise, zone=zone, closed=closed)

    assert first <= second


@given(INSTANTS, PROMISES, ZONES, CLOSED)
def test_one_more_hour_or_day_off_never_brings_the_answer_forward(
    since, promise, zone, closed
):
    longer = Promise(
        promise.hours + 1, promise.unit, promise.opens_at, promise.closes_at
    )
    due = due_at(since, promise, zone=zone, closed=closed)

    assert due < due_at(since, longer, zone=zone, closed=closed)
    off = closed | {due.astimezone(zone).date()}
    assert due <= due_at(since, promise, zone=zone, closed=off)


@given(INSTANTS, PROMISES, ZONES, CLOSED)
def test_an_answer_falls_due_on_a_working_day(since, promise, zone, closed):
    due = due_at(since, promise, zone=zone, closed=closed)

    # The end of a day that counts whole is midnight, the first instant of the next.
    day = (due - timedelta(microseconds=1)).astimezone(zone).date()
    assert day.weekday() < 5
    assert day not in closed
