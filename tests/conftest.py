"""One database per run, copied from one prepared once per release, with two towns.

The copy takes about a second. Tests speak to it as the application does, with the
role that may change rows only; structures are made by the owner's role.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
import pytest_django
from django.conf import settings
from django.db import connection
from django_tenants.utils import tenant_context
from psycopg import sql

from foundation.town import enter_public
from tenants.gateways.schemas import drop_schema
from tenants.models import Town
from tests import cast

ROOT = Path(__file__).parents[1]
TRIES = 20


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Leave the names of databases to the fixture below."""


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_blocker: pytest_django.DjangoDbBlocker,
) -> Iterator[None]:
    with django_db_blocker.unblock():
        template = prepare_template()
        name = f"preau_run_{os.getpid()}"
        with admin() as server:
            drop(server, name)
            execute(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
        use_database(name)
        yield
        connection.close()
        with admin() as server:
            drop(server, name)


def prepare_template() -> str:
    """Build the database that runs copy, unless the code that fills it is unchanged.

    Several runs may start at once: one builds, the others wait for it.
    """
    name = f"preau_tests_{fingerprint()}"
    with admin() as server:
        if is_there(server, name):
            return name
        server.execute("SELECT pg_advisory_lock(hashtext('preau tests'))")
        if is_there(server, name):
            return name
        draft = f"{name}_draft"
        drop(server, draft)
        execute(server, "CREATE DATABASE {}", draft)
        use_database(draft)
        cast.open_two_towns()
        connection.close()
        execute(server, "ALTER DATABASE {} RENAME TO {}", draft, name)
    return name


def drop(server: psycopg.Connection, name: str) -> None:
    """Drop a database, once the server's own cleaning has left it.

    Only the server may end its cleaning, which lasts a moment.
    """
    for _again in range(TRIES):
        try:
            execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(1)
        else:
            return
    execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def is_there(server: psycopg.Connection, name: str) -> bool:
    found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return found.fetchone() is not None


def fingerprint() -> str:
    """Hash what the prepared database is made of.

    With PREAU_TESTS_TEMPLATE=tables, its tables alone: quicker while one changes code
    that fills a town, for tests that do not look at what it filled.
    """
    digest = hashlib.sha256()
    only_tables = os.environ.get("PREAU_TESTS_TEMPLATE") == "tables"
    patterns = MADE_OF[:1] if only_tables else MADE_OF
    folders = [
        "platform",
        "tenants",
        "families",
        "catalog",
        "enrolment",
        "billing",
        "cms",
        "tests",
    ]
    for path in sorted({p for pattern in patterns for p in ROOT.glob(pattern)}):
        if path.relative_to(ROOT).parts[0] in folders and path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def admin() -> psycopg.Connection:
    """Connect as the owner, outside any database of the tests."""
    return psycopg.connect(OWNER_URL, autocommit=True)


def execute(server: psycopg.Connection, statement: str, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def use_database(name: str) -> None:
    """Point Django and the owner's connection to another database."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
    parts = urlsplit(OWNER_URL)
    settings.OWNER_DATABASE_URL = urlunsplit(parts._replace(path=f"/{name}"))
    os.environ["OWNER_DATABASE_URL"] = settings.OWNER_DATABASE_URL


MADE_OF = (
    "**/migrations/*.py",
    "**/receivers.py",
    "**/receivers/*.py",
    "**/services/opening.py",
    "**/services/pack_import.py",
    "**/domain/pack*.py",
    "**/domain/pack/*.py",
    "tenants/services/*.py",
    "tenants/townhall/services.py",
    "cms/services.py",
    "catalog/services/sessions.py",
    "tests/cast/**/*",
)
OWNER_URL = settings.OWNER_DATABASE_URL


@pytest.fixture
def rochebelle(db: None) -> Iterator[Town]:
    """The first town, entered."""
    town = Town.objects.get(name="Rochebelle")
    with tenant_context(town):
        yield town


@pytest.fixture
def etangs(db: None) -> Town:
    """The other town, whose data must never show; not entered."""
    town: Town = Town.objects.get(name="Pays des Étangs")
    return town


@pytest.fixture
def committed(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """The database without a transaction around: what the test writes is really there.

    Towns the test opened are dropped afterwards; other rows stay, so use names that
    nobody else uses.
    """
    with django_db_blocker.unblock():
        before = set(Town.objects.values_list("pk", flat=True))
        try:
            yield
        finally:
            enter_public()
            for town in Town.objects.exclude(pk__in=before):
                drop_schema(town.schema_name)
                Town.objects.filter(pk=town.pk).delete()
            connection.close()


@pytest.fixture
def fresh_town(committed: None) -> Town:
    """A third town, opened for this test alone with committed data; not entered."""
    name = f"ville-{uuid4().hex[:8]}"
    return cast.open_from(cast.minimal_pack(name.title(), f"{name}.localhost"))
