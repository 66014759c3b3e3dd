"""Who may register, and the reason given to those who may not."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from catalog.domain.eligibility import (
    Ages,
    Applicant,
    Eligibility,
    Slot,
    Window,
    check_eligibility,
    check_overlaps,
    check_window,
    completed_years,
    parse_eligibility,
)
from catalog.domain.prices import Residence
from catalog.domain.refusals import (
    BirthDateUnknown,
    BornOutside,
    NoRegistrationForResidence,
    OverlapsBooking,
    QuotaReached,
    RegistrationClosed,
    RegistrationNotOpen,
    ResidenceNotProven,
    SchoolClassUnknown,
    TooOld,
    TooYoung,
    WrongResidence,
    WrongSchoolClass,
)
from foundation.periods import Period
from foundation.reading import ConfigurationError
from tests.catalog.domain.towns import town

PARIS = ZoneInfo("Europe/Paris")
MONTREAL = ZoneInfo("America/Toronto")
MONDAY = date(2026, 3, 9)
NOON = datetime(2026, 3, 1, 12, tzinfo=PARIS)


def rules_of(name, zone):
    return parse_eligibility(town(name)["eligibility"], zone=zone)


def refusals(rules, applicant=None, slots=(), session_on=MONDAY, now=NOON):
    return check_eligibility(
        rules, applicant or Applicant(), slots, session_on=session_on, now=now
    )


def slot(code, start, hours=1, day=9):
    starts_at = datetime(2026, 3, day, start, tzinfo=PARIS)
    return Slot(code, starts_at, starts_at + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("birth_date", "on", "age"),
    [
        (date(2016, 3, 9), date(2026, 3, 8), 9),
        (date(2016, 3, 9), date(2026, 3, 9), 10),
        (date(2016, 2, 29), date(2026, 2, 28), 9),
        (date(2016, 2, 29), date(2026, 3, 1), 10),
        (date(2026, 3, 9), date(2026, 3, 9), 0),
    ],
)
def test_age_counts_completed_years(birth_date, on, age):
    assert completed_years(birth_date, on) == age


def test_without_rules_everybody_may_register():
    assert refusals(Eligibility()) == ()


@pytest.mark.parametrize(
    ("birth_date", "expected"),
    [
        (date(2020, 3, 9), ()),
        (date(2020, 3, 10), (TooYoung(5, 6, MONDAY),)),
        (date(2015, 3, 10), ()),
        (date(2015, 3, 9), (TooOld(11, 10, MONDAY),)),
        (None, (BirthDateUnknown(),)),
    ],
)
def test_age_is_taken_at_the_session_with_both_bounds_allowed(birth_date, expected):
    rules = Eligibility(ages=Ages(6, 10))

    assert refusals(rules, Applicant(birth_date=birth_date)) == expected


@pytest.mark.parametrize(
    ("birth_date", "expected"),
    [
        (date(2011, 9, 30), ()),
        (date(2011, 10, 1), (TooYoung(11, 12, date(2023, 9, 30)),)),
        (date(2007, 10, 1), ()),
        (date(2007, 9, 30), (TooOld(16, 15, date(2023, 9, 30)),)),
    ],
)
def test_saint_lazare_takes_the_age_on_its_own_day(birth_date, expected):
    rules = rules_of("saint_lazare", MONTREAL)
    now = datetime(2023, 6, 4, 8, tzinfo=MONTREAL)

    found = refusals(
        rules, Applicant(birth_date=birth_date), session_on=date(2023, 7, 3), now=now
    )

    assert found == expected


@pytest.mark.parametrize(
    ("birth_date", "is_accepted"),
    [
        (date(2013, 12, 31), False),
        (date(2014, 1, 1), True),
        (date(2021, 2, 24), True),
        (date(2021, 2, 25), False),
    ],
)
def test_besancon_accepts_a_range_of_birth_dates(birth_date, is_accepted):
    rules = rules_of("besancon", PARIS)
    now = datetime(2025, 2, 17, 14, tzinfo=PARIS)

    found = refusals(rules, Applicant(birth_date=birth_date), now=now)

    outside = BornOutside(date(2014, 1, 1), date(2021, 2, 25))
    assert found == (() if is_accepted else (outside,))


def test_besancon_gives_one_course_per_child_and_holiday():
    rules = rules_of("besancon", PARIS)
    child = Applicant(birth_date=date(2016, 5, 1), taken_in_period=1)

    found = refusals(rules, child, now=datetime(2025, 2, 18, 23, 59, tzinfo=PARIS))

    assert found == (QuotaReached(limit=1, taken=1),)


def test_besancon_closes_its_round_at_midnight():
    closing = datetime(2025, 2, 19, tzinfo=PARIS)
    child = Applicant(birth_date=date(2016, 5, 1))

    found = refusals(rules_of("besancon", PARIS), child, now=closing)

    assert found == (RegistrationClosed(closing),)


@pytest.mark.parametrize("residence", [Residence.OUTSIDE, Residence.WORKS_HERE, None])
def test_rawdon_tells_others_than_residents_when_registration_opens(residence):
    rules = rules_of("rawdon", MONTREAL)
    last_night = datetime(2026, 4, 21, 23, 59, tzinfo=MONTREAL)

    found = refusals(rules, Applicant(residence=residence), now=last_night)

    assert found == (RegistrationNotOpen(datetime(2026, 4, 22, tzinfo=MONTREAL)),)


@pytest.mark.parametrize(
    ("residence", "day"),
    [
        (Residence.RESIDENT, 1),
        (Residence.RESIDENT, 21),
        (Residence.RESIDENT, 22),
        (Residence.OUTSIDE, 22),
        (None, 22),
    ],
)
def test_rawdon_registers_residents_first_then_everybody(residence, day):
    rules = rules_of("rawdon", MONTREAL)
    now = datetime(2026, 4, day, tzinfo=MONTREAL)

    assert refusals(rules, Applicant(residence=residence), now=now) == ()


def test_saint_lazare_opens_to_residents_at_eight():
    windows = rules_of("saint_lazare", MONTREAL).windows
    eight = datetime(2023, 4, 20, 8, tzinfo=MONTREAL)
    before = eight - timedelta(seconds=1)

    assert list(check_window(windows, "resident", now=eight)) == []
    assert list(check_window(windows, "resident", now=before)) == [
        RegistrationNotOpen(eight)
    ]


def test_a_window_for_others_only_is_no_registration_for_the_family():
    only_residents = (Window(NOON, None, frozenset({"resident"})),)

    found = list(check_window(only_residents, "outside", now=NOON))

    assert found == [NoRegistrationForResidence()]


def test_between_two_rounds_the_next_opening_is_told():
    second = NOON + timedelta(days=2)
    rounds = (Window(NOON, NOON + timedelta(days=1)), Window(second))

    found = list(check_window(rounds, None, now=NOON + timedelta(days=1)))

    assert found == [RegistrationNotOpen(second)]


@pytest.mark.parametrize(
    ("school_class", "expected"),
    [
        ("cp", ()),
        ("cm2", (WrongSchoolClass("cm2", frozenset({"cp", "ce1"})),)),
        (None, (SchoolClassUnknown(),)),
    ],
)
def test_a_session_may_be_for_some_school_classes(school_class, expected):
    rules = Eligibility(school_classes=frozenset({"cp", "ce1"}))

    assert refusals(rules, Applicant(school_class=school_class)) == expected


@pytest.mark.parametrize(
    ("residence", "expected"),
    [
        ("resident", ()),
        ("outside", (WrongResidence("outside", frozenset({"resident"})),)),
        (None, (ResidenceNotProven(frozenset({"resident"})),)),
    ],
)
def test_a_session_may_be_for_some_residences(residence, expected):
    rules = Eligibility(residences=frozenset({"resident"}))

    assert refusals(rules, Applicant(residence=residence)) == expected


def test_a_booking_at_the_same_time_stands_in_the_way_once():
    booked = slot("skating", 10, hours=3)
    course = [slot("swimming", 9, hours=2), slot("swimming", 12, hours=2)]

    found = refusals(Eligibility(), Applicant(booked=(booked,)), course)

    assert found == (OverlapsBooking("skating", booked.starts_at, booked.ends_at),)


def test_a_session_that_starts_when_another_ends_does_not_overlap():
    assert not list(check_overlaps([slot("meal", 12)], [slot("class", 11)]))


def test_times_of_two_zones_are_compared_as_instants():
    here = slot("here", 12)
    there = Slot(
        "there",
        here.starts_at.astimezone(MONTREAL),
        here.ends_at.astimezone(MONTREAL),
    )

    assert here.overlaps(there)


@given(st.integers(0, 20), st.integers(1, 3), st.integers(0, 20), st.integers(1, 3))
def test_overlapping_is_mutual_and_means_a_shared_hour(
    one, length, other, other_length
):
    left, right = slot("left", one, length), slot("right", other, other_length)
    shared = set(range(one, one + length)) & set(range(other, other + other_length))

    assert left.overlaps(right) == right.overlaps(left) == bool(shared)


def test_every_reason_is_given_at_once():
    rules = Eligibility(
        ages=Ages(youngest=6),
        residences=frozenset({"resident"}),
        quota=2,
        windows=(Window(NOON + timedelta(days=1)),),
    )

    found = refusals(rules, Applicant(taken_in_period=2))

    assert [refusal.code for refusal in found] == [
        "birth_date_unknown",
        "residence_not_proven",
        "registration_not_open",
        "quota_reached",
    ]


def test_rules_are_read_from_plain_data():
    data = {
        "ages": {"youngest": 4},
        "born": {"from": "2016-01-01"},
        "school_classes": ["cp", "ce1"],
        "residence": "resident",
        "quota": 1,
        "windows": [{"from": "2026-03-01T08:00"}],
    }

    assert parse_eligibility(data, zone=PARIS) == Eligibility(
        ages=Ages(4),
        born=Period(date(2016, 1, 1)),
        school_classes=frozenset({"cp", "ce1"}),
        residences=frozenset({"resident"}),
        quota=1,
        windows=(Window(datetime(2026, 3, 1, 8, tzinfo=PARIS)),),
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"age": {}}, "age: unknown_key"),
        ({"ages": {}}, "ages: no_bound"),
        ({"ages": {"youngest": 6, "oldest": 5}}, "ages.oldest: too_small"),
        ({"ages": {"youngest": "6"}}, "ages.youngest: not_a_whole_number"),
        ({"born": {"until": "2016-01-01"}}, "born.from: missing"),
        (
            {"born": {"from": "2016-01-01", "until": "2016-01-01"}},
            "born.until: not_after_from",
        ),
        ({"residence": "moon"}, "residence: not_allowed"),
        ({"quota": 0}, "quota: too_small"),
        ({"windows": [{}]}, "windows[0].from: missing"),
        ({"windows": [{"from": "2026-03-01"}]}, "windows[0].from: not_a_moment"),
        (
            {"windows": [{"from": "2026-03-01T08:00", "until": "2026-03-01T08:00"}]},
            "windows[0].until: not_after_from",
        ),
    ],
)
def test_a_mistake_is_refused_with_its_key_and_reason(data, problem):
    with pytest.raises(ConfigurationError) as refusal:
        parse_eligibility(data, zone=PARIS)

    assert any(str(each).startswith(problem) for each in refusal.value.problems)
