"""Bring the platform itself up to date: public tables, template, towns."""

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django_tenants.utils import get_public_schema_name
from psycopg import sql

from foundation import content_types
from foundation.town import enter_public
from tenants.enums import Currency, Locale, TownKind, TownState
from tenants.gateways.roles import as_owner
from tenants.gateways.schemas import (
    TEMPLATE_SCHEMA,
    create_empty_schema,
    forget_template_dump,
    grant_to_app,
    migrations_hash,
    owner_connection,
    template_dump,
)
from tenants.models import Domain, Town

Say = Callable[[str], None]


def prepare_platform(*, say: Say) -> None:
    """Migrate public, build the template and bring every town up to date.

    Safe to run again; does nothing when nothing changed. Stopped halfway, the next
    run goes on: each town is migrated in its own transactions.
    """
    say("public tables")
    with as_owner():
        call_command("migrate_schemas", shared=True, verbosity=0, interactive=False)
    with owner_connection() as owner:
        grant_to_app(owner, get_public_schema_name())
    register_platform_site()
    build_template(say=say)
    for schema in towns_behind():
        say(f"town {schema}")
        migrate_town(schema)


def register_platform_site() -> None:
    """Make the row and the host name of the platform's own site."""
    town, _created = Town.objects.get_or_create(
        schema_name=get_public_schema_name(),
        defaults={
            "name": "Préau",
            "kind": TownKind.ASSOCIATION,
            "locale": Locale.FRENCH,
            "currency": Currency.EUR,
            "state": TownState.OPEN,
        },
    )
    Domain.objects.get_or_create(
        domain=settings.PLATFORM_HOST, defaults={"tenant": town, "is_primary": True}
    )


def build_template(*, say: Say) -> None:
    """Build the template schema by migrations, once per release."""
    version = migrations_hash()
    if _template_version() == version:
        template_dump()
        return
    say("template of a town (about a minute)")
    content_types.forget(TEMPLATE_SCHEMA)
    create_empty_schema(TEMPLATE_SCHEMA)
    with as_owner():
        call_command(
            "migrate_schemas",
            schema_name=TEMPLATE_SCHEMA,
            verbosity=0,
            interactive=False,
        )
        enter_public()
    content_types.forget(TEMPLATE_SCHEMA)
    with owner_connection() as owner:
        owner.execute(
            sql.SQL("COMMENT ON SCHEMA {} IS {}").format(
                sql.Identifier(TEMPLATE_SCHEMA), sql.Literal(version)
            )
        )
    forget_template_dump()
    template_dump()


def towns_behind() -> list[str]:
    """Return the schemas of towns that lack a migration, in one query."""
    schemas = list(
        Town.objects.towns()
        .exclude(state__in=[TownState.OPENING, TownState.ERASED])
        .order_by("schema_name")
        .values_list("schema_name", flat=True)
    )
    expected = _town_migrations()
    if not schemas:
        return []
    parts = [
        sql.SQL("SELECT {} AS schema, app, name FROM {}.django_migrations").format(
            sql.Literal(schema), sql.Identifier(schema)
        )
        for schema in schemas
    ]
    with owner_connection() as owner:
        rows = owner.execute(sql.SQL(" UNION ALL ").join(parts)).fetchall()
    applied: dict[str, set[tuple[str, str]]] = {schema: set() for schema in schemas}
    for schema, app, name in rows:
        applied[schema].add((app, name))
    return [schema for schema in schemas if expected - applied[schema]]


def migrate_town(schema: str) -> None:
    """Apply the missing migrations of one town."""
    with as_owner():
        call_command(
            "migrate_schemas", schema_name=schema, verbosity=0, interactive=False
        )
        enter_public()
    content_types.forget(schema)
    with owner_connection() as owner:
        grant_to_app(owner, schema)


def _template_version() -> str | None:
    """Return the release the template was built for."""
    with owner_connection() as owner:
        row = owner.execute(
            "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace"
            " WHERE nspname = %s",
            [TEMPLATE_SCHEMA],
        ).fetchone()
    return row[0] if row else None


def _town_migrations() -> set[tuple[str, str]]:
    """Return what the template has: exactly what a town must have."""
    with owner_connection() as owner:
        rows = owner.execute(
            sql.SQL("SELECT app, name FROM {}.django_migrations").format(
                sql.Identifier(TEMPLATE_SCHEMA)
            )
        ).fetchall()
    return {(app, name) for app, name in rows}
