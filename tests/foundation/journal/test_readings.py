"""Who looked at protected values is written, and stays written."""

import pytest
from django.db import DatabaseError, connection, transaction

from foundation.journal.models import Reading, ReadingSubject
from foundation.journal.services import record_reading
from tenants.models import Town
from tenants.townhall.models import Commune
from tests.families.builders import make_family


def test_a_reading_says_who_and_about_what_record_without_any_name(
    rochebelle: Town,
) -> None:
    family = make_family("claire@example.com", "Lina")
    child = family.children[0]

    record_reading(
        actor=family.account,
        subject=ReadingSubject.HEALTH,
        what="child's file",
        target=child,
    )

    reading = Reading.objects.about("families.child", child.public_id).get()
    assert reading.actor == family.account
    assert (reading.subject, reading.what) == ("health", "child's file")
    values = [str(value) for value in Reading.objects.values_list().get()]
    assert not any("Lina" in value for value in values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_reading SET what = 'x'",
        "DELETE FROM journal_reading",
        "TRUNCATE journal_reading",
    ],
)
def test_readings_cannot_be_changed_nor_removed(
    rochebelle: Town, statement: str
) -> None:
    record_reading(
        actor=None,
        subject=ReadingSubject.BANK,
        what="mandate",
        target=Commune.objects.get(),
    )

    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert Reading.objects.count() == 1
