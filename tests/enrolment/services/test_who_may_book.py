"""Who may book what: age, class, residence, dates, courses that exclude each other."""

from datetime import UTC, date, datetime

import pytest

from catalog.domain.refusals import (
    BornOutside,
    NoRegistrationForResidence,
    QuotaReached,
    RegistrationNotOpen,
    SchoolClassUnknown,
    TooOld,
    WrongResidence,
    WrongSchoolClass,
)
from catalog.models import Activity, RegistrationWindow, Session
from families.models import Child, ResidenceRecord
from tests.enrolment.booking_builders import NOW, accepted_family, course, hold, lunch
from tests.families.builders import make_family

pytestmark = pytest.mark.usefixtures("rochebelle")

DAY = "2026-12-01"


def refusals(choice):
    return [type(each) for refused in choice.refused for each in refused.refusals]


def born(family, day):
    Child.objects.filter(pk=family.children[0].pk).update(birth_date=day)


def rule(code, **fields):
    Activity.objects.filter(code=code).update(**fields)


def test_age_is_the_one_on_the_day_of_the_session():
    family = accepted_family()
    born(family, date(2020, 12, 3))
    rule("repas", age_max=5)

    before, after = (
        hold(family, "repas", lunch(DAY)),
        hold(family, "repas", lunch("2026-12-03")),
    )

    assert refusals(before) == []
    assert refusals(after) == [TooOld]


def test_a_course_is_for_those_born_between_its_dates():
    family = make_family("claire@example.com", "Lina")
    ResidenceRecord.objects.create(
        household=family.household, status="resident", from_on=date(2026, 9, 1)
    )
    born(family, date(2017, 5, 14))

    young = hold(family, "natation", course("Natation 4-5 ans"))
    old = hold(family, "natation", course("Natation 6-10 ans"))

    assert refusals(young) == [BornOutside]
    assert refusals(old) == []


@pytest.mark.parametrize(
    ("school_class", "expected"),
    [("ce1", []), ("cm2", [WrongSchoolClass]), ("", [SchoolClassUnknown])],
)
def test_an_activity_may_be_for_some_classes(school_class, expected):
    family = accepted_family()
    Child.objects.update(school_class=school_class)
    rule("repas", school_classes=["ce1", "cp"])

    choice = hold(family, "repas", lunch(DAY))

    assert refusals(choice) == expected


def test_residents_only_is_for_residents_proven_on_the_day():
    outside = accepted_family(residence="outside")
    resident = accepted_family("b@example.com", "Noé")
    rule("repas", residents_only=True)

    assert refusals(hold(outside, "repas", lunch(DAY))) == [WrongResidence]
    assert refusals(hold(resident, "repas", lunch(DAY))) == []


def test_registration_opens_for_residents_first():
    monday = datetime(2026, 11, 10, 9, tzinfo=UTC)
    resident = make_family("claire@example.com", "Lina")
    ResidenceRecord.objects.create(
        household=resident.household, status="resident", from_on=date(2026, 9, 1)
    )
    stranger = make_family("b@example.com", "Noé")
    Child.objects.update(birth_date=date(2018, 1, 1))

    first = hold(resident, "natation", course("Natation 6-10 ans"), now=monday)
    second = hold(stranger, "natation", course("Natation 6-10 ans"), now=monday)

    assert refusals(first) == []
    assert refusals(second) == [RegistrationNotOpen]


def test_a_window_for_residents_only_never_opens_for_others():
    RegistrationWindow.objects.filter(activity__code="natation", residence="").delete()
    stranger = make_family("b@example.com", "Noé")
    Child.objects.update(birth_date=date(2018, 1, 1))

    choice = hold(stranger, "natation", course("Natation 6-10 ans"))

    assert refusals(choice) == [NoRegistrationForResidence]


def test_courses_of_a_shared_quota_exclude_each_other_in_a_period():
    family = make_family("claire@example.com", "Lina")
    born(family, date(2018, 1, 1))

    swimming = hold(family, "natation", course("Natation 6-10 ans"))
    skating = hold(family, "patinage", course("Patinage 6-10 ans"))

    assert refusals(swimming) == []
    assert refusals(skating) == [QuotaReached]


def test_a_course_is_booked_as_a_whole_and_lunch_day_by_day():
    family = accepted_family()
    born(family, date(2018, 1, 1))

    days = hold(family, "repas", lunch(DAY), lunch("2026-12-03"))
    whole = hold(family, "natation", course("Natation 6-10 ans"))

    assert [each.wish.place.days for each in days.quotes] == [
        (date(2026, 12, 1),),
        (date(2026, 12, 3),),
    ]
    assert [len(each.wish.place.days) for each in whole.quotes] == [4]
    assert NOW.date() < Session.objects.get(name="Natation 6-10 ans").starts_on
