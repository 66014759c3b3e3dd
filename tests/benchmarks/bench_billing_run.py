"""Goal 2: the month's invoices, 20 lines each, from bookings to numbers.

Run with `python infra/run_benchmarks.py billing_run`. The floor is the least that
could be done: four statements (invoices, lines, numbers, ledger) and one commit, with
nothing checked, chained, frozen nor journalled. It is measured twice: into tables with
the same foreign keys as ours, which no correct program may leave out, and into bare
ones. Time is that of the wall: most of it is spent inside PostgreSQL. Everything is
measured in turns, the median of three.
"""

import functools
import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django first.
from django.db import connection, transaction  # noqa: E402 - as above.
from django.test.utils import CaptureQueriesContext  # noqa: E402 - as above.
from django_tenants.utils import tenant_context  # noqa: E402 - as above.

from billing.models import BillingRun, Invoice, Regie  # noqa: E402 - as above.
from billing.services.runs import draft_run, issue_run  # noqa: E402 - as above.
from enrolment.models import Booking  # noqa: E402 - as above.
from families.models import (  # noqa: E402 - as above.
    Child,
    ChildMembership,
    Guardian,
    Household,
    Person,
)
from foundation.periods import Period  # noqa: E402 - as above.
from tenants.models import Town  # noqa: E402 - as above.
from tests.benchmarks.report import Row, report, row_at_least, row_at_most  # noqa: E402 - as above.
from tests.billing.builders import Family, booked, lunches  # noqa: E402 - as above.
from tests.conftest import admin, execute, prepare_template, use_database  # noqa: E402 - as above.

LINES = 20
SIZES = (500, 2000)
ROUNDS = 3
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
# Noethysweb on the same work and machine, in invoices a second.
NOETHYSWEB = {500: 33, 2000: 14}

BARE = """
CREATE TABLE bare_invoice (
  id bigserial PRIMARY KEY, household_id bigint, month date, total bigint, number int);
CREATE INDEX ON bare_invoice (household_id);
CREATE INDEX ON bare_invoice (month);
CREATE TABLE bare_line (
  id bigserial PRIMARY KEY, invoice_id bigint, booking_id bigint, regie_id bigint,
  household_id bigint, child_id bigint, service_id bigint,
  description text, day date, amount bigint, trace jsonb);
CREATE INDEX ON bare_line (invoice_id);
CREATE INDEX ON bare_line (booking_id);
CREATE TABLE bare_entry (
  id bigserial PRIMARY KEY, invoice_id bigint, account text, amount bigint);
CREATE INDEX ON bare_entry (invoice_id);
CREATE INDEX ON bare_entry (account);
GRANT ALL ON bare_invoice, bare_line, bare_entry TO PUBLIC;
GRANT ALL ON bare_invoice_id_seq, bare_line_id_seq, bare_entry_id_seq TO PUBLIC;
"""
KEYS = """
ALTER TABLE kept_invoice
  ADD FOREIGN KEY (household_id) REFERENCES families_household {deferred};
ALTER TABLE kept_line
  ADD COLUMN public_id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  ADD UNIQUE (booking_id),
  ADD FOREIGN KEY (invoice_id) REFERENCES kept_invoice {deferred},
  ADD FOREIGN KEY (booking_id) REFERENCES enrolment_booking {deferred},
  ADD FOREIGN KEY (regie_id) REFERENCES billing_regie {deferred},
  ADD FOREIGN KEY (household_id) REFERENCES families_household {deferred},
  ADD FOREIGN KEY (child_id) REFERENCES families_child {deferred},
  ADD FOREIGN KEY (service_id) REFERENCES catalog_service {deferred};
ALTER TABLE kept_entry
  ADD FOREIGN KEY (invoice_id) REFERENCES kept_invoice {deferred};
""".format(deferred="DEFERRABLE INITIALLY DEFERRED")
# The same four statements, into tables with the keys of ours.
KEPT = BARE.replace("bare_", "kept_") + KEYS
FLOOR = (
    """INSERT INTO bare_invoice (household_id, month, total)
       SELECT household_id, %(from_on)s, sum(price_minor) FROM enrolment_booking
         JOIN catalog_session AS session ON session.id = session_id
        WHERE status = 'booked' AND starts_on >= %(from_on)s
          AND starts_on < %(until_on)s
        GROUP BY household_id""",
    """INSERT INTO bare_line (invoice_id, booking_id, regie_id, household_id, child_id,
                              service_id, description, day, amount, trace)
       SELECT invoice.id, booking.id, %(regie)s, household_id, child_id, service_id,
              activity.name, starts_on, price_minor, trace
         FROM enrolment_booking AS booking
         JOIN catalog_session AS session ON session.id = session_id
         JOIN catalog_activity AS activity ON activity.id = activity_id
         JOIN bare_invoice AS invoice USING (household_id)
        WHERE status = 'booked' AND starts_on >= %(from_on)s
          AND starts_on < %(until_on)s AND invoice.month = %(from_on)s""",
    """UPDATE bare_invoice SET number = numbered.number
         FROM (SELECT id, row_number() OVER (ORDER BY id) AS number
                 FROM bare_invoice WHERE month = %(from_on)s) AS numbered
        WHERE numbered.id = bare_invoice.id""",
    """INSERT INTO bare_entry (invoice_id, account, amount)
       SELECT id, 'receivable', total FROM bare_invoice WHERE month = %(from_on)s
       UNION ALL
       SELECT id, 'revenue', -total FROM bare_invoice WHERE month = %(from_on)s""",
)


def month(index: int) -> Period:
    """Return a month of its own for each size."""
    first = date(2027 + index, 3, 1)
    return Period(first, first + timedelta(days=31))


def fill(count: int, index: int) -> None:
    """Make families with a child and twenty lunches each, in bulk."""
    files = Household.objects.bulk_create(
        Household(file_number=f"B{index}-{n}", street="1 rue", city="Rochebelle")
        for n in range(count)
    )
    people = Person.objects.bulk_create(
        Person(first_name="Zoé", last_name=f"Martin {n}") for n in range(count)
    )
    Guardian.objects.bulk_create(
        Guardian(household=one, person=two, role="responsible")
        for one, two in zip(files, people, strict=True)
    )
    children = Child.objects.bulk_create(
        Child(first_name="Lina", last_name=f"Martin {n}", birth_date=date(2018, 5, 4))
        for n in range(count)
    )
    ChildMembership.objects.bulk_create(
        ChildMembership(household=one, child=two)
        for one, two in zip(files, children, strict=True)
    )
    families = [
        Family(one, _clerk(), two, three)
        for one, two, three in zip(files, people, children, strict=True)
    ]
    fill_bookings(families, index)


def fill_bookings(families: list[Family], index: int) -> None:
    """Book the lunches of each family."""
    days = [month(index).start + timedelta(days=day) for day in range(LINES)]
    sessions = lunches(days)
    for family in families:
        Booking.objects.bulk_create(booked(family, session) for session in sessions)


@functools.cache
def _clerk():
    from foundation.accounts.models import Account  # noqa: PLC0415 - Django first.

    return Account.objects.order_by("pk").first()


def ours(index: int) -> int:
    """Draft, issue, commit; return the number of SQL statements."""
    regie = Regie.objects.get(code="enfance")
    with CaptureQueriesContext(connection) as seen:
        run = draft_run(regie=regie, period=month(index), actor=None, now=NOW)
        issue_run(run=run, actor=None, now=NOW)
    return len(seen)


def make_floors() -> None:
    """Make the tables of the floors, written to disk like ours."""
    with admin_here() as server:
        server.execute(f'SET search_path TO "{connection.schema_name}", public')  # type: ignore[attr-defined] # django-tenants adds it.
        server.execute(BARE)
        server.execute(KEPT)


def forget() -> None:
    """Take the run back, which only the owner can do, and only here."""
    kept = ("billing_ledgertransaction", "billing_ledgerentry")
    with admin_here() as server:
        server.execute(f'SET search_path TO "{connection.schema_name}"')  # type: ignore[attr-defined] # django-tenants adds it.
        for table in kept:
            server.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        server.execute(
            "TRUNCATE bare_invoice, bare_line, bare_entry, kept_invoice, kept_line,"
            " kept_entry, billing_ledgertransaction, billing_ledgerentry,"
            " billing_charge, billing_invoice, billing_billingrun,"
            " billing_numberseries CASCADE"
        )
        for table in kept:
            server.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def floor(index: int, *, tables: str) -> None:
    """Do the least that could be done, in one commit."""
    period = month(index)
    regie = Regie.objects.get(code="enfance")
    facts = {"from_on": period.start, "until_on": period.until, "regie": regie.pk}
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in FLOOR:
            cursor.execute(statement.replace("bare_", f"{tables}_"), facts)


def admin_here():
    """Connect as the owner of this benchmark's database."""
    import psycopg  # noqa: PLC0415 - only here.

    return psycopg.connect(settings.OWNER_DATABASE_URL, autocommit=True)


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work took, on the wall."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure() -> tuple[dict[str, float], dict[int, int]]:
    """Return medians by name and size, and statements by size."""
    taken: dict[str, list[float]] = {}
    statements: dict[int, int] = {}

    def count(index: int) -> None:
        statements[index] = ours(index)

    for _turn in range(ROUNDS):
        for index, size in enumerate(SIZES):
            works = {
                f"bare {size}": functools.partial(floor, index, tables="bare"),
                f"kept {size}": functools.partial(floor, index, tables="kept"),
                f"ours {size}": functools.partial(count, index),
            }
            for name, work in works.items():
                taken.setdefault(name, []).append(seconds(work))
            assert Invoice.objects.filter(status="open").count() == size
            assert BillingRun.objects.count() == 1
            forget()
    return {name: statistics.median(each) for name, each in taken.items()}, statements


def rows(median: dict[str, float], statements: dict[int, int]) -> list[Row]:
    """Return the table."""
    table = [
        row_at_least(
            "2",
            f"{size} invoices x {LINES} lines a second, against 4 statements {what}",
            ours=size / median[f"ours {size}"],
            floor=size / median[f"{tables} {size}"],
            limit=0.30,
        )
        for tables, what in (("kept", "with our keys"), ("bare", "without any key"))
        for size in SIZES
    ]
    table += [
        row_at_least(
            "2",
            f"the same {size}, against Noethysweb's {NOETHYSWEB[size]} a second",
            ours=size / median[f"ours {size}"],
            floor=NOETHYSWEB[size],
            limit=40,
        )
        for size in SIZES
    ]
    small, large = SIZES
    return [
        *table,
        row_at_most(
            "2",
            f"time for {large} against time for {small} (s)",
            ours=median[f"ours {large}"],
            floor=median[f"ours {small}"],
            limit=4.4,
        ),
        row_at_most(
            "2",
            f"SQL statements for {large} against {small}",
            ours=statements[1],
            floor=statements[0],
            limit=1,
        ),
    ]


def run() -> list[Row]:
    """Measure and report, in a database made for it."""
    template = prepare_template()
    name = f"preau_bench_{os.getpid()}"
    with admin() as server:
        execute(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
    use_database(name)
    try:
        with tenant_context(Town.objects.get(name="Rochebelle")):
            for index, size in enumerate(SIZES):
                fill(size, index)
            make_floors()
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE enrolment_booking, catalog_session")
            table = rows(*measure())
    finally:
        connection.close()
        with admin() as server:
            execute(server, "DROP DATABASE {}", name)
    report("billing_run", table)
    return table


if __name__ == "__main__":
    run()
