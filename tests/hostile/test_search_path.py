"""Whatever becomes of a transaction, each statement runs in the town it was meant for.

The database keeps the town as a setting of the connection, and takes settings back
with what is rolled back: a town forgotten so would be another town's data.
"""

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import (
    DatabaseError,
    ProgrammingError,
    connection,
    connections,
    transaction,
)
from django_tenants.utils import get_public_schema_name

from tenants.models import Town

STEPS = 1_200
POOL = {"min_size": 1, "max_size": 1, "timeout": 10}


class UnwantedError(Exception):
    """What makes a block give up what it did."""


class Walker:
    """One thread's connection, led from town to town by chance."""

    def __init__(self, towns: list[Town], chance: random.Random, **pool: Any) -> None:
        about = copy.deepcopy(connection.settings_dict)
        about["OPTIONS"] |= {"pool": pool} if pool else {}
        about["CONN_MAX_AGE"] = 0 if pool else None
        self.line: Any = type(connections["default"])(about, "hostile")
        self.towns = towns
        self.chance = chance
        self.seen: list[tuple[str, str, str]] = []

    def look(self, doing: str) -> None:
        """Note where the connection is, and where it should be."""
        with self.line.cursor() as cursor:
            cursor.execute("SHOW search_path")
            path = cursor.fetchone()[0]
        first = path.split(",")[0].strip().strip('"')
        self.seen.append((doing, self.line.schema_name, first))

    def enter(self) -> None:
        """Go to a town, or out of all."""
        where = self.chance.choice([*self.towns, None])
        if where is None:
            self.line.set_schema_to_public()
        else:
            self.line.set_tenant(where)

    def block(self, *acts: Callable[[], None], fail: bool) -> None:
        """Run acts in one transaction, or in a savepoint of the one there is."""
        try:
            with transaction.atomic(using="hostile"):
                for act in acts:
                    act()
                if fail:
                    raise UnwantedError  # noqa: TRY301 - what is tested.
        except UnwantedError:
            pass

    def err(self) -> None:
        """Send a statement that the database refuses, inside a block of its own."""
        try:
            with transaction.atomic(using="hostile"), self.line.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        except DatabaseError:
            pass

    def lose(self) -> None:
        """Have the server cut the line, as it does when it starts again."""
        cut = "SELECT pg_terminate_backend(pg_backend_pid())"
        with pytest.raises(DatabaseError), self.line.cursor() as cursor:
            cursor.execute(cut)
        # What Django does at the end of a request that met an error.
        self.line.close_if_unusable_or_obsolete()

    def step(self) -> None:
        """Do one thing by chance, then look where it led."""
        connections["hostile"] = self.line
        doing = self.chance.choice(
            ["nothing", "done", "undone", "nested", "error", "close", "query", "moved"]
        )
        fail = self.chance.random() < 0.5
        if self.chance.random() < 0.5:
            self.enter()
        if doing in {"done", "undone"}:
            self.block(lambda: self.look("inside"), fail=doing == "undone")
        elif doing == "nested":
            inner = [lambda: self.look("savepoint")]
            self.block(
                lambda: self.block(*inner, fail=True),
                lambda: self.look("after a savepoint"),
                self.err,
                lambda: self.look("after an error"),
                fail=fail,
            )
        elif doing == "moved":
            self.block(self.enter, lambda: self.look("moved inside"), fail=fail)
        elif doing == "error":
            self.err()
        elif doing == "close":
            self.line.close()
        elif doing == "query":
            self.look("query")
        self.look(doing)


@pytest.fixture
def towns(committed: None) -> Iterator[list[Town]]:
    """The two towns, and connections that are closed afterwards."""
    yield list(Town.objects.towns().order_by("pk")[:2])
    if "hostile" in connections._connections.__dict__:  # type: ignore[attr-defined] # Asgiref's.
        del connections["hostile"]


@pytest.mark.parametrize("pool", [{}, POOL], ids=["without a pool", "with the pool"])
def test_a_statement_never_runs_in_the_town_before(
    towns: list[Town], pool: dict[str, Any]
) -> None:
    chance = random.Random(20261121)
    walkers = [Walker(towns, chance, **pool) for _each in range(2)]

    try:
        for number in range(STEPS):
            walker = walkers[number % 2]
            walker.step()
            if number % 80 == 79:
                walker.lose()
                walker.look("line lost")
            # One place in the pool: the next thread gets this very line.
            if pool:
                walker.line.close()
    finally:
        for walker in walkers:
            walker.line.close()
        if pool:
            walkers[0].line.close_pool()

    seen = [each for walker in walkers for each in walker.seen]
    assert len(seen) > STEPS
    assert [each for each in seen if each[1] != each[2]] == []
    assert {each[1] for each in seen} == {
        get_public_schema_name(),
        *(town.schema_name for town in towns),
    }


def test_a_town_asked_for_first_inside_a_block_is_not_lost_with_it(
    towns: list[Town],
) -> None:
    """The first statement after entering is where the setting is sent."""
    walker = Walker(towns, random.Random(1))
    connections["hostile"] = walker.line
    walker.line.set_tenant(towns[0])
    walker.look("before")

    walker.line.set_tenant(towns[1])
    walker.block(lambda: walker.look("inside"), fail=True)
    walker.look("after")
    walker.line.close()

    first, second = (town.schema_name for town in towns)
    assert [each[2] for each in walker.seen] == [first, second, second]


def test_a_schema_name_that_is_a_sentence_of_sql_is_refused(towns: list[Town]) -> None:
    walker = Walker(towns, random.Random(1))
    walker.line.set_schema('t"; DROP SCHEMA public CASCADE; --')

    with pytest.raises(ValidationError):
        walker.look("sentence")

    walker.line.close()


def test_a_town_that_is_no_more_has_no_table_to_read(towns: list[Town]) -> None:
    walker = Walker(towns, random.Random(1))
    walker.line.set_schema(f"t_{uuid4().hex[:10]}")

    with pytest.raises(ProgrammingError), walker.line.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM families_household")

    walker.line.close()
