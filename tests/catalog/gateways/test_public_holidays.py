"""Public holidays of the places that a pack may name."""

from datetime import date

import pytest

from catalog.domain.pack.calendar import PLACES
from catalog.gateways.public_holidays import public_holidays

GOOD_FRIDAY, SAINT_STEPHEN = date(2027, 3, 26), date(2027, 12, 26)


@pytest.mark.parametrize("place", PLACES)
def test_each_place_of_a_pack_is_known(place):
    assert len(public_holidays(place, years=range(2027, 2028), language="fr")) > 7


@pytest.mark.parametrize("place", ["FR-57", "FR-67", "FR-68"])
def test_alsace_and_moselle_have_two_days_more(place):
    found = public_holidays(place, years=range(2027, 2028), language="fr")

    assert {GOOD_FRIDAY, SAINT_STEPHEN} <= set(found)


def test_quebec_has_its_national_day():
    found = public_holidays("CA-QC", years=range(2027, 2028), language="fr")

    assert date(2027, 6, 24) in found
    assert GOOD_FRIDAY in found


def test_nowhere_has_none():
    assert public_holidays("", years=range(2027, 2028), language="fr") == {}
