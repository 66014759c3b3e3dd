"""Families, adults and children entered twice are found."""

from datetime import date

import pytest

from families.enums import Alike, GuardianRole, SameBy
from families.models import ChildMembership, Guardian, Person
from families.queries.duplicates import find_pairs
from families.services.duplicates import make_one, tell_apart
from families.services.merging import MergeRefusedError
from foundation.journal.models import Entry
from tenants.domain.scope import EVERYTHING, Scope
from tenants.townhall.models import School
from tests.enrolment.request_builders import make_clerk
from tests.families.builders import NOW, make_family

pytestmark = pytest.mark.django_db
BORN = date(1984, 3, 27)


def pairs(kind, scope=EVERYTHING, **window):
    """Return each pair as a set of records, with its reasons."""
    found = find_pairs(kind, scope=scope, most=window.pop("most", 50), **window)
    return [({each.first, each.second}, set(each.same_by)) for each in found.shown]


def adult(family, **facts):
    Person.objects.filter(pk=family.person.pk).update(**facts)
    return family.person


@pytest.fixture
def two(rochebelle):
    one = make_family("claire@example.com", "Lina")
    other = make_family("other@example.org", "Tom")
    other.household.street = "9 place Haute"
    other.household.save()
    adult(other, first_name="Omar", last_name="Diallo")
    return one, other


def test_nothing_alike_gives_no_pair(two):
    assert [pairs(kind) for kind in Alike] == [[], [], []]


@pytest.mark.parametrize(
    ("mine", "theirs", "why"),
    [
        (
            {"first_name": "Éloïse", "last_name": "LE-GOFF", "birth_date": BORN},
            {"first_name": "eloise", "last_name": "Le Goff", "birth_date": BORN},
            SameBy.NAME,
        ),
        (
            {"first_name": "Mathieu", "last_name": "Dupont", "birth_date": BORN},
            {"first_name": "Matthieu", "last_name": "Dupond", "birth_date": BORN},
            SameBy.ALIKE,
        ),
        ({"email": "Old@Example.com"}, {"email": "old@example.COM"}, SameBy.EMAIL),
        ({"phone": "+33 6 12 34 56 78"}, {"phone": "06.12.34.56.78"}, SameBy.PHONE),
    ],
)
def test_adults_and_their_files_are_found(two, mine, theirs, why):
    one, other = two
    adult(one, **mine)
    adult(other, **theirs)

    assert pairs(Alike.PERSON) == [({one.person, other.person}, {why})]
    assert pairs(Alike.HOUSEHOLD) == [({one.household, other.household}, {why})]


def test_the_address_signed_in_with_counts_as_an_address(two):
    one, other = two
    adult(other, email=one.account.email)

    assert pairs(Alike.PERSON) == [({one.person, other.person}, {SameBy.EMAIL})]


def test_a_couple_shares_a_telephone(two):
    one, other = two
    adult(one, phone="0612345678")
    adult(other, phone="0612345678")
    Guardian.objects.create(
        household=one.household, person=other.person, role=GuardianRole.CO_RESPONSIBLE
    )

    assert pairs(Alike.PERSON) == []


def test_a_number_that_many_share_says_nothing(two):
    for number in range(6):
        family = make_family(f"hostel{number}@example.com")
        adult(family, first_name=f"Nom{number}", phone="03 81 00 00 00")
    adult(two[0], phone="03 81 00 00 00")

    assert pairs(Alike.PERSON) == []


def test_files_of_one_name_and_address_are_found(rochebelle):
    one, other = make_family("a@example.com"), make_family("b@example.com")

    assert pairs(Alike.HOUSEHOLD) == [({one.household, other.household}, {SameBy.HOME})]


@pytest.mark.parametrize(
    ("first_name", "why"), [("LINA", SameBy.NAME), ("Linna", SameBy.ALIKE)]
)
def test_children_typed_twice_are_found(two, first_name, why):
    one, other = two
    child = other.children[0]
    child.first_name = first_name
    child.save()

    assert pairs(Alike.CHILD) == [({one.children[0], child}, {why})]
    assert pairs(Alike.HOUSEHOLD) == []


def test_twins_are_two(two):
    one, other = two
    twin = other.children[0]
    twin.first_name = "Lou"
    twin.save()
    ChildMembership.objects.filter(child=twin).update(household=one.household)

    assert pairs(Alike.CHILD) == []


def test_a_pair_told_apart_is_not_proposed_again(two):
    one, other = two
    clerk = make_clerk()
    adult(one, email="x@example.com")
    adult(other, email="x@example.com")

    for _time in range(2):
        tell_apart(
            Alike.PERSON,
            one=other.person,
            other=one.person,
            actor=clerk,
            reason="Sisters.",
            now=NOW,
        )

    assert pairs(Alike.PERSON) == []
    assert len(pairs(Alike.HOUSEHOLD)) == 1
    entries = Entry.objects.filter(action="different records")
    assert {entry.record for entry in entries} == {
        one.person.public_id,
        other.person.public_id,
    }
    assert entries.count() == 2
    with pytest.raises(MergeRefusedError):
        tell_apart(
            Alike.PERSON,
            one=one.person,
            other=one.person,
            actor=clerk,
            reason="",
            now=NOW,
        )


def test_merged_files_are_not_proposed(rochebelle):
    one, other = make_family("a@example.com"), make_family("b@example.com")

    make_one(
        Alike.HOUSEHOLD,
        kept=one.household,
        lost=other.household,
        actor=make_clerk(),
        reason="Twice.",
    )

    assert pairs(Alike.HOUSEHOLD) == []


def test_both_have_to_be_in_scope(two):
    one, other = two
    school = School.objects.get(code="tilleuls")
    adult(one, email="x@example.com")
    adult(other, email="x@example.com")
    one.children[0].school = school
    one.children[0].save()
    scope = Scope(schools=frozenset([school.pk]))

    assert pairs(Alike.PERSON, scope) == pairs(Alike.HOUSEHOLD, scope) == []
    other.children[0].school = school
    other.children[0].save()
    assert len(pairs(Alike.PERSON, scope)) == len(pairs(Alike.HOUSEHOLD, scope)) == 1


def test_pages_follow_each_other_without_gap(rochebelle):
    for number in range(4):
        make_family(f"m{number}@example.com")

    whole = pairs(Alike.HOUSEHOLD)
    first = find_pairs(Alike.HOUSEHOLD, scope=EVERYTHING, most=4)
    last = pairs(Alike.HOUSEHOLD, start=4, most=4)

    assert len(whole) == 6
    assert (len(first.shown), first.is_more) == (4, True)
    assert last == whole[4:]
