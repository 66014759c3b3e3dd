"""What is planted is enough to see a leak, and is not where it should not be at rest.

The classes of the fields are those of the register of personal data.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, models
from django_tenants.utils import tenant_context

from foundation.encryption.fields import EncryptedTextField
from foundation.post.models import OutgoingMail
from foundation.privacy.classes import DataClass, Table
from foundation.privacy.registry import model_of, tables
from tests.billing.builders import SWEET_IBAN
from tests.hostile.filling import SECRET, TEXTS
from tests.hostile.owned import has_public_id, is_personal, our_models
from tests.hostile.world import OWNERS, World

TOLD = {DataClass.IDENTITY, DataClass.CONTACT, DataClass.HEALTH, DataClass.BANK}
# Texts of families that hold no word of theirs.
SHORT = {
    "accounts.account.user_name": "empty where the address is the name",
    "billing.mandate.iban": "a real one: SWEET_IBAN, sought by itself",
    "billing.mandate.iban_masked": "its last digits",
    "billing.mandate.reference": "drawn by the platform",
    "families.child.person_code": "drawn by the platform",
    "families.filerequest.country": "two letters",
    "families.household.country": "two letters",
    "families.household.file_number": "drawn by the platform",
    "families.household.postal_code": "of the town",
    "families.person.person_code": "drawn by the platform",
    "families.searchentry.sort_name": "derived: the names without accents",
    "families.signuplink.email": "leads to nobody: it holds the town's mark",
    "socialaccount.socialaccount.uid": "drawn by the service people sign in with",
}
# The names of who answers for a shared child are known to the other parent: the
# marks sought are those of the neighbour.


def test_every_kind_of_thing_that_has_an_address_is_planted(world: World) -> None:
    """A model added without a row here fails: nobody would try its pages."""
    names = {
        model._meta.db_table: is_personal(model)
        for model in our_models()
        if has_public_id(model)
    }

    missing = [
        (owner, table)
        for owner in (*OWNERS, "town", "town elsewhere")
        for table, of_people in names.items()
        if of_people is not owner.startswith("town") and not world.ids[owner][table]
    ]

    assert len(names) > 50
    assert missing == []


def test_every_text_that_says_who_somebody_is_holds_a_mark(world: World) -> None:
    with tenant_context(world.here):
        bare = [
            name
            for name, model, field in personal_texts()
            if name not in SHORT and not is_marked(model, field, world.neighbour.mark)
        ]

    assert sorted(bare) == []


def personal_texts() -> Iterator[tuple[str, type[models.Model], Any]]:
    """Yield the free texts about people, by their name in the register."""
    for table in tables():
        model = model_of(table)
        for field in model._meta.local_fields:
            free = isinstance(field, TEXTS) and not field.choices
            if free and is_told(table, field.name):
                yield f"{table.label}.{field.name}", model, field


def is_told(table: Table, name: str) -> bool:
    return table.is_personal and table.classes.get(name) in TOLD


def is_marked(model: type[models.Model], field: Any, mark: str) -> bool:
    rows = model._default_manager.all()
    if isinstance(field, EncryptedTextField):
        return any(mark in (getattr(row, field.attname) or "") for row in rows)
    return rows.filter(**{f"{field.name}__icontains": mark}).exists()


def test_no_table_holds_a_sealed_word_in_clear(world: World) -> None:
    """Journal, readings, cache, jobs, sessions and the rest: as a dump has them."""
    sealed = [SECRET, SECRET.encode().hex(), SWEET_IBAN, SWEET_IBAN.encode().hex()]

    found = [
        (table, word)
        for table in every_table(world.here)
        for word in sealed
        if holds(table, word)
    ]

    assert found == []


def test_no_job_names_anybody(world: World) -> None:
    marks = [world.planted(owner).mark for owner in (*OWNERS, "shared")]

    found = [
        (table, mark)
        for table in every_table(world.here)
        if "procrastinate" in table
        for mark in marks
        if holds(table, mark)
    ]

    assert found == []


def every_table(town: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname IN ('public', %s) ORDER BY 1",
            [town.schema_name],
        )
        return [name for (name,) in cursor.fetchall()]


def holds(table: str, word: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM {table} AS t WHERE t::text ILIKE %s)",
            [f"%{word}%"],
        )
        return bool(cursor.fetchone()[0])


def test_no_private_file_can_be_read_on_the_disk(world: World) -> None:
    files = [
        each for each in Path(settings.PREAU_PRIVATE_ROOT).rglob("*") if each.is_file()
    ]
    marks = [world.planted(owner).mark.encode() for owner in (*OWNERS, "shared")]

    readable = [
        each.name
        for each in files
        if each.read_bytes().startswith(b"%PDF")
        or any(mark in each.read_bytes() for mark in marks)
    ]

    assert len(files) > 20
    assert readable == []


@pytest.mark.parametrize("owner", OWNERS[:3])
def test_a_message_names_the_family_it_goes_to_and_no_other(
    world: World, owner: str
) -> None:
    planted = world.planted(owner)
    others = [world.planted(each).mark for each in OWNERS if each != owner]

    with tenant_context(world.here):
        mails = [
            mail
            for mail in OutgoingMail.objects.all()
            if any(planted.mark.lower() in each.lower() for each in mail.recipients)
        ]

    assert len(mails) > 1
    told = [
        (m.subject, mark)
        for m in mails
        for mark in others
        if mark in f"{m.subject}{m.text}{m.html}"
    ]
    assert told == []
