"""A tariff tried on a whole town: 5,000 children, a school year of meals.

Run with `python infra/run_benchmarks.py what_if`. The floor is the least that could be
done with the places where they are: read them once and add up what each household
paid. The same tariff must give a difference of exactly 0.00, else nothing is printed.

The places are written by the database itself, from prices that the engine made: one
for each child and each way to book, with the day of each place.
"""

import json
import os
import resource
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time as hour, timedelta
from itertools import islice
from typing import Any

import django

django.setup()

import psycopg  # noqa: E402 - Django comes first.
from django.conf import settings  # noqa: E402 - same reason.
from django.db import connection  # noqa: E402 - same reason.
from django.test.utils import CaptureQueriesContext  # noqa: E402 - same reason.
from django_tenants.utils import tenant_context  # noqa: E402 - same reason.

from catalog.domain.prices import (  # noqa: E402 - same reason.
    Booking,
    DayKind,
    Price,
    PriceContext,
    parse_tariff,
    price_many,
)
from catalog.models import Activity, Session, TariffVersion  # noqa: E402 - same reason.
from enrolment.models import TariffReplay  # noqa: E402 - same reason.
from enrolment.services.what_if import work_out  # noqa: E402 - same reason.
from foundation.accounts.models import Account  # noqa: E402 - same reason.
from tenants.models import Town  # noqa: E402 - same reason.
from tests.benchmarks.bench_prices import registrations  # noqa: E402 - same reason.
from tests.benchmarks.report import Row, report, row_at_most  # noqa: E402 - same.
from tests.conftest import (  # noqa: E402 - same reason.
    admin,
    drop,
    execute,
    prepare_template,
    use_database,
)

CHILDREN, WEEKS, DAYS = 5_000, 35, 140
#: Seconds that a clerk may wait for a year of the whole town.
MOST_SECONDS, MOST_TIMES, MOST_MIB = 20.0, 30.0, 200
FIRST = date(2025, 9, 1)
UNTIL = FIRST + timedelta(weeks=WEEKS)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
#: Monday, Tuesday, Thursday and Friday: four meals a week.
WEEKDAYS = (0, 1, 3, 4)
FAMILIES = """
CREATE TEMPORARY TABLE meals (
  child bigint, family bigint, timing text, price bigint, split jsonb, trace jsonb);
"""
FILL = """
ANALYZE meals;
INSERT INTO families_household (public_id, file_number, street, street_extra,
       postal_code, city, country)
SELECT gen_random_uuid(), 'F-' || 30000000 + family, family %% 300 || ' rue Haute', '',
       '59223', 'Rochebelle', 'FR' FROM meals GROUP BY family;
INSERT INTO families_child (public_id, first_name, last_name, birth_date, other_school,
       school_class, insurance_company, insurance_policy)
SELECT gen_random_uuid(), 'Lina', 'Martin ' || family, '2018-05-04', '', '', '',
       'bench ' || child FROM meals GROUP BY child, family;
INSERT INTO families_person (public_id, civility, first_name, last_name, email, phone)
SELECT gen_random_uuid(), 'none', 'Zoé', 'Martin ' || family, '', 'bench ' || family
  FROM meals GROUP BY family;
INSERT INTO families_guardian (household_id, person_id, role)
SELECT household.id, person.id, 'responsible'
  FROM families_person AS person
  JOIN families_household AS household ON household.file_number
       = 'F-' || 30000000 + substr(person.phone, 7)::bigint
 WHERE person.phone LIKE 'bench %%';
ALTER TABLE enrolment_booking DISABLE TRIGGER USER;
INSERT INTO enrolment_booking (public_id, session_id, child_id, household_id, status,
       timing, attendance, tariff_version_id, price_minor,
       currency, split, trace, booked_by_id, booked_at, cancelled_late)
SELECT gen_random_uuid(), session.id, child.id, household.id,
       'booked', meals.timing, 'present', %(version)s, meals.price, 'EUR', meals.split,
       jsonb_set(meals.trace, '{inputs,day}', to_jsonb(session.starts_on::text)),
       %(account)s, %(now)s, false
  FROM meals
  JOIN families_child AS child ON child.insurance_policy = 'bench ' || meals.child
  JOIN families_household AS household
    ON household.file_number = 'F-' || 30000000 + meals.family
  JOIN catalog_session AS session ON session.id = ANY(%(sessions)s)
   AND (hashint8(meals.child * 1000 + session.id) %% 20 = 0) = (meals.timing = 'late');
ALTER TABLE enrolment_booking ENABLE TRIGGER USER;
"""
FLOOR = """
SELECT household_id, count(*), sum(booking.price_minor)::bigint
  FROM enrolment_booking AS booking
  JOIN catalog_session AS session ON session.id = booking.session_id
 WHERE session.starts_on >= %s AND session.starts_on < %s
 GROUP BY household_id
"""


def facts() -> Iterator[tuple[int, int, PriceContext]]:
    """Return each child twice, in time and late: its number, its family's, its facts.

    The facts are those that a booking of the town keeps, most of which no rule of this
    tariff looks at.
    """
    family = 0
    for child, known in enumerate(islice(registrations(), CHILDREN)):
        residence, quotient, rank, registered = known
        family += rank == 1
        for booking in (Booking.IN_TIME, Booking.LATE):
            yield (
                child,
                family,
                PriceContext(
                    day=FIRST,
                    residence=residence,
                    quotient=quotient,
                    situation="ecole",
                    child_rank=rank,
                    children_registered=registered,
                    booking=booking,
                    booked_on=FIRST - timedelta(days=20),
                    period_kind=DayKind.TERM,
                    days_a_week=4,
                    children_present=registered,
                    present_rank=rank,
                    minutes=105,
                    starts=hour(11, 45),
                    ends=hour(13, 30),
                ),
            )


def fill(version: TariffVersion, account: Account) -> int:
    """Write the town's year; return how many places were taken."""
    days = [
        FIRST + timedelta(weeks=week, days=day)
        for week in range(WEEKS)
        for day in WEEKDAYS
    ]
    sessions = Session.objects.bulk_create(
        Session(
            activity=Activity.objects.get(code="repas"),
            starts_on=day,
            ends_on=day,
            start_time=hour(11, 45),
            end_time=hour(13, 30),
        )
        for day in days
    )
    numbered = list(facts())
    prices = price_many(parse_tariff(version.rules), (each for *_, each in numbered))
    with psycopg.connect(settings.OWNER_DATABASE_URL, autocommit=True) as owner:
        owner.execute(f'SET search_path TO "{connection.schema_name}", public')  # type: ignore[attr-defined] # django-tenants adds it.
        owner.execute(FAMILIES)
        copy = "COPY meals (child, family, timing, price, split, trace) FROM STDIN"
        with owner.cursor() as cursor, cursor.copy(copy) as rows:
            for (child, family, context), price in zip(numbered, prices, strict=True):
                rows.write_row((child, family, context.booking, *stored(price)))
        given = {
            "now": NOW,
            "version": version.pk,
            "account": account.pk,
            "sessions": [each.pk for each in sessions],
        }
        for statement in FILL.split(";\n"):
            if statement.strip():
                owner.execute(statement, given)
        owner.execute("ANALYZE enrolment_booking, catalog_session")
    return len(sessions) * CHILDREN


def stored(price: Price) -> tuple[int, str, str]:
    """Return a price as a booking keeps it."""
    split = {"care": price.care, "meal": price.meal, "other": price.other}
    return price.minor, json.dumps(split), json.dumps(price.trace.to_data())


def floor() -> tuple[float, int]:
    """Add up what each household paid; return the best seconds, and the total."""
    best = []
    for _turn in range(3):
        begun = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, [FIRST, UNTIL])
            paid = sum(row[2] for row in cursor.fetchall())
        best.append(time.perf_counter() - begun)
    return min(best), paid


def trial(
    rules: Mapping[str, Any], voted: TariffVersion, account: Account
) -> tuple[float, int, dict[str, Any]]:
    """Try rules on the year; return the seconds, the statements and the result."""
    draft = TariffVersion.objects.create(
        tariff=voted.tariff,
        rules=rules,
        vote_number=f"trial {TariffVersion.objects.count()}",
        voted_on=FIRST,
        effective_from=date(2027, 9, 1) + timedelta(TariffVersion.objects.count()),
    )
    replay = TariffReplay.objects.create(
        version=draft, from_on=FIRST, until_on=UNTIL, asked_by=account, asked_at=NOW
    )
    replay = TariffReplay.objects.select_related("version", "asked_by").get(
        pk=replay.pk
    )
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        work_out(replay, now=NOW)
    assert replay.result is not None
    return time.perf_counter() - begun, len(asked), replay.result


def trials(rules: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what is tried: the same tariff, and what looks at more and more facts."""
    rise = {"code": "rise", "method": "percent", "percent": "10"}
    late = list(rules.get("adjustments", ()))
    of_the_day = {**rise, "when": {"weekday": "friday"}}
    of_siblings = {**rise, "when": {"child_rank": {"from": 3}}}
    return {
        "the same tariff": dict(rules),
        "ten percent more": {**rules, "adjustments": [*late, rise]},
        "more for the third child": {**rules, "adjustments": [*late, of_siblings]},
        "more on Fridays": {**rules, "adjustments": [*late, of_the_day]},
    }


def rows(voted: TariffVersion, account: Account, places: int) -> list[Row]:
    """Try each, and refuse a trial that is not right to the cent."""
    least, paid = floor()
    table = []
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, rules in trials(voted.rules).items():
        seconds, statements, result = trial(rules, voted, account)
        total = result["total"]
        assert (total["places"], total["before"]) == (places, paid), total
        assert not result["unpriced"], result["reasons"]
        if name == "the same tariff":
            assert total["after"] == paid, "The same tariff changes prices."
            assert total["less"] == total["more"] == 0
        what = f"trial of {name} on {places:,} places, {statements} statements"
        table.append(
            row_at_most("4", f"{what}, s", ours=seconds, floor=1, limit=MOST_SECONDS)
        )
        table.append(
            row_at_most(
                "4",
                f"trial of {name}, and adding up what was paid (s)",
                ours=seconds,
                floor=least,
                limit=MOST_TIMES,
            )
        )
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    memory = "memory grown by the trials, MiB"
    return [*table, row_at_most("4", memory, ours=grown, floor=1, limit=MOST_MIB)]


def main() -> None:
    """Measure and report, in a database made for it."""
    template = prepare_template()
    name = f"preau_bench_{os.getpid()}"
    with admin() as server:
        execute(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
    use_database(name)
    try:
        with tenant_context(Town.objects.get(name="Rochebelle")):
            account = Account.objects.create_superuser("bench@example.com", "a secret")
            voted = TariffVersion.objects.get(
                tariff__code="repas", published_at__isnull=False
            )
            begun = time.perf_counter()
            places = fill(voted, account)
            seconds = time.perf_counter() - begun
            print(f"{places:,} places written in {seconds:.0f} s")  # noqa: T201 - said to who runs it.
            report("what_if", rows(voted, account, places))
    finally:
        connection.close()
        with admin() as server:
            drop(server, name)


if __name__ == "__main__":
    main()
