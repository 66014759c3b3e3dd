"""The two database roles: the owner shapes the tables, the application only uses them.

The application cannot alter a table or switch a trigger off, which is what makes the
journal trustworthy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from infra.server_notes import Notes
from infra.shell import StopError, var_directory

OWNER_ROLE = "preau_owner"
APP_ROLE = "preau_app"
OLDEST_SERVER = 150000  # PostgreSQL 15.
MAY_NOT_CREATE_ROLES = (
    f"The role of DATABASE_URL may not set up the role {APP_ROLE}. "
    "Give it CREATEROLE, or make a role that can log in but owns nothing, "
    "and put its address in APP_DATABASE_URL."
)


@dataclass(frozen=True)
class Urls:
    """The addresses of one database, as its owner and as the application."""

    owner: str
    app: str

    def environment(self) -> dict[str, str]:
        """Return the variables that the Django settings read."""
        return {"OWNER_DATABASE_URL": self.owner, "DATABASE_URL": self.app}


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    """Connect or explain. Each statement is its own transaction."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise StopError(f"The database does not answer: {error}") from error


def ensure_role(
    connection: psycopg.Connection[tuple[object, ...]],
    role: str,
    password: str,
    rights: LiteralString = "",
) -> None:
    """Create a role that can log in, or give it its password and rights again."""
    query = "SELECT 1 FROM pg_roles WHERE rolname = %s"
    verb = "ALTER" if connection.execute(query, [role]).fetchone() else "CREATE"
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}").format(
            sql.SQL(verb), sql.Identifier(role), sql.SQL(rights), sql.Literal(password)
        )
    )


def ensure_owned_database(url: str, name: str, owner: str) -> None:
    """Create a database for its owner if it is missing."""
    with connect(url) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [name]).fetchone() is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(name), sql.Identifier(owner)
                )
            )


def adopt(owner_url: str, env: Mapping[str, str]) -> Urls:
    """Use somebody's own PostgreSQL, with the application's role found or made."""
    with connect(owner_url) as connection:
        if connection.info.server_version < OLDEST_SERVER:
            raise StopError("DATABASE_URL must lead to PostgreSQL 15 or newer.")
        app_url = env.get("APP_DATABASE_URL") or _make_app_role(
            connection, owner_url, env
        )
    connect(app_url).close()
    return Urls(owner=owner_url, app=app_url)


def _make_app_role(
    connection: psycopg.Connection[tuple[object, ...]],
    owner_url: str,
    env: Mapping[str, str],
) -> str:
    """Make the application's role on a given server and return its address."""
    rights = connection.execute(
        "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    server = f"{connection.info.host}-{connection.info.port}".replace("/", "_")
    password = Notes(var_directory(env) / f"roles-{server}.json").password(APP_ROLE)
    if not (rights and rights[0]):
        raise StopError(MAY_NOT_CREATE_ROLES)
    try:
        ensure_role(connection, APP_ROLE, password)
    except psycopg.errors.InsufficientPrivilege as error:
        raise StopError(MAY_NOT_CREATE_ROLES) from error
    return with_user(owner_url, APP_ROLE, password)


def with_user(url: str, user: str, password: str) -> str:
    """Return the same address for another role."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    login = f"{quote(user, safe='')}:{quote(password, safe='')}"
    return urlunsplit(parts._replace(netloc=f"{login}@{place}"))
