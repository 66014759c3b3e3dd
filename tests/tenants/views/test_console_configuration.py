"""Operators take a town's configuration, and open another town from it."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from foundation.journal.models import Entry
from foundation.town import enter_public
from tenants.gateways.pack_files import read_pack_file
from tenants.models import Town
from tenants.services.operators import create_operator

PLATFORM = {"host": "localhost"}


@pytest.fixture
def console(db: None) -> Client:
    client = Client(headers=PLATFORM)
    client.force_login(create_operator(email=f"{uuid4().hex}@preau.example"))
    return client


def address_of(name):
    return f"/console/towns/{Town.objects.get(name=name).public_id}/configuration/"


def test_the_file_is_handed_over_and_the_platform_remembers(console):
    response = console.post(address_of("Rochebelle"))

    data = read_pack_file(response.content)
    assert data["town"]["name"] == "Rochebelle"
    assert "administrator" not in data
    enter_public()
    entry = Entry.objects.get(action="town configuration exported")
    assert entry.new == {"for_neighbour": False}


def test_a_neighbour_opens_from_the_file_with_three_answers(console):
    content = console.post(address_of("Rochebelle"), {"neighbour": "1"}).content
    host = f"voisine-{uuid4().hex[:6]}"

    response = console.post(
        "/console/open/",
        {
            "form_key": str(uuid4()),
            "name": "La Voisine",
            "host": host,
            "email": "mairie@voisine.example",
            "pack": SimpleUploadedFile("pack.yaml", content),
        },
    )

    assert response.status_code == 302
    enter_public()
    town = Town.objects.get(name="La Voisine")
    assert town.currency == "EUR"
    assert {each["code"] for each in town.opening_pack["services"]} >= {"cantine"}


def test_visitors_take_nothing(db):
    visitor = Client(headers=PLATFORM)

    assert visitor.post(address_of("Rochebelle")).status_code == 302
    assert visitor.get(address_of("Rochebelle")).status_code in {302, 405}
