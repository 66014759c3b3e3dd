"""The copy of somebody's data: complete, their own, and nothing that opens a door."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest

from families.enums.privacy import CopyState
from families.models import DataCopy
from families.services.privacy.copies import (
    CopyBeingMadeError,
    ask_copy,
    make_copy,
    remove_old_copies,
)
from foundation.privacy.classes import PLUMBING
from foundation.privacy.registry import tables
from tests.families.builders import NOW, Family, make_family
from tests.families.sharing_builders import separated


def copy_of(family: Family) -> zipfile.ZipFile:
    copy = ask_copy(person=family.person, actor=family.account, now=NOW)
    make_copy(copy_id=copy.pk, now=NOW)
    copy.refresh_from_db()
    with copy.file.open("rb") as kept:
        return zipfile.ZipFile(io.BytesIO(kept.read()))


def everything(archive: zipfile.ZipFile) -> str:
    return "\n".join(
        archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
    )


def test_every_personal_table_has_its_place_and_rows_have_every_field(rochebelle):
    family = make_family("canary@example.com", "Zoé")

    archive = copy_of(family)

    found: dict[str, Any] = {}
    for name in archive.namelist():
        if name.endswith(".json"):
            found |= json.loads(archive.read(name))["tables"]
    for table in (each for each in tables() if each.is_personal):
        assert table.label in found
        wanted = {name for name, each in table.classes.items() if each.is_personal}
        for row in found[table.label]:
            assert wanted <= set(row), table.label
            assert set(row) <= set(table.classes) | PLUMBING
    assert found["families.person"][0]["first_name"] == "Claire"
    assert found["families.child"][0]["first_name"] == "Zoé"
    assert found["accounts.account"][0]["password"] == "kept, not shown"


def test_no_secret_and_nobody_else_is_in_it(rochebelle):
    family = make_family("canary@example.com", "Zoé")
    other = make_family("stranger@example.com", "Inconnu")

    text = everything(copy_of(family))

    assert family.account.password not in text
    assert "stranger@example.com" not in text
    assert other.household.file_number not in text
    assert "canary@example.com" in text


def test_a_separated_parent_gets_the_child_and_nothing_of_the_other_household(
    rochebelle,
):
    first, second = separated("Zoé")
    first.household.street = "12 rue du Canari"
    first.household.save()

    text = everything(copy_of(second))

    assert "Zoé" in text
    assert "rue du Canari" not in text
    assert first.household.file_number not in text
    assert first.account.email not in text


def test_one_copy_is_made_at_a_time(rochebelle):
    family = make_family()
    ask_copy(person=family.person, actor=family.account, now=NOW)

    with pytest.raises(CopyBeingMadeError):
        ask_copy(person=family.person, actor=family.account, now=NOW)


def test_a_copy_is_removed_after_a_week(rochebelle, django_capture_on_commit_callbacks):
    family = make_family()
    copy_of(family)
    copy = DataCopy.objects.get()
    name, storage = copy.file.name, copy.file.storage

    with django_capture_on_commit_callbacks(execute=True):
        removed = remove_old_copies(now=NOW + timedelta(days=7))

    copy.refresh_from_db()
    assert (removed, copy.state) == (1, CopyState.REMOVED)
    assert not storage.exists(str(name))


def test_the_copy_takes_one_query_for_each_table(
    rochebelle, django_assert_max_num_queries
):
    family = make_family("canary@example.com", *(f"Enfant{n}" for n in range(8)))
    personal = [each for each in tables() if each.is_personal]

    with django_assert_max_num_queries(len(personal) + 25):
        copy_of(family)
