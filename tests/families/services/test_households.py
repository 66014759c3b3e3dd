"""Opening a household, moving it."""

from dataclasses import replace
from datetime import date

import pytest

from families.domain.file_numbers import is_file_number
from families.enums import GuardianRole, Residence
from families.models import Guardian, Household, ResidenceRecord
from families.policies import answers_for
from families.services.households import move_household, open_household
from foundation.journal.models import Entry
from tests.families.builders import HOME, TODAY, account_of, make_family, make_person

ELSEWHERE = replace(HOME, postal_code="59800", city="Lille")


def test_a_household_has_a_number_a_responsible_and_an_entry(rochebelle):
    person = make_person()

    household = open_household(
        person=person, address=HOME, phone="06 01 02 03 04", actor=account_of(person)
    )

    assert is_file_number(household.file_number)
    guardian = Guardian.objects.get(household=household)
    assert (guardian.person, guardian.role) == (person, GuardianRole.RESPONSIBLE)
    person.refresh_from_db()
    assert person.phone == "06 01 02 03 04"
    entry = Entry.objects.get(action="household opened")
    assert entry.new["city"] == "Rochebelle"
    assert answers_for(account_of(person), household)


def test_opening_twice_opens_one(rochebelle):
    person = make_person()

    first = open_household(person=person, address=HOME, actor=account_of(person))
    second = open_household(person=person, address=ELSEWHERE, actor=account_of(person))

    assert second == first
    assert Household.objects.count() == 1
    assert second.city == "Rochebelle"


def test_nobody_answers_for_another_household(rochebelle):
    ours = make_family("claire@example.com")
    theirs = make_family("paul@example.com")

    assert not answers_for(ours.account, theirs.household)


def prove_residence(household: Household, start: date) -> ResidenceRecord:
    return ResidenceRecord.objects.create(
        household=household, status=Residence.RESIDENT, from_on=start
    )


@pytest.mark.parametrize(
    ("change", "ends"),
    [({"street": "5 rue des Tilleuls"}, False), ({"city": "Lille"}, True)],
)
def test_leaving_the_place_ends_the_residence_today(rochebelle, change, ends):
    family = make_family()
    proven = prove_residence(family.household, date(2026, 9, 1))

    needs_proof = move_household(
        household=family.household,
        address=replace(HOME, **change),
        today=TODAY,
        actor=family.account,
    )

    proven.refresh_from_db()
    assert needs_proof is ends
    assert proven.until_on == (TODAY if ends else None)


def test_saving_the_same_address_writes_nothing(rochebelle):
    family = make_family()
    before = Entry.objects.count()

    move_household(
        household=family.household, address=HOME, today=TODAY, actor=family.account
    )

    assert Entry.objects.count() == before
