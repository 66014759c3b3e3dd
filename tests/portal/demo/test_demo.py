"""The demo towns open from their files and come to life."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from django_tenants.utils import tenant_context

from billing.models import Invoice
from enrolment.enums import RequestStatus
from enrolment.models import AccessRequest, Booking
from families.models import Household
from foundation.accounts.models import Account
from portal.demo.people import read_people
from portal.demo.town import bring_to_life
from portal.management.commands.load_demo import PEOPLE
from portal.settings.env import ROOT
from tenants.gateways.pack_files import read_pack_file
from tenants.services.opening import checked_pack
from tests.cast import open_from

GUIDE = ROOT / "docs" / "operations" / "opening-a-town.md"
FILES = sorted(PEOPLE.glob("*.yaml"))


def test_every_demo_town_has_people():
    towns = {file.stem for file in (ROOT / "infra" / "demo").glob("*.yaml")}

    assert {file.stem for file in FILES} == towns


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_demo_town_comes_to_life_once(
    committed: None, settings: Any, file: Path
) -> None:
    settings.DEMO_PASSWORD = "demo-2026"
    pack = read_pack_file((ROOT / "infra" / "demo" / file.name).read_bytes())
    pack["town"]["host"] = f"essai-{file.stem}"
    town = open_from(pack)
    people = read_people(file)

    with tenant_context(town), timezone.override(town.time_zone):
        first = bring_to_life(town=town, people=people)
        again = bring_to_life(town=town, people=people)
        asked = set(AccessRequest.objects.values_list("status", flat=True))
        bookings = Booking.objects.seated().count()
        invoices = Invoice.objects.filter(number__isnull=False).count()
        households = Household.objects.count()
        accounts = Account.objects.filter(email__endswith="@famille.example")
        passwords = {each.check_password("demo-2026") for each in accounts}

    assert (first, again) == (True, False)
    assert households == len(people.families)
    assert RequestStatus.ACCEPTED in asked
    assert bookings > 0
    assert bool(invoices) == bool(people.billing)
    assert passwords == {True}


def test_people_are_never_loaded_outside_a_demo(db: None) -> None:
    with pytest.raises(CommandError, match="not a demo"):
        call_command("load_demo")


def test_the_example_of_the_guide_opens_a_town():
    example = GUIDE.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]

    checked_pack(read_pack_file(example.encode()))


def test_the_guide_names_every_section():
    guide = GUIDE.read_text(encoding="utf-8")
    rochebelle = yaml.safe_load((ROOT / "infra/demo/rochebelle.yaml").read_text())

    assert [key for key in rochebelle if f"`{key}`" not in guide] == []
