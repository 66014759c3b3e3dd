"""What prices see of a household: its regime, who is there, how often."""

from datetime import date, time
from uuid import uuid4

import pytest

from catalog.domain.prices import DayKind
from enrolment.domain.calendar import Calendar, Closing
from enrolment.domain.contexts import minutes_of
from enrolment.domain.facts import ChildFacts, HouseholdFacts
from enrolment.domain.offers import Place
from families.domain.standing import Fact
from foundation.periods import Period

MONDAY, TUESDAY, NEXT = date(2026, 12, 7), date(2026, 12, 8), date(2026, 12, 14)
ELDER = ChildFacts(1, uuid4(), "Ana", "Martin", date(2016, 1, 1))
YOUNGER = ChildFacts(2, uuid4(), "Bo", "Martin", date(2018, 1, 1))


def household(**known):
    return HouseholdFacts(7, {1: ELDER, 2: YOUNGER}, **known)


def closing(first, until, *, of_town=True):
    return Closing(Period(first, until), "", of_town=of_town)


def test_the_regime_is_the_one_written_and_else_that_of_the_quotient():
    facts = household(
        regimes=(Fact("none", TUESDAY, NEXT),), payers=(Fact("msa", MONDAY, None),)
    )

    assert facts.regime_on(MONDAY) == "msa"
    assert facts.regime_on(TUESDAY) == "none"
    assert facts.regime_on(NEXT) == "msa"
    assert household().regime_on(MONDAY) is None


def test_children_there_are_those_booked_and_those_wanted_the_same_day():
    booked = household(present={MONDAY: frozenset({1})})

    assert booked.presence(2, day=MONDAY) == (2, 2)
    assert booked.presence(2, day=TUESDAY) == (1, 1)
    assert booked.presence(1, day=MONDAY) == (1, 1)
    wanted = [(2, MONDAY), (2, TUESDAY)]
    assert booked.presence(1, day=MONDAY, together=wanted) == (1, 2)


def test_days_a_week_count_from_monday_to_sunday():
    booked = household(present={MONDAY: frozenset({1, 2}), NEXT: frozenset({1})})
    wanted = [(1, date(2026, 12, 13)), (2, TUESDAY), (1, NEXT)]

    assert booked.days_a_week(1, day=MONDAY) == 1
    assert booked.days_a_week(1, day=TUESDAY) == 2
    assert booked.days_a_week(1, day=TUESDAY, together=wanted) == 3
    assert booked.days_a_week(2, day=MONDAY, together=wanted) == 2


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 8, 31), None),
        (date(2026, 9, 1), DayKind.TERM),
        (date(2026, 11, 11), DayKind.PUBLIC_HOLIDAY),
        (date(2026, 11, 12), DayKind.TERM),
        (date(2026, 12, 19), DayKind.HOLIDAYS),
        (date(2026, 12, 25), DayKind.PUBLIC_HOLIDAY),
    ],
)
def test_the_calendar_says_what_a_day_is(day, expected):
    calendar = Calendar(
        closings=(
            closing(date(2026, 11, 11), date(2026, 11, 12)),
            closing(date(2026, 12, 25), date(2026, 12, 26)),
            closing(date(2026, 11, 12), date(2026, 11, 13), of_town=False),
        ),
        holidays=(closing(date(2026, 12, 19), date(2027, 1, 4)),),
        school_years=(closing(date(2026, 9, 1), date(2027, 7, 3)),),
    )

    assert calendar.kind_of(day) == expected


def test_minutes_are_those_of_all_the_meetings():
    course = Place(
        1, uuid4(), "", None, MONDAY, NEXT, time(9), time(10, 30), (MONDAY, NEXT)
    )

    assert minutes_of(course) == 180
