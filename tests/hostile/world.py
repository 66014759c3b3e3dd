"""Two towns planted with marks, and the people who try them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.test import Client
from django_tenants.utils import tenant_context

from families.models import Child
from foundation.accounts.models import Account
from foundation.town import enter_public
from tenants.models import Town
from tenants.services.operators import create_operator
from tenants.townhall.models import School
from tests.families.builders import browser
from tests.hostile.addresses import Address
from tests.hostile.asking import ask, warm
from tests.hostile.filling import fill, fill_town
from tests.hostile.kinds import Learner, Place
from tests.hostile.owned import ids_of, ids_of_town
from tests.hostile.planted import (
    Planted,
    administrator_of_town,
    bill,
    clerk_of_town,
    clerk_within,
    plant,
    share_with,
)

HOME, ELSEWHERE, PLATFORM = "rochebelle.localhost", "etangs.localhost", "localhost"
# The marks of the towns' own rows, of the shared child, and of the families.
OWNERS = ("mine", "separated", "neighbour", "foreign")
# Learnt once for all tests: families are planted in the same order each time.
LEARNER = Learner()

Ids = dict[str, list[UUID]]


@dataclass
class World:
    """Two towns: a family, two more of the same town, and one of the other town.

    The first family shares its second child with a separated parent.
    """

    here: Town
    elsewhere: Town
    mine: Planted
    separated: Planted
    neighbour: Planted
    foreign: Planted
    shared: Planted
    people: dict[str, Account]
    ids: dict[str, Ids] = field(default_factory=dict)
    learners: dict[str, Client] = field(default_factory=dict)

    def planted(self, owner: str) -> Planted:
        """Return a family by its part: mine, separated, neighbour, foreign."""
        found: Planted = getattr(self, owner)
        return found

    def open_to(self, owner: str) -> Ids:
        """Return what a family reads: its own, the shared child, the town's."""
        parts = [owner]
        if owner in {"mine", "separated"}:
            parts.append("shared")
        parts.append("town elsewhere" if owner == "foreign" else "town")
        tables = self.ids["town"].keys() | self.ids[owner].keys()
        return {
            table: [each for part in parts for each in self.ids[part].get(table, ())]
            for table in tables
        }

    def places(self, address: Address) -> dict[str, Place]:
        """Return what the identifiers of an address name."""
        if address.route in LEARNER.learnt:
            return LEARNER.learnt[address.route]
        who = "administrator" if address.of_staff else "parent"
        if who not in self.learners:
            self.learners[who] = warm(self.browser(who))
        client = self.learners[who]
        return LEARNER.learn(
            address,
            self.open_to("mine"),
            lambda method, path: ask(client, method, path),
        )

    def mine_in(self, address: Address) -> dict[str, UUID]:
        """Return one's own identifiers for an address."""
        own = self.open_to("mine")
        return {
            name: own[place.table][place.row]
            for name, place in self.places(address).items()
        }

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

    def replayed(self, who: str) -> Client:
        """Return a browser in the first town with a session of somewhere else."""
        if who == "operator":
            giver = Client(headers={"host": PLATFORM})
            enter_public()
            giver.force_login(self.people["operator"])
        else:
            giver = self.browser_elsewhere(who)
        client = self.browser("visitor")
        client.cookies["session"] = giver.cookies["session"].value
        return client


def plant_world(here: Town, elsewhere: Town) -> World:
    """Plant both towns, the first being entered; leave the thread in public."""
    mine, separated, neighbour = (
        plant(mark, postal_code="59223", service="cantine")
        for mark in ("Zorglubane", "Hugolinet", "Wistaquille")
    )
    shared = share_with(mine, separated, "Partagelin")
    pupils = [child.pk for child in neighbour.family.children]
    Child.objects.filter(pk__in=pupils).update(
        school=School.objects.get(code="tilleuls"), other_school=""
    )
    bill(mine, separated, neighbour)
    people: dict[str, Any] = {
        "parent": mine.family.account,
        "separated": separated.family.account,
        "neighbour": neighbour.family.account,
        "clerk": clerk_of_town("agent@rochebelle.example"),
        "clerk of sports": clerk_within(
            "sports@rochebelle.example", department="sports"
        ),
        "clerk of a school": clerk_within("ecole@rochebelle.example", school="jaures"),
        "administrator": administrator_of_town(),
    }
    ids: dict[str, Ids] = {}
    for name, planted in (
        ("shared", shared),
        ("mine", mine),
        ("separated", separated),
        ("neighbour", neighbour),
    ):
        fill(planted.mark, planted.family, shared=name == "shared")
        ids[name] = ids_of(planted.family, shared=name == "shared")
    fill_town("Municipalis")
    ids["town"] = ids_of_town()
    with tenant_context(elsewhere):
        foreign = plant("Quoxibrume", postal_code="01990", service="garderie")
        bill(foreign)
        fill(foreign.mark, foreign.family)
        fill_town("Forenica")
        ids |= {"foreign": ids_of(foreign.family), "town elsewhere": ids_of_town()}
        people |= {
            "parent elsewhere": foreign.family.account,
            "clerk elsewhere": clerk_of_town("agent@etangs.example"),
            "administrator elsewhere": administrator_of_town(),
        }
    enter_public()
    people["operator"] = create_operator(email="operator@preau.example")
    return World(
        here, elsewhere, mine, separated, neighbour, foreign, shared, people, ids
    )
