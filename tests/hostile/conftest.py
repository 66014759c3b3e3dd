"""Two towns planted with marks, and the people who try them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_django
from django.test import Client
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from foundation.town import enter_public
from tenants.gateways.schemas import drop_schema
from tenants.models import Town
from tests.billing.conftest import simulator_url
from tests.enrolment.crowd import open_busy_town
from tests.families.builders import browser
from tests.hostile.addresses import Address
from tests.hostile.planted import (
    Planted,
    administrator_of_town,
    bill,
    clerk_of_town,
    ids_of_town,
    plant,
)

__all__ = ["simulator_url"]

HOME, ELSEWHERE = "rochebelle.localhost", "etangs.localhost"


@dataclass
class World:
    """Two towns: a family, its neighbour, and a family of the other town."""

    here: Town
    elsewhere: Town
    mine: Planted
    neighbour: Planted
    foreign: Planted
    ids: dict[str, dict[str, UUID]]
    people: dict[str, Account]

    def planted(self, owner: str) -> Planted:
        """Return a family by its part: mine, neighbour, foreign."""
        found: Planted = getattr(self, owner)
        return found

    def mine_in(self, address: Address) -> dict[str, UUID]:
        """Return one's own identifiers for an address."""
        return {name: self.ids["mine"][kind] for name, kind in address.ids.items()}

    def browser(self, who: str) -> Client:
        """Return a browser in the first town where somebody is signed in."""
        client = browser(HOME)
        client.raise_request_exception = False
        if who != "visitor":
            with tenant_context(self.here):
                client.force_login(self.people[who])
        return client

    def browser_elsewhere(self, who: str) -> Client:
        """Return a browser in the other town: its parent, clerk or administrator."""
        client = browser(ELSEWHERE)
        client.raise_request_exception = False
        with tenant_context(self.elsewhere):
            client.force_login(self.people[f"{who} elsewhere"])
        return client


@pytest.fixture
def world(rochebelle: Town, etangs: Town, settings: Any, tmp_path: Path) -> World:
    """Plant both towns; the thread is left in public."""
    settings.PREAU_PRIVATE_ROOT = tmp_path
    # No probe leaves the machine: nobody answers there.
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    mine = plant("Zorglubane", postal_code="59223", service="cantine")
    neighbour = plant("Wistaquille", postal_code="59223", service="cantine")
    bill(mine, neighbour)
    town_here = ids_of_town()
    people = {
        "parent": mine.family.account,
        "clerk": clerk_of_town("agent@rochebelle.example"),
        "administrator": administrator_of_town(),
    }
    with tenant_context(etangs):
        foreign = plant("Quoxibrume", postal_code="01990", service="garderie")
        bill(foreign)
        town_elsewhere = ids_of_town()
        people |= {
            "parent elsewhere": foreign.family.account,
            "clerk elsewhere": clerk_of_town("agent@etangs.example"),
            "administrator elsewhere": administrator_of_town(),
        }
    return World(
        rochebelle,
        etangs,
        mine,
        neighbour,
        foreign,
        {
            "mine": mine.ids | town_here,
            "neighbour": neighbour.ids | town_here,
            "foreign": foreign.ids | town_elsewhere,
        },
        people,
    )


@pytest.fixture(scope="module")
def busy_town(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Town]:
    """A town with committed data, shared by the tests of a module."""
    with django_db_blocker.unblock():
        town = open_busy_town()
        enter_public()
        yield town
        drop_schema(town.schema_name)
        Town.objects.filter(pk=town.pk).delete()


@pytest.fixture
def crowded(busy_town: Town, committed: None, settings: Any, tmp_path: Path) -> Town:
    """The same, for one test, whose connections write for good; not entered."""
    settings.PREAU_PRIVATE_ROOT = tmp_path
    return busy_town
