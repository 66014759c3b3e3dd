"""Faults that only a crowd shows: the tests that send one thing at once see them.

The other faults: test_seeded_faults.py. The healthy code passes the same tests, in
tests/enrolment/test_rush.py and test_messages_at_once.py.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django_tenants.utils import tenant_context
from psycopg import sql

from enrolment.services import taking
from tenants.gateways.schemas import owner_connection
from tenants.models import Town
from tests.enrolment.crowd import open_busy_town
from tests.enrolment.test_rush import (
    test_the_last_place_goes_once_to_fifty_families as fifty_families,
)
from tests.hostile.test_messages_at_once import (
    test_a_message_of_the_provider_delivered_at_once_has_one_effect as one_message,
)

LOCK, COUNTED = "FOR NO KEY UPDATE", "FROM fitting"
FOUND = """
SELECT conname FROM pg_constraint
 WHERE contype = %s AND conrelid = format('%%I.%%I', %s::text, %s::text)::regclass
   AND conname LIKE %s
"""


@pytest.fixture
def town(committed: None) -> Iterator[Town]:
    """A town of its own, entered."""
    opened = open_busy_town()
    with tenant_context(opened):
        yield opened


def slow(monkeypatch: pytest.MonkeyPatch, *, seconds: float) -> None:
    """Let time pass between counting the places and taking one."""
    waits = f"{COUNTED}, pg_sleep({seconds}) AS waited"
    lasting = taking.STATEMENT.replace(COUNTED, waits)
    assert lasting != taking.STATEMENT
    monkeypatch.setattr(taking, "STATEMENT", lasting)


def test_places_are_taken_once_however_slowly(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow(monkeypatch, seconds=0.1)

    fifty_families(town)


def test_places_that_nothing_guards_any_more_are_seen(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither lock nor constraint: each of them is enough for the other."""
    assert LOCK in taking.STATEMENT
    # Nobody waits for anybody: long enough for a busy machine to start them all.
    slow(monkeypatch, seconds=1.5)
    monkeypatch.setattr(taking, "STATEMENT", taking.STATEMENT.replace(LOCK, ""))
    forget(town, "catalog_session", "c", "a_session_is_never_overbooked")

    with pytest.raises(AssertionError):
        fifty_families(town)


def test_messages_of_the_provider_without_a_unique_number_are_seen(
    crowded: Town, simulator_url: str, settings: Any
) -> None:
    forget(crowded, "billing_providerevent", "u", "%event_id%")

    with pytest.raises(AssertionError):
        one_message(crowded, simulator_url, settings)


def forget(town: Town, table: str, kind: str, like: str) -> None:
    """Drop constraints of a town's table, as a careless migration does."""
    where = sql.Identifier(town.schema_name, table)
    with owner_connection() as owner, owner.cursor() as cursor:
        cursor.execute(FOUND, [kind, town.schema_name, table, like])
        names = [name for (name,) in cursor.fetchall()]
        assert names
        for name in map(sql.Identifier, names):
            drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(where, name)
            cursor.execute(drop)
