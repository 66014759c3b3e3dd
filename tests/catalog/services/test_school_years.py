"""An official school year goes into the calendar."""

from datetime import date

import pytest
from django.utils import translation

from catalog.models import CalendarPeriod, Closure
from catalog.services.school_years import add_school_year, plan_school_year
from foundation.accounts.models import Account
from foundation.journal.models import Entry

pytestmark = pytest.mark.usefixtures("rochebelle")


def add(zone, year, place=""):
    clerk = Account.objects.filter(is_superuser=True).earliest("id")
    return add_school_year(
        zone=zone, year=year, place=place, language="fr", actor=clerk
    )


def test_the_periods_of_a_zone_are_added_and_journalled():
    with translation.override("en"):
        done = add("B", 2025)

    assert len(done.periods) == 6
    winter = CalendarPeriod.objects.get(code="hiver-2026")
    assert (winter.from_on, winter.until_on) == (date(2026, 2, 14), date(2026, 3, 2))
    assert str(winter) == "Winter holidays 2026"
    assert Entry.objects.filter(action="calendarperiod created").count() == 6


def test_what_the_town_has_already_stays_as_it_is():
    before = list(CalendarPeriod.objects.values_list("code", "from_on", "until_on"))

    done = add("B", 2026)

    assert {each.code for each in done.periods} == {"printemps-2027", "ascension-2027"}
    assert {each.code for each in done.there} == {
        "annee-2026",
        "toussaint-2026",
        "noel-2026",
        "hiver-2027",
    }
    after = CalendarPeriod.objects.values_list("code", "from_on", "until_on")
    assert set(before) <= set(after)


def test_public_holidays_close_the_town_once():
    add("A", 2025, "FR-67")
    again = add("A", 2025, "FR-67")

    closed = Closure.objects.filter(service=None)
    assert closed.get(from_on=date(2026, 4, 3)).until_on == date(2026, 4, 4)
    assert closed.filter(from_on=date(2026, 5, 1)).count() == 1
    assert list(again.periods) == list(again.days_off) == []


def test_a_plan_writes_nothing():
    before = CalendarPeriod.objects.count(), Closure.objects.count()

    plan = plan_school_year(zone="QC", year=2025, place="CA-QC", language="fr")

    assert len(plan.periods) == 3
    assert (CalendarPeriod.objects.count(), Closure.objects.count()) == before
