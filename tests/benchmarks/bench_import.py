"""Import 10,000 people, beside the bare insertion of the same rows.

Run with `python -m tests.benchmarks.bench_import` against a prepared platform. The
floor copies the rows into tables like ours without keys, triggers or checks.
"""

import io
import statistics
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django comes first.
from django.db import connection  # noqa: E402 - same reason.
from django.test.utils import CaptureQueriesContext  # noqa: E402 - same reason.
from django_tenants.utils import tenant_context  # noqa: E402 - same reason.

from families.models import Household  # noqa: E402 - same reason.
from families.services.importing import (  # noqa: E402 - same reason.
    apply_import,
    ask_for_import,
    check_import,
    hand_in_tables,
)
from foundation.accounts.models import Account  # noqa: E402 - same reason.
from foundation.spreadsheets import write_csv  # noqa: E402 - same reason.
from foundation.town import enter_public  # noqa: E402 - same reason.
from tenants.gateways.schemas import drop_schema  # noqa: E402 - same reason.
from tenants.models import Town  # noqa: E402 - same reason.
from tenants.services.platform import prepare_platform  # noqa: E402 - same reason.
from tests.benchmarks.report import report, row_at_most  # noqa: E402 - same reason.
from tests.cast.towns import open_from, pack_of  # noqa: E402 - same reason.

HOUSEHOLDS = 3_000
NOW, TODAY = datetime(2026, 11, 21, 10, tzinfo=UTC), date(2026, 11, 21)
LIMIT = 25.0
ROUNDS = 3


def tables(start: int) -> list[tuple[str, bytes]]:
    """Return 3,000 households, 4,000 adults and 6,000 children: 10,000 people."""
    homes: list[list[object]] = [["dossier", "adresse", "cp", "ville", "quotient"]]
    adults: list[list[object]] = [["dossier", "nom", "prénom", "courriel"]]
    children: list[list[object]] = [["dossier", "nom", "prénom", "naissance", "classe"]]
    for index in range(start, start + HOUSEHOLDS):
        number, name = f"N{index}", f"Famille{index}"
        homes.append(
            [number, f"{index} rue Haute", "59223", "Rochebelle", index % 1500]
        )
        adults.append([number, name, "Claire", f"f{index}@example.com"])
        if index % 3 == 0:
            adults.append([number, name, "Paul", ""])
        children.extend(
            [number, name, f"Enfant{rank}", "03/04/2018", "CP"] for rank in range(2)
        )
    files = {"foyers.csv": homes, "adultes.csv": adults, "enfants.csv": children}
    return [(name, write_csv(rows)) for name, rows in files.items()]


def bring(start: int, clerk: Account) -> tuple[float, int]:
    """Bring the tables, dry run included; return the seconds and the queries."""
    files = tables(start)
    with CaptureQueriesContext(connection) as asked:
        begun = time.perf_counter()
        kept = hand_in_tables(files=files, actor=clerk, now=NOW)
        check_import(import_id=kept.pk, today=TODAY)
        ask_for_import(families=kept, actor=clerk)
        done = apply_import(import_id=kept.pk, today=TODAY, now=NOW, country="FR")
        taken = time.perf_counter() - begun
    if done.status != "applied":
        raise RuntimeError(f"The import was refused: {done.problems[:3]}")
    return taken, len(asked)


def bare(start: int) -> float:
    """Return the seconds of copying the same facts into bare tables."""
    files = tables(start)
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        for index, (_name, content) in enumerate(files):
            lines = content.decode("utf-8-sig").splitlines()
            width = lines[0].count(";") + 1
            columns = ", ".join(f"c{each} text" for each in range(width))
            cursor.execute(f"CREATE TEMPORARY TABLE bare{index} ({columns})")
            copy: Any = cursor.cursor.copy
            with copy(f"COPY bare{index} FROM STDIN WITH (DELIMITER ';')") as sink:
                sink.write(io.StringIO("\n".join(lines[1:])).getvalue())
            cursor.execute(f"DROP TABLE bare{index}")
    return time.perf_counter() - begun


def measure(town: Town) -> None:
    """Measure in turns and print."""
    with tenant_context(town):
        clerk = Account.objects.filter(is_superuser=True).earliest("id")
        ours, floors, queries = [], [], 0
        for turn in range(ROUNDS):
            seconds, queries = bring(turn * HOUSEHOLDS, clerk)
            ours.append(seconds)
            floors.append(bare(turn * HOUSEHOLDS))
        people = HOUSEHOLDS * 3 + HOUSEHOLDS // 3
        if Household.objects.count() < ROUNDS * HOUSEHOLDS:
            raise RuntimeError("Some households were not written.")
    row = row_at_most(
        "issue",
        f"import of {people} people, {queries} statements, s",
        ours=statistics.median(ours),
        floor=statistics.median(floors),
        limit=LIMIT,
    )
    report("import", [row])


def main() -> None:
    """Open a town, measure in it, drop it."""
    prepare_platform(say=print)
    pack = pack_of("rochebelle")
    pack["town"] = {**pack["town"], "name": "Import", "host": "import.localhost"}
    with tempfile.TemporaryDirectory() as folder:
        settings.PREAU_PRIVATE_ROOT = Path(folder)
        town = open_from(pack)
        try:
            measure(town)
        finally:
            enter_public()
            drop_schema(town.schema_name)
            Town.objects.filter(pk=town.pk).delete()


if __name__ == "__main__":
    main()
