"""Custody written by clerks, proposed by parents."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from families.enums import CustodyPattern, CustodyStatus
from families.models import ChildMembership, Custody
from families.queries import custody_of
from families.services.custody import (
    Arrangement,
    DecidedAlreadyError,
    WrongDaysError,
    WrongHouseholdsError,
    accept_custody,
    decide_custody,
    end_custody,
    propose_custody,
    refuse_custody,
)
from families.services.household_errors import PastDayError, ReasonNeededError
from foundation.journal.models import Entry
from tests.families.builders import TODAY, make_family
from tests.families.sharing_builders import separated

pytestmark = pytest.mark.usefixtures("rochebelle")
MONDAY = date(2026, 11, 23)  # Week 48.


def weeks(mother, father, **more):
    facts = {"from_on": MONDAY, "source": "judgment of 12 March 2026", **more}
    return Arrangement(
        CustodyPattern.ALTERNATE, mother.household, father.household, **facts
    )


def decided(family, arrangement, **more):
    return decide_custody(
        child=family.children[0],
        arrangement=arrangement,
        reason="Judgment",
        actor=family.account,
        today=TODAY,
        **more,
    )


def test_alternate_weeks_tell_who_has_the_child():
    mother, father = separated()
    decided(mother, weeks(mother, father))
    child, days = mother.children[0].pk, [MONDAY + timedelta(days=n) for n in (0, 7)]

    calendar = custody_of([child], days)

    found = [calendar.household_on(child, day, fallback=0) for day in days]
    assert found == [mother.household.pk, father.household.pk]
    before = MONDAY - timedelta(days=1)
    assert calendar.household_on(child, before, fallback=-1) == -1


@pytest.mark.parametrize("count", [1, 30])
def test_custody_is_read_in_one_query(count, django_assert_num_queries):
    mother, father = separated(*[f"Child{n}" for n in range(count)])
    for child in mother.children[1:]:
        ChildMembership.objects.create(household=father.household, child=child)
    for child in mother.children:
        decide_custody(
            child=child,
            arrangement=weeks(mother, father),
            reason="Judgment",
            actor=mother.account,
            today=TODAY,
        )
    days = [MONDAY + timedelta(days=n) for n in range(60)]

    with django_assert_num_queries(1):
        calendar = custody_of([child.pk for child in mother.children], days)
        found = {
            calendar.decided_on(child.pk, day)
            for child in mother.children
            for day in days
        }

    assert found == {mother.household.pk, father.household.pk}


def test_nothing_is_read_for_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        custody_of([], [TODAY])
        custody_of([1], [])


def test_a_new_arrangement_closes_the_one_before_and_the_past_stays():
    mother, father = separated()
    first = decided(mother, weeks(mother, father))
    later = MONDAY + timedelta(days=70)

    decided(mother, Arrangement(CustodyPattern.ALWAYS, father.household, None, later))

    first.refresh_from_db()
    assert first.until_on == later
    assert Custody.objects.decided().count() == 2


def test_the_database_refuses_two_arrangements_on_a_day():
    mother, father = separated()
    custody = decided(mother, weeks(mother, father))
    custody.pk, custody.public_id = None, mother.household.public_id

    with (
        pytest.raises(IntegrityError, match="one_custody_on_a_day"),
        transaction.atomic(),
    ):
        custody.save(force_insert=True)


def test_the_past_is_only_corrected_on_purpose():
    mother, father = separated()
    past = weeks(mother, father, from_on=date(2026, 9, 1))

    with pytest.raises(PastDayError):
        decided(mother, past)
    decided(mother, past, is_correction=True)

    assert Entry.objects.get(action="custody corrected").reason == "Judgment"


def test_custody_is_between_the_childs_own_households():
    mother, father = separated()
    stranger = make_family("eve@example.com")

    for arrangement in (
        weeks(mother, stranger),
        weeks(mother, mother),
        Arrangement(CustodyPattern.ALTERNATE, mother.household, None, MONDAY),
        Arrangement(CustodyPattern.ALWAYS, stranger.household, None, MONDAY),
    ):
        with pytest.raises(WrongHouseholdsError):
            decided(mother, arrangement)
    days = Arrangement(
        CustodyPattern.WEEKDAYS,
        mother.household,
        father.household,
        MONDAY,
        weekdays=tuple(range(7)),
    )
    with pytest.raises(WrongDaysError):
        decided(mother, days)


def test_a_parent_proposes_and_a_clerk_decides():
    mother, father = separated()
    child = mother.children[0]
    proposal = propose_custody(
        child=child,
        arrangement=weeks(mother, father, from_on=date(2026, 9, 1)),
        by=father.household,
        actor=father.account,
    )
    assert custody_of([child.pk], [MONDAY]).decided_on(child.pk, MONDAY) is None

    custody = accept_custody(
        proposal=proposal, reason="Agreement", actor=mother.account, today=TODAY
    )

    assert (custody.status, custody.from_on) == (CustodyStatus.DECIDED, TODAY)
    with pytest.raises(DecidedAlreadyError):
        refuse_custody(proposal=proposal, reason="No", actor=mother.account)


def test_a_refused_proposal_says_why_and_a_stranger_proposes_nothing():
    mother, father = separated()
    proposal = propose_custody(
        child=mother.children[0],
        arrangement=weeks(mother, father),
        by=father.household,
        actor=father.account,
    )

    with pytest.raises(ReasonNeededError):
        refuse_custody(proposal=proposal, reason="", actor=mother.account)
    refuse_custody(proposal=proposal, reason="Not the judgment", actor=mother.account)
    with pytest.raises(WrongHouseholdsError):
        propose_custody(
            child=mother.children[0],
            arrangement=weeks(mother, father),
            by=make_family("eve@example.com").household,
            actor=father.account,
        )

    proposal.refresh_from_db()
    assert proposal.refusal_reason == "Not the judgment"


def test_an_arrangement_ends_and_who_books_pays_again():
    mother, father = separated()
    child = mother.children[0]
    custody = decided(mother, weeks(mother, father))
    until = MONDAY + timedelta(days=7)

    end_custody(
        custody=custody,
        until_on=until,
        reason="Moved",
        actor=mother.account,
        today=TODAY,
    )

    calendar = custody_of([child.pk], [MONDAY, until])
    assert calendar.decided_on(child.pk, MONDAY) == mother.household.pk
    assert calendar.household_on(child.pk, until, fallback=-1) == -1
