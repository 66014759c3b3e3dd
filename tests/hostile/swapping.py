"""Every form of every page, sent with what is not one's own in one of its fields."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from tests.hostile.addresses import Address, addresses
from tests.hostile.asking import FAILURE, ask, gist, warm
from tests.hostile.forms import IDENTIFIER, Fields, Form, forms_of
from tests.hostile.owned import Row, is_personal, our_models, rows_of
from tests.hostile.probing import ROLES, WRITES, Role
from tests.hostile.reading import read
from tests.hostile.world import OWNERS, World

NO_ROW = "2147483646"
MALFORMED = "1' OR '1'='1"
_BY_NUMBER = re.compile(rf'"(\w+)"\."id" (?:= |IN \([^)]*){NO_ROW}')


@dataclass
class Swaps:
    """What was tried, and what was wrong with the answers."""

    world: World
    tried: int = 0
    forms: set[tuple[str, str]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    _rows: dict[str, dict[str, list[int]]] = field(default_factory=dict)

    def run(self, *names: str, routes: tuple[str, ...] = ()) -> None:
        """Send the forms of all our pages, as somebody."""
        # What everybody has before anything is sent.
        self._sums  # noqa: B018 - kept from now on.
        for role in (each for each in ROLES if each.name in names):
            client = warm(self.world.browser(role.name))
            seen: set[tuple[str, str, str]] = set()
            for address in addresses():
                if address.is_ours and (not routes or address.route in routes):
                    self._page(role, client, address, seen)

    def _page(
        self, role: Role, client: Client, address: Address, seen: set[Any]
    ) -> None:
        """Send each form of a page, each kind of it once."""
        path = address.path(self.world.mine_in(address) if role.own != "town" else {})
        page = ask(client, "GET", path)
        kind = page.headers.get("Content-Type", "")
        if page.status_code != 200 or not kind.startswith("text/html"):
            return
        for form in forms_of(page.said, path):
            for name in form.named:
                key = (IDENTIFIER.sub("~", form.path), form.method, name)
                if key not in seen and "logout" not in form.path:
                    seen.add(key)
                    self.forms.add((address.route, name))
                    self._swap(role, client, form, name)

    def _swap(self, role: Role, client: Client, form: Form, name: str) -> None:
        """Send one field with an absent value, a malformed one, then others'."""
        is_number = not IDENTIFIER.fullmatch(form.named[name])
        absent = NO_ROW if is_number else str(uuid4())
        with CaptureQueriesContext(connection) as queries:
            like = self._send(role, client, form, name, absent, "nothing")
        self._send(role, client, form, name, MALFORMED, "malformed")
        table = ""
        if is_number:
            found = [_BY_NUMBER.search(each["sql"]) for each in queries]
            table = next((each[1] for each in found if each), "")
        for whose, value in self._foreign(role, form.named[name], table):
            answer = self._send(role, client, form, name, value, whose)
            if _without(answer, value) != _without(like, absent):
                told = f"answers {answer.status_code}, nothing: {like.status_code}"
                self._note(role, form, name, whose, told)

    def _send(
        self, role: Role, client: Client, form: Form, name: str, value: str, whose: str
    ) -> Any:
        written: set[str] = set()
        changed: list[str] = []

        def watch(execute: Any, sql: Any, *rest: Any) -> Any:
            result = execute(sql, *rest)
            written.update(WRITES.findall(str(sql)))
            return result

        def look() -> None:
            changed.extend(self._changed(role, written))

        sent: Fields = form.sent(name, value)
        method = "POST" if form.method == "POST" else "GET"
        data, path = (sent, form.path) if method == "POST" else (None, form.path)
        if method == "GET":
            path += "?" + "&".join(f"{n}={v}" for n, vs in sent.items() for v in vs)
        with connection.execute_wrapper(watch):
            answer = ask(client, method, path, data, look)
        self.tried += 1
        if answer.status_code >= FAILURE:
            self._note(role, form, name, whose, f"fails: {answer.status_code}")
        said = read(answer)
        for owner in role.blind_to:
            if self.world.planted(owner).mark.encode() in said:
                self._note(role, form, name, whose, f"shows {owner}")
        for each in changed:
            self._note(role, form, name, whose, f"changes {each}")
        return answer

    def _note(self, role: Role, form: Form, name: str, whose: str, told: str) -> None:
        path = IDENTIFIER.sub("~", form.path)
        self.wrong.append(f"{role.name}: {path} {name} of {whose}: {told}")

    def _foreign(self, role: Role, known: str, table: str) -> Iterator[tuple[str, str]]:
        """Yield values like this one that are somebody else's."""
        for whose in role.others:
            if table:
                numbers = self._numbers(whose).get(table, [])
                yield from ((whose, str(each)) for each in numbers[:1])
            elif IDENTIFIER.fullmatch(known):
                of = self._table_of.get(UUID(known), "")
                yield from (
                    (whose, str(each)) for each in self.world.ids[whose].get(of, [])[:1]
                )

    @cached_property
    def _table_of(self) -> dict[UUID, str]:
        return {
            each: table
            for ids in self.world.ids.values()
            for table, rows in ids.items()
            for each in rows
        }

    def _numbers(self, whose: str) -> dict[str, list[int]]:
        """Return the numbers of the rows of another family of the same town."""
        if whose not in {"mine", "neighbour", "separated"}:
            return {}
        if whose in self._rows:
            return self._rows[whose]
        family = self.world.planted(whose).family
        with tenant_context(self.world.here):
            self._rows[whose] = {
                model._meta.db_table: list(
                    rows_of(model, family).values_list("pk", flat=True)[:1]
                )
                for model in our_models()
                if is_personal(model)
            }
        return self._rows[whose]

    def _changed(self, role: Role, written: set[str]) -> list[str]:
        """Return whose rows are other than before, among the tables written."""
        return [
            f"{model._meta.label} of {owner}"
            for (owner, model), before in self._sums.items()
            if model._meta.db_table in written
            and owner in role.blind_to
            and self._sum(owner, model) != before
        ]

    @cached_property
    def _sums(self) -> dict[tuple[str, type[Row]], str]:
        return {
            (owner, model): self._sum(owner, model)
            for owner in OWNERS
            for model in our_models()
            if is_personal(model)
        }

    def _sum(self, owner: str, model: type[Row]) -> str:
        """Return a digest of what a family has in a table."""
        town = self.world.elsewhere if owner == "foreign" else self.world.here
        family = self.world.planted(owner).family
        with tenant_context(town), connection.cursor() as cursor:
            rows = list(rows_of(model, family).order_by().values_list("pk", flat=True))
            meta = model._meta
            cursor.execute(
                "SELECT md5(string_agg(t::text, '|' ORDER BY t::text))"
                f' FROM "{meta.db_table}" t WHERE "{meta.pk.column}" = ANY(%s)',
                [rows],
            )
            return str(cursor.fetchone()[0])


def _without(answer: Any, value: str) -> tuple[int, str, str]:
    """Return what an answer amounts to, but for the value that was sent."""
    status, where, text = gist(answer)
    return status, where.replace(value, "~"), text.replace(value, "~")
