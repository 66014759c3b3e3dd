"""What each identifier of an address names, learnt from the rows the page looks for.

Nothing is listed by hand: the page is asked with an identifier of nothing, and the
table it searches is read from its queries. The next identifier is learnt once this
one is of something that exists.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.hostile.addresses import Address

OPENS = frozenset({200, 302})
# As many rows of one table as are tried in one place.
ENOUGH = 6
_ALIAS = re.compile(r'(?:FROM|JOIN) "(\w+)" "?([A-Z]\d+)"?')

Ids = Mapping[str, Sequence[UUID]]
Ask = Callable[[str, str], Any]


class Place(NamedTuple):
    """One identifier of an address: the table it is of, and which of its rows."""

    table: str
    row: int


@cache
def tables() -> frozenset[str]:
    """Return the tables whose rows have a public identifier."""
    return frozenset(
        model._meta.db_table
        for model in apps.get_models()
        if any(each.name == "public_id" for each in model._meta.concrete_fields)
    )


class Learner:
    """Learns addresses one after the other, the later from the earlier."""

    def __init__(self) -> None:
        self.learnt: dict[str, dict[str, Place]] = {}
        self._starts: dict[str, str] = {}

    def learn(self, address: Address, ids: Ids, ask: Ask) -> dict[str, Place]:
        """Return what each identifier of an address names, with rows that open it.

        `ids` are those of somebody who may open it, by table.
        """
        if address.route not in self.learnt:
            found: dict[str, str] = {}
            # A page may look for its last identifier first: twice is enough.
            for name in [*address.names, *address.names]:
                table = found.get(name) or self._sought(address, name, found, ids, ask)
                if table:
                    found[name] = table
            for name in address.names:
                found[name] = found.get(name) or _taken(address, name, found, ids, ask)
                self._starts[_start(address, name)] = found[name]
            self.learnt[address.route] = _that_opens(address, found, ids, ask)
        return self.learnt[address.route]

    def _sought(
        self, address: Address, name: str, known: Mapping[str, str], ids: Ids, ask: Ask
    ) -> str:
        # A page may also read and compare by itself, under an address we know.
        start = _start(address, name)
        return _sought(address, name, known, ids, ask) or self._starts.get(start, "")


def _start(address: Address, name: str) -> str:
    return address.route.partition(f":{name}>")[0] + name


def _sought(
    address: Address, name: str, known: Mapping[str, str], ids: Ids, ask: Ask
) -> str:
    """Return the table where a page looks for an identifier."""
    for chosen in _rows(known, ids):
        for method in ("GET", "POST"):
            nothing = uuid4()
            given = {each: ids[place.table][place.row] for each, place in chosen}
            with CaptureQueriesContext(connection) as queries:
                ask(method, address.path({**given, name: nothing}))
            for query in queries.captured_queries:
                table = _table(query["sql"], nothing.hex)
                if table:
                    return table
    return ""


def _taken(
    address: Address, name: str, known: Mapping[str, str], ids: Ids, ask: Ask
) -> str:
    """Return the table whose row a page takes, having read it before it compares."""
    for table in _likely(name, ids):
        for chosen in _rows(known, ids):
            given = {each: ids[place.table][place.row] for each, place in chosen}
            for method, row in product(("GET", "POST"), ids[table][:ENOUGH]):
                path = address.path({**given, name: row})
                if ask(method, path).status_code in OPENS:
                    return table
    raise LookupError(f"{address.route}: nothing is sought for {name}")


def _likely(name: str, ids: Ids) -> list[str]:
    """Return the tables that have rows, those called like the argument first."""
    word = name.removesuffix("_id")
    return sorted((each for each in ids if ids[each]), key=lambda t: (word not in t, t))


def _rows(
    known: Mapping[str, str], ids: Ids
) -> Iterator[tuple[tuple[str, Place], ...]]:
    choices = [
        [(name, Place(table, row)) for row in range(min(ENOUGH, len(ids[table])))]
        for name, table in known.items()
    ]
    yield from product(*choices)


def _table(sql: str, sought: str) -> str:
    """Return the table whose public identifier a query compares with this one."""
    aliases = {alias: table for table, alias in _ALIAS.findall(sql)}
    for name in re.findall(rf'"?(\w+)"?\."public_id" (?:= |IN \([^)]*)\'{sought}', sql):
        table = str(aliases.get(name, name))
        if table in tables():
            return table
    return ""


def _that_opens(
    address: Address, found: Mapping[str, str], ids: Ids, ask: Ask
) -> dict[str, Place]:
    """Return the rows that go together, as the document of that very request."""
    first: dict[str, Place] = {}
    for chosen in _rows(found, ids):
        first = first or dict(chosen)
        given = {name: ids[place.table][place.row] for name, place in chosen}
        for method in ("GET", "POST"):
            if ask(method, address.path(given)).status_code in OPENS:
                return dict(chosen)
    return first
