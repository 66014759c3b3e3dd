"""Adding and changing children."""

from dataclasses import replace
from datetime import date

import pytest

from families.models import Child
from families.services.children import (
    ChildAlreadyThereError,
    ChildDetails,
    ImplausibleBirthError,
    add_child,
    change_child,
)
from foundation.journal.models import Entry
from tests.families.builders import TODAY, make_family

LINA = ChildDetails(
    "Lina",
    "Martin",
    date(2019, 3, 27),
    other_school="Jean Jaurès",
    school_class="ce1",
)


def test_a_child_is_added_to_the_household_and_journalled(rochebelle):
    family = make_family()

    child = add_child(
        household=family.household, details=LINA, today=TODAY, actor=family.account
    )

    assert list(Child.objects.of(family.household)) == [child]
    entry = Entry.objects.get(action="child added")
    assert entry.actor == family.account
    assert entry.new["birth_date"] == "2019-03-27"


def test_the_same_child_is_not_added_twice(rochebelle):
    family = make_family()
    add_child(household=family.household, details=LINA, today=TODAY, actor=None)

    with pytest.raises(ChildAlreadyThereError, match="Lina"):
        add_child(
            household=family.household,
            details=replace(LINA, first_name="LINÀ"),
            today=TODAY,
            actor=None,
        )


def test_twins_and_other_families_are_no_duplicates(rochebelle):
    ours = make_family("claire@example.com")
    theirs = make_family("paul@example.com")

    for household, name in (
        (ours.household, "Lina"),
        (ours.household, "Noé"),
        (theirs.household, "Lina"),
    ):
        add_child(
            household=household,
            details=replace(LINA, first_name=name),
            today=TODAY,
            actor=None,
        )

    assert Child.objects.count() == 3


def test_a_birth_to_come_is_refused(rochebelle):
    family = make_family()

    with pytest.raises(ImplausibleBirthError):
        add_child(
            household=family.household,
            details=replace(LINA, birth_date=date(2027, 1, 1)),
            today=TODAY,
            actor=None,
        )


def test_a_change_keeps_the_old_and_the_new_value(rochebelle):
    family = make_family()
    child = add_child(household=family.household, details=LINA, today=TODAY, actor=None)

    change_child(
        household=family.household,
        child=child,
        details=replace(LINA, school_class="ce2"),
        today=TODAY,
        actor=family.account,
    )

    entry = Entry.objects.get(action="child changed")
    assert (entry.old, entry.new) == ({"school_class": "ce1"}, {"school_class": "ce2"})


def test_a_child_may_not_take_the_name_of_a_twin(rochebelle):
    family = make_family()
    add_child(household=family.household, details=LINA, today=TODAY, actor=None)
    noe = add_child(
        household=family.household,
        details=replace(LINA, first_name="Noé"),
        today=TODAY,
        actor=None,
    )

    with pytest.raises(ChildAlreadyThereError):
        change_child(
            household=family.household, child=noe, details=LINA, today=TODAY, actor=None
        )
