"""Goal 7: open a town, beside migrations and django-tenants' own clone.

Run with `python -m tests.benchmarks.bench_opening` against a prepared platform. Times
are on the wall: most of the work is the database's. The schema that is replayed is then
compared, line by line, with the one that migrations make.
"""

import difflib
import re
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django comes first.
from django.db import ProgrammingError  # noqa: E402 - same reason.
from django_tenants.clone import CloneSchema  # noqa: E402 - same reason.

from foundation import content_types  # noqa: E402 - same reason.
from foundation.town import enter_public  # noqa: E402 - same reason.
from tenants.gateways.roles import as_owner  # noqa: E402 - same reason.
from tenants.gateways.schemas import (  # noqa: E402 - same reason.
    TEMPLATE_SCHEMA,
    _dump as dump,
    create_empty_schema,
    drop_schema,
    replay_template,
)
from tenants.models import Domain, Town  # noqa: E402 - same reason.
from tenants.services.platform import prepare_platform  # noqa: E402 - same reason.
from tests.benchmarks.report import Row, report, row_at_most  # noqa: E402 - same.
from tests.cast.towns import open_from, pack_of  # noqa: E402 - same reason.

ROUNDS = 3
# Rows, session settings, and the release written on the template.
LEFT_OUT = ("--", "INSERT", "\\", "SELECT pg_catalog.set", "COMMENT ON SCHEMA")
ROW = re.compile(r"\s*\(\d+, ")
MIGRATED, CLONED, REPLAYED = "t_migrated00", "t_cloned0000", "t_replayed00"


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Return the median time of a work."""
    taken = []
    for _round in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def migrate() -> None:
    """Make a schema by migrations, as django-tenants does by default."""
    create_empty_schema(MIGRATED)
    content_types.forget(MIGRATED)
    with as_owner():
        call_command(
            "migrate_schemas", schema_name=MIGRATED, verbosity=0, interactive=False
        )
        enter_public()


def clone() -> None:
    """Make a schema by django-tenants' clone of ours, rows included."""
    drop_schema(CLONED)
    with as_owner():
        CloneSchema().clone_schema(TEMPLATE_SCHEMA, CLONED, clone_mode="DATA")


def clone_seconds() -> float | None:
    """Return the clone's time, or None where it gives up on our schema.

    The function of django-tenants 4.0.1 looks for sequences by a name made from the
    table's, and stops at the first table that was renamed since.
    """
    try:
        return seconds(clone, ROUNDS)
    except ProgrammingError as error:
        print(f"django-tenants' clone failed: {str(error).splitlines()[0][:100]}")  # noqa: T201 - part of the report.
        return None


def replay() -> None:
    """Make a schema the way a town gets it."""
    drop_schema(REPLAYED)
    replay_template(REPLAYED)


def open_town() -> None:
    """Open a town ready for sign-in: schema, key, settings, services, pages."""
    pack = pack_of("rochebelle")
    pack["town"]["host"] = f"bench-{time.monotonic_ns()}.localhost"
    town = open_from(pack, now=datetime.now(UTC))
    Domain.objects.filter(tenant=town).delete()
    Town.objects.filter(pk=town.pk).delete()
    drop_schema(town.schema_name)


def differences() -> list[str]:
    """Return the lines that differ between a migrated and a replayed schema."""
    return [
        line
        for line in difflib.unified_diff(
            normal(MIGRATED), normal(REPLAYED), lineterm="", n=0
        )
        if not line.startswith(("---", "+++", "@@"))
    ]


def normal(schema: str) -> list[str]:
    """Return a schema's structure as sorted lines without its name nor its rows."""
    text = dump(schema).replace(schema, "town")
    kept = [
        line.rstrip(",")
        for line in text.splitlines()
        if line and not line.startswith(LEFT_OUT)
    ]
    return sorted(same_meaning(line) for line in kept if not ROW.match(line))


def same_meaning(line: str) -> str:
    """Write a predicate one way: PostgreSQL moves casts when it reads one back."""
    return re.sub(r"::(character varying|text)(\[\])?|[() ]", "", line)


def run() -> list[Row]:
    """Measure, compare, clean up."""
    prepare_platform(say=lambda _text: None)
    times = {
        "migrations": seconds(migrate, 1),
        "replay": seconds(replay, ROUNDS),
        "open": seconds(open_town, ROUNDS),
    }
    cloned = clone_seconds()
    unlike = differences()
    for name in (MIGRATED, CLONED, REPLAYED):
        drop_schema(name)
    rows = [
        row_at_most(
            "7",
            "schema replayed / django-tenants' migrations (s)",
            ours=times["replay"],
            floor=times["migrations"],
            limit=1 / 12,
        ),
        row_at_most(
            "7",
            "town ready for sign-in / migrations alone (s)",
            ours=times["open"],
            floor=times["migrations"],
            limit=1 / 12,
        ),
        Row("7", f"lines that differ {unlike[:2]}", len(unlike), 0, 0, "0", not unlike),
    ]
    if cloned is not None:
        rows.append(
            row_at_most(
                "7",
                "schema replayed / django-tenants' clone (s)",
                ours=times["replay"],
                floor=cloned,
                limit=1 / 3,
            )
        )
    return rows


if __name__ == "__main__":
    report("opening", run())
