"""Search over 20,000 families, a file's page, and records entered twice.

Run with `python infra/run_benchmarks.py search`. The floor of a search is the bare
indexed statement: the fifty first households that have the words, names in order.
Rows are written by the database itself, and their words by its triggers.
"""

import re
import time
from collections.abc import Callable

import django

django.setup()

from django.db import connection  # noqa: E402 - Django comes first.
from django.test.utils import CaptureQueriesContext  # noqa: E402 - same reason.
from django.urls import reverse  # noqa: E402 - same reason.
from django_tenants.utils import tenant_context  # noqa: E402 - same reason.

from families.domain.search import query_of  # noqa: E402 - same reason.
from families.enums import Alike  # noqa: E402 - same reason.
from families.models import Household, Person  # noqa: E402 - same reason.
from families.queries.duplicates import find_pairs  # noqa: E402 - same reason.
from families.queries.search import find_families  # noqa: E402 - same reason.
from foundation.town import enter_public  # noqa: E402 - same reason.
from tenants.domain.scope import EVERYTHING  # noqa: E402 - same reason.
from tenants.gateways.schemas import drop_schema, owner_connection  # noqa: E402 - same reason.
from tenants.models import Town  # noqa: E402 - same reason.
from tenants.services.platform import prepare_platform  # noqa: E402 - same reason.
from tests.benchmarks.report import Row, report, row_at_most  # noqa: E402 - same.
from tests.cast.towns import open_from, pack_of  # noqa: E402 - same reason.
from tests.enrolment.request_builders import make_clerk  # noqa: E402 - same reason.
from tests.families.builders import browser  # noqa: E402 - same reason.

HOUSEHOLDS, HOST = 20_000, "search.localhost"
ROUNDS, MOST = 9, 50
SEARCH_LIMIT, PAGE_LIMIT, DUPLICATES_LIMIT = 10.0, 60.0, 6.0
# 400 family names by 60 first names; accents on many of them.
FILL = """
CREATE TEMPORARY TABLE names AS
SELECT number, (ARRAY['Lefèvre','Müller','Dupont','Béranger','Noël','Guérin','Roussel',
           'Lœvenbrück','Martin','Garçon','Chevalier','Petit','Durand','Moreau',
           'Fontaine','Girard','Lambert','Bonnet','Dubois','Renaud'])[1 + number % 20]
       || (ARRAY['','-Haut','-Vial','-Bret','-Dor','-Mas','-Lys','-Clerc','-Roy',
           '-Aube','-Cros','-Fay','-Gault','-Hue','-Jal','-Kerr','-Lor','-Nys','-Oger','-Pic'])
          [1 + number / 20 % 20] AS last_name
  FROM generate_series(1, HOMES) AS number;
INSERT INTO families_household (public_id, file_number, street, street_extra,
       postal_code, city, country)
SELECT gen_random_uuid(), 'F-' || 30000000 + number, number % 300 || ' rue Haute', '',
       '59223', 'Rochebelle', 'FR' FROM names;
INSERT INTO families_person (public_id, civility, first_name, last_name, birth_date,
       email, phone)
SELECT gen_random_uuid(), 'none', (ARRAY['Éloïse','Claire','Omar','Inès','Paul','Zoé',
           'André','Maëlle','Luc','Anaïs','Jean-Noël','Sofia'])[1 + number * 7 % 12],
       last_name, date '1970-01-01' + (number * 37 + adult * 411) % 9000,
       'p' || number || '.' || adult || '@example.com',
       '06' || lpad((number * 2 + adult)::text, 8, '0')
  FROM names, generate_series(0, 1) AS adult WHERE adult = 0 OR number % 2 = 0;
INSERT INTO families_guardian (household_id, person_id, role)
SELECT household.id, person.id,
       CASE WHEN person.email LIKE '%.0@%' THEN 'responsible'
            ELSE 'co_responsible' END
  FROM families_person AS person
  JOIN families_household AS household
    ON household.file_number = 'F-' || 30000000
       + substr(split_part(person.email, '.', 1), 2)::integer
 WHERE person.email ~ '^p[0-9]+[.][01]@';
INSERT INTO families_child (public_id, first_name, last_name, birth_date, other_school,
       school_class, insurance_company, insurance_policy)
SELECT gen_random_uuid(), (ARRAY['Léa','Tom','Chloé','Noé','Lina','Gaël','Ambre',
           'Théo'])[1 + number * 3 % 8], last_name || '',
       date '2014-01-01' + (number * 13 + child * 977) % 3900, '', '', '',
       number::text
  FROM names, generate_series(0, 1) AS child;
INSERT INTO families_childmembership (household_id, child_id, sees_file, filiation)
SELECT household.id, child.id, true, ''
  FROM families_child AS child
  JOIN families_household AS household
    ON household.file_number = 'F-' || 30000000 + child.insurance_policy::integer
 WHERE child.insurance_policy <> '';
DROP TABLE names
"""
# Small tables, as that of communes, may be read whole.
WHOLE = re.compile(r"Seq Scan on families_")
BARE = """
SELECT household_id FROM families_searchentry
 WHERE words @@ to_tsquery('simple', %s) ORDER BY sort_name, household_id LIMIT %s
"""
ASKED = {
    "word": "guérin-clerc",
    "prefix of a common name": "guer",
    "two words without accents": "anais loeven",
    "telephone": "06 00 01 23 45",
    "file number": "F-30012345",
    "e-mail": "p12345.0@example",
    "birth date": "14/02/2015",
}


def median_ms(act: Callable[[], object]) -> float:
    """Return the median milliseconds of an act; the first turn is not counted."""
    taken = []
    for _turn in range(ROUNDS + 1):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken[1:])[ROUNDS // 2]


def bare(text: str) -> int:
    """Run the bare indexed statement; return how many it found."""
    with connection.cursor() as cursor:
        cursor.execute(BARE, [query_of(text), MOST])
        return len(cursor.fetchall())


def searches() -> list[Row]:
    """Measure each way to search, and refuse an answer that reads the whole table."""
    rows = []
    for name, text in ASKED.items():
        with CaptureQueriesContext(connection) as asked:
            found = find_families(text, scope=EVERYTHING)
        if not found.households:
            raise RuntimeError(f"Nothing has the words {text}.")
        rows.append(
            row_at_most(
                "issue",
                f"search by {name}, {len(asked)} statements,"
                f" {len(found.households)} families, ms",
                ours=median_ms(lambda text=text: find_families(text, scope=EVERYTHING)),  # type: ignore[misc] # A default keeps the text.
                floor=median_ms(lambda text=text: bare(text)),  # type: ignore[misc] # As above.
                limit=SEARCH_LIMIT,
            )
        )
    return [*rows, plan()]


def plan() -> Row:
    """Tell of how many searches the database reads an index, and no table whole.

    The statements are those that the application sends, after ANALYZE.
    """
    read = sum(reads_an_index(text) for text in ASKED.values())
    what = "searches that read an index of words or names, and no table whole"
    goal = len(ASKED)
    return Row("issue", what, read, goal, read / goal, f"= {goal}", read == goal)


def reads_an_index(text: str) -> bool:
    """Look at the plan of the statement that finds the families of a text."""
    with CaptureQueriesContext(connection) as asked:
        find_families(text, scope=EVERYTHING)
    sent = next(each["sql"] for each in asked if "families_searchentry" in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sent}")
        told = "\n".join(line for (line,) in cursor.fetchall())
    return "Index" in told and not WHOLE.search(told)


def pages(town: Town) -> list[Row]:
    """Measure the pages of the search and of a file, through the whole framework."""
    with tenant_context(town):
        client = browser(HOST)
        clerk = make_clerk("bench@example.com")
        clerk.is_superuser = True
        clerk.save()
        client.force_login(clerk)
        key = Household.objects.get(file_number="F-30012345").public_id
        file = reverse("families_staff:file", args=[key])
        search = f"{reverse('families_staff:search')}?q=anais+loeven"
        floor = median_ms(lambda: bare("anais loeven"))
    rows = []
    for name, path in {"results": search, "a file": file}.items():
        if client.get(path).status_code != 200:
            raise RuntimeError(f"{path} did not answer.")
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        count = sum("search_path" not in each["sql"] for each in asked)
        rows.append(
            row_at_most(
                "issue",
                f"page of {name}, {count} statements, ms",
                ours=median_ms(lambda path=path: client.get(path)),  # type: ignore[misc] # As above.
                floor=floor,
                limit=PAGE_LIMIT,
            )
        )
    return rows


def duplicates() -> list[Row]:
    """Measure the first page of each kind beside reading the names of all adults."""
    floor = median_ms(
        lambda: list(Person.objects.values_list("last_name", "first_name"))
    )
    rows = []
    for kind in Alike:
        with CaptureQueriesContext(connection) as asked:
            find_pairs(kind, scope=EVERYTHING, most=25)
        count = sum("search_path" not in each["sql"] for each in asked)
        rows.append(
            row_at_most(
                "issue",
                f"duplicates, {kind.value}, {count} statements, ms",
                ours=median_ms(
                    lambda kind=kind: find_pairs(kind, scope=EVERYTHING, most=25)  # type: ignore[misc] # As above.
                ),
                floor=floor,
                limit=DUPLICATES_LIMIT,
            )
        )
    return rows


def main() -> None:
    """Open a town, fill it, measure, drop it."""
    prepare_platform(say=print)
    pack = pack_of("rochebelle")
    pack["town"] = {**pack["town"], "name": "Search", "host": HOST}
    town = open_from(pack)
    try:
        with tenant_context(town):
            begun = time.perf_counter()
            with connection.cursor() as cursor:
                cursor.execute(FILL.replace("HOMES", str(HOUSEHOLDS)))
            # The application's role owns no table: its own ANALYZE would do nothing.
            with owner_connection() as owner:
                owner.execute("ANALYZE")
            people = Person.objects.count() + HOUSEHOLDS * 2
            seconds = time.perf_counter() - begun
            print(f"{people} people written in {seconds:.0f} s")  # noqa: T201 - said to who runs it.
            rows = [*searches(), *duplicates()]
        rows += pages(town)
        report("search", rows)
    finally:
        enter_public()
        drop_schema(town.schema_name)
        Town.objects.filter(pk=town.pk).delete()


if __name__ == "__main__":
    main()
