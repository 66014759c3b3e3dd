"""Where what was done for a household is confirmed."""

import pytest

from families.queries import addresses_for
from foundation.accounts.models import Account
from tests.families.builders import make_family

pytestmark = pytest.mark.django_db


def test_an_adult_of_the_household_is_written_to_alone(rochebelle):
    family = make_family("claire@example.com")

    told = addresses_for(family.account, family.household)

    assert told == ["claire@example.com"]


def test_the_family_is_written_to_when_a_clerk_acted(rochebelle):
    family = make_family("claire@example.com")
    clerk = Account.objects.create_user("clerk@example.com")

    told = addresses_for(clerk, family.household)

    assert told == ["claire@example.com"]
