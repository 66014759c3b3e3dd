"""A page of another household of one's own: who answers for two may switch."""

import pytest

from families.enums import GuardianRole
from families.models import Guardian
from tenants.models import Town
from tests.families.builders import account_of, browser, make_family
from tests.hostile.asking import CHANGING

SWITCH = "Look at another of my households"


@pytest.fixture
def page(rochebelle: Town) -> str:
    """The page of a child in the second household of an adult."""
    first = make_family("claire@example.com", "Lina")
    second = make_family("paul@example.com", "Tom")
    Guardian.objects.create(
        person=first.person,
        household=second.household,
        role=GuardianRole.CO_RESPONSIBLE,
    )
    make_family("alone@example.com")
    return f"/my/children/{second.children[0].public_id}/"


def test_a_page_of_ones_other_household_is_one_choice_away(
    rochebelle: Town, page: str
) -> None:
    place = Guardian.objects.get(role=GuardianRole.CO_RESPONSIBLE)
    household = place.household.public_id
    client = browser()
    client.force_login(account_of(place.person))

    missed = client.get(page)
    switched = client.post(f"/my/households/?next={page}", {"household": household})
    found = client.get(switched["Location"])

    assert missed.status_code == 404
    assert f"/my/households/?next={page}" in missed.text
    assert switched["Location"] == page
    assert "Tom" in found.text


def test_a_page_of_nobody_gets_the_same_answer(rochebelle: Town, page: str) -> None:
    place = Guardian.objects.get(role=GuardianRole.CO_RESPONSIBLE)
    client = browser()
    client.force_login(account_of(place.person))
    absent = "/my/children/00000000-0000-4000-8000-000000000000/"

    answer, own = client.get(absent), client.get(page)

    assert SWITCH in answer.text
    said = CHANGING.sub("~", answer.text.replace(absent, "~"))
    assert said == CHANGING.sub("~", own.text.replace(page, "~"))


def test_who_has_one_household_is_offered_nothing(rochebelle: Town, page: str) -> None:
    alone = Guardian.objects.get(person__account__email="alone@example.com")
    client = browser()
    client.force_login(account_of(alone.person))

    answer = client.get(page)

    assert answer.status_code == 404
    assert SWITCH not in answer.text


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example", "/x"])
def test_the_switch_leads_to_pages_of_the_family_space_only(
    next_page: str, rochebelle: Town, page: str
) -> None:
    place = Guardian.objects.get(role=GuardianRole.CO_RESPONSIBLE)
    client = browser()
    client.force_login(account_of(place.person))
    asked = {"household": place.household.public_id}

    answer = client.post(f"/my/households/?next={next_page}", asked)

    assert answer["Location"] == "/my/"
