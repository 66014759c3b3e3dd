"""Suspending a town and opening it again."""

import pytest

from foundation.journal.models import Entry
from tenants.enums import TownState
from tenants.models import Town
from tenants.services.lifecycle import (
    ReasonMissingError,
    WrongStateError,
    reopen_town,
    suspend_town,
)
from tenants.services.operators import create_operator


@pytest.fixture
def operator(db):
    return create_operator(email="operator@preau.example")


@pytest.fixture
def town(db: None) -> Town:
    found: Town = Town.objects.get(name="Rochebelle")
    return found


def test_suspending_keeps_who_and_why(operator, town):
    suspend_town(town=town, actor=operator, reason=" Unpaid. ")

    entry = Entry.objects.filter(record=town.public_id).latest("id")
    assert Town.objects.get(pk=town.pk).state == TownState.SUSPENDED
    assert (entry.actor, entry.reason) == (operator, "Unpaid.")
    assert (entry.old, entry.new) == ({"state": "open"}, {"state": "suspended"})


def test_suspending_without_a_reason_is_refused(operator, town):
    with pytest.raises(ReasonMissingError):
        suspend_town(town=town, actor=operator, reason="  ")

    assert Town.objects.get(pk=town.pk).state == TownState.OPEN


def test_a_town_is_suspended_once(operator, town):
    suspend_town(town=town, actor=operator, reason="Unpaid.")

    with pytest.raises(WrongStateError):
        suspend_town(town=town, actor=operator, reason="Again.")


def test_an_open_town_is_not_opened_again(operator, town):
    with pytest.raises(WrongStateError):
        reopen_town(town=town, actor=operator)


def test_the_platform_itself_is_never_suspended(operator):
    platform = Town.objects.get(schema_name="public")

    with pytest.raises(WrongStateError):
        suspend_town(town=platform, actor=operator, reason="No.")


def test_an_operator_is_created_once(operator):
    again = create_operator(email=" Operator@Preau.example ")

    assert again == operator
    assert again.is_staff
    assert not again.is_superuser
    assert not again.has_usable_password()
