"""Reads of the file, and where households stand."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.http import Http404

from families.enums import Residence
from families.models import QuotientRecord, ResidenceRecord
from families.queries import (
    child_rank,
    child_ranks,
    children_of,
    get_child,
    household_of,
    quotient_on,
    residence_on,
    standing_on,
    standings_of,
)
from tests.families.builders import TODAY, account_of, make_family, make_person


def test_a_household_is_found_by_its_own_adults_only(rochebelle):
    family = make_family()
    other = make_person("paul@example.com")

    assert household_of(family.account) == family.household
    assert household_of(account_of(other)) is None


def test_another_familys_child_is_as_one_that_does_not_exist(rochebelle):
    ours = make_family("claire@example.com", "Lina")
    theirs = make_family("paul@example.com", "Tom")

    assert get_child(ours.household, ours.children[0].public_id) == ours.children[0]
    for public_id in (theirs.children[0].public_id, uuid4()):
        with pytest.raises(Http404):
            get_child(ours.household, public_id)


def test_ranks_count_from_the_eldest_and_twins_keep_their_order(rochebelle):
    family = make_family("claire@example.com", "Noé", "Lina", "Tom")
    family.children[2].birth_date = family.children[1].birth_date
    family.children[2].save()

    assert list(children_of(family.household)) == family.children
    assert [child_rank(family.household, each) for each in family.children] == [1, 2, 3]


def test_a_strangers_child_has_no_rank(rochebelle):
    ours = make_family("claire@example.com", "Lina")
    theirs = make_family("paul@example.com", "Tom")

    with pytest.raises(KeyError):
        child_rank(ours.household, theirs.children[0])


def test_standings_change_on_their_day(rochebelle):
    household = make_family().household
    ResidenceRecord.objects.create(
        household=household, status=Residence.RESIDENT, from_on=TODAY
    )
    QuotientRecord.objects.create(
        household=household,
        value=Decimal("812.50"),
        from_on=date(2026, 1, 1),
        until_on=TODAY,
    )
    yesterday = TODAY - timedelta(days=1)

    assert residence_on(household, yesterday) is None
    assert residence_on(household, TODAY) == Residence.RESIDENT
    assert quotient_on(household, yesterday) == Decimal("812.50")
    assert quotient_on(household, TODAY) is None
    assert standing_on(household, yesterday).quotient == Decimal("812.50")


@pytest.mark.parametrize("count", [1, 30])
def test_standings_and_ranks_are_read_at_once(
    rochebelle, django_assert_num_queries, count
):
    families = [make_family(f"f{n}@example.com", "Lina", "Noé") for n in range(count)]
    ids = [family.household.pk for family in families]
    days = [TODAY + timedelta(days=n) for n in range(31)]

    with django_assert_num_queries(2):
        standings = standings_of(ids, days)
        found = [standings.on(key, day) for key in ids for day in days]
    with django_assert_num_queries(1):
        ranks = child_ranks(ids)

    assert len(found) == 31 * count
    assert len(ranks) == 2 * count


def test_nothing_is_read_without_a_household_or_a_day(
    rochebelle, django_assert_num_queries
):
    with django_assert_num_queries(0):
        standings_of([], [TODAY])
        standings_of([1], [])
