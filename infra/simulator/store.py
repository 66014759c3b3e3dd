"""Everything the simulator remembers: one SQLite file, or memory when none is given.

A request is one transaction: either all it did is kept, or nothing. Records keep,
beside the body Stripe would show, private facts that never leave the program.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]

TABLES = """
create table if not exists account (
    id text primary key, connected integer not null, profile text not null
);
create table if not exists object (
    seq integer primary key autoincrement, id text unique not null,
    account text not null, kind text not null, due_at integer,
    body text not null, private text not null
);
create index if not exists object_by_kind on object (account, kind, seq);
create index if not exists object_due on object (due_at) where due_at is not null;
create table if not exists answer (
    account text not null, key text not null, asked text not null,
    status integer not null, body text not null, primary key (account, key)
);
create table if not exists delivery (
    id text primary key, event text not null, url text not null,
    secret text not null, state text not null, attempts text not null,
    next_at real not null
);
create table if not exists fact (name text primary key, value text not null);
"""


@dataclass
class Record:
    """One Stripe object of one account; `due_at` is when time will change it."""

    account: str
    body: Json
    private: Json = field(default_factory=dict)
    due_at: int | None = None

    @property
    def id(self) -> str:
        return str(self.body["id"])

    @property
    def kind(self) -> str:
        return str(self.body["object"])


class Store:
    """Records by account and kind. Use every method inside `transaction()`."""

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.RLock()
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self.sql = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False
        )
        if path is not None:
            self.sql.execute("pragma journal_mode = wal")
        self.sql.executescript(TABLES)

    def close(self) -> None:
        with self._lock:
            self.sql.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the store alone; keep the changes, or none of them on an error."""
        with self._lock:
            if self.sql.in_transaction:
                yield
                return
            self.sql.execute("begin immediate")
            try:
                yield
            except BaseException:
                self.sql.execute("rollback")
                raise
            self.sql.execute("commit")

    def save(self, record: Record) -> None:
        self.sql.execute(
            "insert into object (id, account, kind, due_at, body, private)"
            " values (?, ?, ?, ?, ?, ?) on conflict (id) do update set"
            " due_at = excluded.due_at, body = excluded.body,"
            " private = excluded.private",
            (
                record.id,
                record.account,
                record.kind,
                record.due_at,
                json.dumps(record.body),
                json.dumps(record.private),
            ),
        )

    def find(self, object_id: str) -> Record | None:
        return next(self._records("where id = ?", object_id), None)

    def of_kind(self, account: str, kind: str) -> list[Record]:
        """Return the newest first, as Stripe lists them."""
        where = "where account = ? and kind = ? order by seq desc"
        return list(self._records(where, account, kind))

    def due(self, now: int) -> list[Record]:
        return list(self._records("where due_at <= ? order by due_at, seq", now))

    def _records(self, where: str, *values: Any) -> Iterator[Record]:
        rows = self.sql.execute(
            f"select account, body, private, due_at from object {where}",  # noqa: S608 - our own literals
            values,
        )
        for account, body, private, due_at in rows.fetchall():
            yield Record(account, json.loads(body), json.loads(private), due_at)

    def fact(self, name: str, default: Any = None) -> Any:
        row = self.sql.execute(
            "select value from fact where name = ?", (name,)
        ).fetchone()
        return default if row is None else json.loads(row[0])

    def remember(self, name: str, value: Any) -> None:
        self.sql.execute(
            "insert or replace into fact values (?, ?)", (name, json.dumps(value))
        )
