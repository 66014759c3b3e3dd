"""Every address, as everybody, with what is one's own, another's, or nothing.

What was answered is kept as facts about each probe; tests say which are wrong.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client

from tests.hostile.addresses import Address, addresses
from tests.hostile.asking import ask, gist, warm
from tests.hostile.reading import logs_kept, read
from tests.hostile.world import World

METHODS = ("GET", "POST")
EVERY_METHOD = (*METHODS, "PUT", "PATCH", "DELETE")
WRITES = re.compile(r'\b(?:INSERT INTO|UPDATE|DELETE FROM) "?([\w.]+)"?')
# As many things of somebody as are put in one place.
ENOUGH = 1


@dataclass(frozen=True)
class Role:
    """Somebody at the door: whose things are theirs, whose are not."""

    name: str
    own: str = ""
    others: tuple[str, ...] = ()
    # Whose marks must never show.
    blind_to: tuple[str, ...] = ()
    staff: bool = False
    outside: bool = False


FAMILIES = ("mine", "shared", "separated", "neighbour", "foreign")
ROLES = (
    Role("visitor", others=("mine",), blind_to=FAMILIES, outside=True),
    Role(
        "parent",
        own="mine",
        others=("neighbour", "separated", "foreign"),
        blind_to=("neighbour", "separated", "foreign"),
    ),
    Role(
        "neighbour",
        own="neighbour",
        others=("mine", "shared", "foreign"),
        blind_to=("mine", "shared", "separated", "foreign"),
    ),
    Role(
        "separated",
        own="separated",
        others=("mine", "neighbour", "foreign"),
        blind_to=("mine", "neighbour", "foreign"),
    ),
    Role(
        "clerk of sports",
        own="town",
        others=("mine", "shared", "foreign", "town elsewhere"),
        blind_to=FAMILIES,
        staff=True,
    ),
    Role(
        "clerk of a school",
        own="town",
        others=("mine", "shared", "neighbour", "foreign", "town elsewhere"),
        blind_to=FAMILIES,
        staff=True,
    ),
    Role(
        "clerk",
        own="mine",
        others=("foreign", "town elsewhere"),
        blind_to=("foreign",),
        staff=True,
    ),
    Role(
        "administrator",
        own="mine",
        others=("foreign", "town elsewhere"),
        blind_to=("foreign",),
        staff=True,
    ),
    Role("administrator elsewhere", others=("mine",), blind_to=FAMILIES, outside=True),
    Role("operator", others=("mine",), blind_to=FAMILIES, outside=True),
)


@dataclass(frozen=True)
class Fact:
    """What one probe was answered."""

    role: Role
    address: Address
    method: str
    whose: str
    status: int
    location: str = ""
    # Whether it differs from the answer to an identifier of nothing, and how.
    differs: str = ""
    shown: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = f"{self.role.name}: {self.method} {self.address.route} of {self.whose}"
        seen = f", shows {'/'.join(self.shown)}" if self.shown else ""
        return f"{told}: {self.status} {self.location}{seen} {self.differs}".rstrip()


@dataclass
class Probe:
    """The facts of one run over a world."""

    world: World
    facts: list[Fact] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)

    def run(self, *routes: str, only: Collection[str] = ()) -> None:
        """Try every address as everybody, or those of some routes as some roles."""
        everything = addresses()
        with logs_kept() as lines:
            for role in ROLES:
                if only and role.name not in only:
                    continue
                client = self._browser(role)
                for address in everything:
                    wanted = not routes or address.route in routes
                    if wanted and "logout" not in address.route:
                        self._try(role, client, address)
        self.logged += lines

    def _browser(self, role: Role) -> Client:
        if role.name in {"operator", "administrator elsewhere"}:
            client = self.world.replayed(role.name.removesuffix(" elsewhere"))
        else:
            client = self.world.browser(role.name)
        return warm(client)

    def _try(self, role: Role, client: Client, address: Address) -> None:
        for method in methods(address, role):
            if not address.names:
                self._ask(role, client, address, method, "nobody", {})
                continue
            if role.own and role.own != "town":
                self._ask(
                    role, client, address, method, "own", self._own(role, address)
                )
            self._compare(role, client, address, method)

    def _own(self, role: Role, address: Address) -> Mapping[str, UUID]:
        return _filled(self.world.places(address), self.world.open_to(role.own))

    def _compare(
        self, role: Role, client: Client, address: Address, method: str
    ) -> None:
        nothing: dict[frozenset[str], tuple[Any, set[str]]] = {}
        for whose, given, strange in self._mixtures(role, address):
            if strange not in nothing:
                absent = {n: uuid4() if n in strange else v for n, v in given.items()}
                nothing[strange] = _asked(client, method, address.path(absent))
                self._keep(role, address, method, "nothing", nothing[strange][0])
            answer, written = _asked(client, method, address.path(given))
            like, written_for_nothing = nothing[strange]
            differs = []
            if gist(answer) != gist(like):
                differs.append(f"nothing answers {like.status_code}")
            if written - written_for_nothing:
                differs.append(f"writes {sorted(written - written_for_nothing)}")
            self._keep(role, address, method, whose, answer, "; ".join(differs))

    def _mixtures(
        self, role: Role, address: Address
    ) -> Iterator[tuple[str, dict[str, UUID], frozenset[str]]]:
        """Yield identifiers of others: all of them, and one among one's own."""
        places = self.world.places(address)
        own = self.world.open_to(role.own) if role.own else {}
        base = _filled(places, own) if role.own and role.own != "town" else {}
        for whose in role.others:
            theirs = self.world.ids[whose]
            for row in range(ENOUGH):
                foreign = {
                    name: theirs[place.table][(place.row + row)]
                    for name, place in places.items()
                    if len(theirs.get(place.table, ())) > place.row + row
                }
                if not foreign:
                    continue
                full = {name: uuid4() for name in places} | base | foreign
                yield whose, full, frozenset(foreign)
                if base and len(places) > 1:
                    for name, value in foreign.items():
                        yield whose, {**base, name: value}, frozenset({name})

    def _ask(
        self,
        role: Role,
        client: Client,
        address: Address,
        method: str,
        whose: str,
        ids: Mapping[str, UUID],
    ) -> None:
        self._keep(role, address, method, whose, ask(client, method, address.path(ids)))

    def _keep(
        self,
        role: Role,
        address: Address,
        method: str,
        whose: str,
        answer: Any,
        differs: str = "",
    ) -> None:
        seen = read(answer)
        shown = tuple(
            owner
            for owner in role.blind_to
            if self.world.planted(owner).mark.encode() in seen
        )
        place = answer.headers.get("Location", "")
        self.facts.append(
            Fact(
                role, address, method, whose, answer.status_code, place, differs, shown
            )
        )


def methods(address: Address, role: Role) -> tuple[str, ...]:
    """Try each method, where it may lead somewhere."""
    if address.route.startswith("api/"):
        return EVERY_METHOD
    return METHODS if address.is_ours else ("GET",)


def _filled(
    places: Mapping[str, Any], ids: Mapping[str, list[UUID]]
) -> dict[str, UUID]:
    return {
        name: ids[place.table][min(place.row, len(ids[place.table]) - 1)]
        for name, place in places.items()
        if ids.get(place.table)
    }


def _asked(client: Client, method: str, path: str) -> tuple[Any, set[str]]:
    """Return an answer, and the tables written for it, whatever is taken back."""
    written: set[str] = set()

    def watch(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if context["cursor"].rowcount:
            written.update(WRITES.findall(str(sql)))
        return result

    with connection.execute_wrapper(watch):
        return ask(client, method, path), written


def told(facts: Iterable[Fact]) -> list[str]:
    """Return facts as sentences, each once."""
    return sorted({str(fact) for fact in facts})
