"""`manage.py open_town`, the way an operator opens any town."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
import yaml
from django.core import mail
from django.core.management import call_command
from django.test import Client

from tenants.enums import TownState
from tenants.models import Domain, Town
from tests.cast import pack_of


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack of a town nobody opened yet, as a file."""
    name = f"ville-{uuid4().hex[:8]}"
    data = pack_of("rochebelle")
    data["town"] |= {"name": name.title(), "host": name}
    data["administrator"]["email"] = f"mairie@{name}.example"
    return write(tmp_path, data)


def write(folder: Path, data: object) -> Path:
    file = folder / "town.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return file


def test_a_town_opens_from_its_file_and_its_administrator_gets_in(
    committed, pack, capsys
):
    call_command("open_town", str(pack))

    said = capsys.readouterr().out
    town = Town.objects.get(name=yaml.safe_load(pack.read_text())["town"]["name"])
    host = Domain.objects.get(tenant=town).domain
    link = said.split()[-1]
    client = Client(headers={"host": host})
    answer = client.get(link.partition(host)[2], follow=True)
    assert f"{town.name} is open: http://{host}/" in said
    assert (town.state, town.opening_pack) == (TownState.OPEN, {})
    assert answer.status_code == 200
    assert 'name="password1"' in answer.content.decode()
    (letter,) = mail.outbox
    assert letter.to == [f"mairie@{host.partition('.')[0]}.example"]
    assert f"http://{host}/accounts/password/reset/key/" in letter.body


def test_opening_the_same_host_again_is_refused_and_changes_nothing(
    committed, pack, capsys
):
    call_command("open_town", str(pack))
    towns = Town.objects.count()

    with pytest.raises(SystemExit) as stopped:
        call_command("open_town", str(pack))

    assert stopped.value.code == 1
    assert f"{pack}: town.host: " in capsys.readouterr().err
    assert Town.objects.count() == towns


def test_every_problem_has_a_line_with_file_key_and_reason(db, tmp_path, capsys):
    data = pack_of("rochebelle")
    data["services"][0]["activities"][0]["tariff"] = "inconnu"
    data["tariffs"][0]["versions"][0]["rules"]["split"] = {"meal": "90"}
    file = write(tmp_path, data)
    towns = Town.objects.count()

    with pytest.raises(SystemExit):
        call_command("open_town", str(file))

    lines = capsys.readouterr().err.splitlines()
    written = file.read_text().splitlines()
    places = [re.split(r": line |, |: ", line)[:3] for line in lines]
    assert [(said, path) for said, _number, path in places] == [
        (str(file), "tariffs[0].versions[0].rules.split"),
        (str(file), "services[0].activities[0].tariff"),
    ]
    assert "split:" in written[int(places[0][1]) - 1]
    assert written[int(places[1][1]) - 1].strip() == "tariff: inconnu"
    assert all(line.split(": ", 2)[2].strip() for line in lines)
    assert Town.objects.count() == towns


def test_a_file_that_is_not_there_is_said_so(db, tmp_path, capsys):
    with pytest.raises(SystemExit):
        call_command("open_town", str(tmp_path / "nowhere.yaml"))

    assert ": file: " in capsys.readouterr().err


def test_a_file_can_be_checked_without_opening_anything(db, tmp_path, capsys):
    file = write(tmp_path, pack_of("rochebelle"))
    towns = Town.objects.count()

    call_command("open_town", str(file), check=True)

    assert "nothing is wrong" in capsys.readouterr().out
    assert Town.objects.count() == towns
