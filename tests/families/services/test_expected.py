"""Children to be born: expected, born, no longer expected."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import translation

from families.models import Child
from families.queries import child_ranks, children_of
from families.services.children import (
    ChildAlreadyThereError,
    ChildDetails,
    ImplausibleBirthError,
    add_child,
)
from families.services.expected import (
    Names,
    change_expected,
    expect_child,
    expect_no_longer,
    write_birth,
)
from families.services.expected_errors import (
    AlreadyBornError,
    ImplausibleWaitError,
    NobodyWaitsError,
    NotThisBirthError,
)
from families.services.importing.known import what_is_known
from families.services.merging import merge_children
from families.services.merging.errors import BirthNotWrittenError
from families.services.privacy.erasing import erase_households
from families.services.words import age_of, birth_of
from foundation.journal.models import Entry
from tenants.domain.scope import EVERYTHING
from tests.enrolment.waiting_builders import make_creche
from tests.families.builders import NOW, TODAY, make_family
from tests.families.expected_builders import EXPECTED_ON, make_expected

SAID = Names("", "Martin", EXPECTED_ON)
BORN = Names("Nina", "Martin", date(2027, 3, 9))
LATER = date(2027, 3, 20)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina")


def expect(family, names=SAID):
    return expect_child(
        household=family.household, names=names, today=TODAY, actor=family.account
    )


def give_birth(family, child, birth=BORN, *, today=LATER):
    return write_birth(
        household=family.household,
        child=child,
        birth=birth,
        today=today,
        actor=family.account,
    )


def remove(family, child):
    expect_no_longer(
        household=family.household,
        child=child,
        actor=family.account,
        now=NOW,
        today=TODAY,
    )


def test_a_child_is_expected_without_a_first_name_and_journalled(family):
    make_creche(takes_expected_children=True)

    child = expect(family)

    assert str(child) == "Child expected in March 2027"
    assert (child.called, child.drawn_as) == ("Child expected in March 2027", "Martin")
    assert str(expect(family, replace(SAID, first_name="Nina"))) == "Nina Martin"
    entry = Entry.objects.about("families.child", child.public_id).get()
    assert entry.action == "child expected"
    assert entry.new["birth_date"] == "2027-03-12"


def test_a_town_without_such_a_list_is_told_of_no_pregnancy(family):
    make_creche()

    with pytest.raises(NobodyWaitsError):
        expect(family)

    assert not Child.objects.filter(is_expected=True).exists()


@pytest.mark.parametrize("days", [-1, 301])
def test_the_day_is_ahead_and_within_ten_months(family, days):
    make_creche(takes_expected_children=True)

    with pytest.raises(ImplausibleWaitError):
        expect(family, replace(SAID, birth_date=TODAY + timedelta(days=days)))


def test_nothing_else_believes_that_the_child_exists(family):
    child = make_expected(family, "Nina")

    assert list(children_of(family.household)) == family.children[:1]
    assert list(child_ranks([family.household.pk]).values()) == [1]
    assert ("nina", "martin", EXPECTED_ON) not in what_is_known(today=TODAY).people
    assert age_of(child, TODAY) == "expected on March 12, 2027"
    assert age_of(child, LATER) == "expected on March 12, 2027"
    assert birth_of(child) == "Expected on March 12, 2027"


def test_a_child_to_be_born_has_no_school_in_the_tables(family):
    child = make_expected(family)
    child.school_class = "ps"

    with pytest.raises(IntegrityError, match="a_child_to_be_born_has_no_file"):
        child.save()


def test_a_day_that_moves_is_written_and_so_are_the_names(family):
    child = make_expected(family)
    moved = Names("Nina", "Martin", date(2027, 3, 19))

    change_expected(child=child, names=moved, today=TODAY, actor=family.account)
    change_expected(child=child, names=moved, today=TODAY, actor=family.account)

    child.refresh_from_db()
    assert (child.first_name, child.birth_date) == ("Nina", date(2027, 3, 19))
    entry = Entry.objects.about("families.child", child.public_id).get()
    assert entry.old == {"first_name": "", "birth_date": "2027-03-12"}


def test_a_past_day_stays_while_a_name_is_given(family):
    child = make_expected(family)
    named = Names("Nina", "Martin", EXPECTED_ON)

    change_expected(child=child, names=named, today=LATER, actor=family.account)

    child.refresh_from_db()
    assert child.first_name == "Nina"


def test_a_birth_opens_the_file_and_is_journalled(family):
    child = make_expected(family)

    give_birth(family, child)

    child.refresh_from_db()
    assert (str(child), child.birth_date) == ("Nina Martin", date(2027, 3, 9))
    assert child in children_of(family.household)
    entry = Entry.objects.get(action="child born")
    assert entry.old == {"first_name": "", "birth_date": "2027-03-12"}
    assert entry.new["birth_date"] == "2027-03-09"


def test_the_same_birth_sent_twice_is_written_once(family):
    child = make_expected(family)

    give_birth(family, child)
    give_birth(family, child)

    assert Entry.objects.filter(action="child born").count() == 1
    with pytest.raises(AlreadyBornError):
        give_birth(family, child, replace(BORN, first_name="Lola"))


def test_a_birth_to_come_is_refused(family):
    child = make_expected(family)

    with pytest.raises(ImplausibleBirthError):
        give_birth(family, child, today=date(2027, 3, 8))


@pytest.mark.parametrize("born", [date(2026, 11, 5), date(2027, 4, 24)])
def test_another_child_does_not_take_the_place_of_the_one_expected(family, born):
    child = make_expected(family)

    with pytest.raises(NotThisBirthError):
        give_birth(
            family, child, replace(BORN, birth_date=born), today=date(2027, 5, 1)
        )


def test_a_child_added_already_is_not_born_twice(family):
    child = make_expected(family)
    add_child(
        household=family.household,
        details=ChildDetails("Nina", "Martin", date(2027, 3, 9)),
        today=LATER,
        actor=None,
    )

    with pytest.raises(ChildAlreadyThereError):
        give_birth(family, child)


def test_a_child_no_longer_expected_leaves_the_family_and_the_clerks_lists(family):
    child = make_expected(family)

    remove(family, child)
    remove(family, child)

    assert child not in Child.objects.in_family(family.household)
    assert child not in Child.objects.in_scope(EVERYTHING)
    assert Entry.objects.filter(action="child no longer expected").count() == 1


def test_a_child_who_is_born_is_not_removed_so(family):
    child = make_expected(family)
    give_birth(family, child)

    with pytest.raises(AlreadyBornError):
        remove(family, child)


def test_a_child_to_be_born_takes_over_nobody(family):
    child, born = make_expected(family, "Nina"), family.children[0]

    with pytest.raises(BirthNotWrittenError):
        merge_children(kept=child, lost=born, actor=family.account, reason="Double")


def test_an_erased_family_expects_nobody(family):
    child = make_expected(family, "Nina")

    erase_households(households=[family.household.pk], actor=None, now=NOW)

    child.refresh_from_db()
    assert (child.first_name, child.is_expected) == ("", False)
