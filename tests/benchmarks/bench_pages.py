"""Goal 4: the family's home and month, small family and large one.

Run with `python infra/run_benchmarks.py pages`. The floor answers from the same
gunicorn with five reads and forty rows in a template, without signing anybody in.
Statements are counted on the server; requests a second are taken in turns.
"""

import os
import statistics
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg

django.setup()

from django.conf import settings  # noqa: E402 - Django comes first.
from django.db import connection  # noqa: E402 - same reason.
from django.test.utils import CaptureQueriesContext  # noqa: E402 - same reason.
from django_tenants.utils import tenant_context  # noqa: E402 - same reason.

from billing.models import Invoice  # noqa: E402 - same reason.
from catalog.models import Session  # noqa: E402 - same reason.
from tenants.models import Town  # noqa: E402 - same reason.
from tests.benchmarks.floor_tables import TABLES  # noqa: E402 - same reason.
from tests.benchmarks.report import (  # noqa: E402 - same reason.
    Row,
    report,
    row_at_least,
    row_at_most,
)
from tests.benchmarks.web import Browser, Web, serving, together  # noqa: E402 - same.
from tests.billing.builders import a_regie  # noqa: E402 - same reason.
from tests.conftest import (  # noqa: E402 - same reason.
    admin,
    execute,
    prepare_template,
    use_database,
)
from tests.enrolment.booking_builders import (  # noqa: E402 - same reason.
    accepted_family,
    activity,
    book,
)
from tests.enrolment.request_builders import sign_in  # noqa: E402 - same reason.
from tests.families.builders import PASSWORD, Family  # noqa: E402 - same reason.

HOST = "rochebelle.localhost"
DATABASE = "preau_bench_pages"
ROUNDS, PEOPLE, EACH = 3, 8, 15
MOST_STATEMENTS = 12
#: Requests a second of the peers on the same work and machine.
NOETHYSWEB, PRETIX = 9, 6.7
FILL = """
INSERT INTO floor_booking (session_id, child, price)
SELECT 1, number, 235 FROM generate_series(1, 200) AS number
"""


def main() -> None:
    """Measure and print."""
    small, large = prepare()
    pages = {"home": "/my/", "month": _month(large)}
    rows = [*count(small, large)]
    with (
        serving("portal.wsgi:application", DATABASE_URL=_renamed(_app_url())) as ours,
        serving(
            "tests.benchmarks.floor_app:application",
            FLOOR_DATABASE_URL=_renamed(settings.OWNER_DATABASE_URL),
        ) as floor,
    ):
        browsers = [_signed_in(ours, large, index) for index in range(PEOPLE)]
        lines = [Browser(floor.port, "localhost") for _ in range(PEOPLE)]
        rates: dict[str, list[float]] = {name: [] for name in [*pages, "floor"]}
        for _round in range(ROUNDS):
            rates["floor"].append(_per_second(lines, "/page"))
            for name, path in pages.items():
                rates[name].append(_per_second(browsers, path))
    medians = {name: statistics.median(found) for name, found in rates.items()}
    report("pages", [*rows, *_beside(medians)])


def prepare() -> tuple[Family, Family]:
    """Open a file with one child and one with five, booked and billed."""
    template = prepare_template()
    with admin() as server:
        execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", DATABASE)
        execute(server, "CREATE DATABASE {} TEMPLATE {}", DATABASE, template)
    use_database(DATABASE)
    with psycopg.connect(
        _renamed(settings.OWNER_DATABASE_URL), autocommit=True
    ) as server:
        server.execute(TABLES)
        server.execute(FILL)
    with tenant_context(_town()):
        Session.objects.update(capacity=None)
        small = accepted_family("small@example.com", "Lina")
        large = accepted_family("large@example.com", "Ana", "Bo", "Cléo", "Dan", "Eva")
        days = Session.objects.filter(
            activity__code="repas", starts_on__gte="2026-11-24"
        )
        book(small, days[0])
        for child in range(5):
            book(large, *days[:40], child=child)
        bill(small, 1)
        bill(large, 36)
    connection.close()
    return small, large


def bill(family: Family, months: int) -> None:
    """Add one issued invoice for each of the last months."""
    regie = a_regie()
    for index in range(months):
        year, month = divmod(2023 * 12 + 10 + index, 12)
        first = date(year, month + 1, 1)
        Invoice.objects.create(
            regie=regie,
            household=family.household,
            status="open",
            series_year=year,
            number=months * 100 + index,
            reference=f"{months}-{year}-{index + 1}",
            issued_on=first,
            due_on=first,
            from_on=first,
            until_on=first + timedelta(days=28),
            total_minor=4700,
            currency="EUR",
        )


def count(small: Family, large: Family) -> list[Row]:
    """Count the statements of both pages, for both families."""
    rows = []
    for name, path_of in {"home": lambda _f: "/my/", "month": _month}.items():
        counts = []
        for family in (small, large):
            with tenant_context(_town()):
                client = sign_in(family.account)
                path = path_of(family)
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            counts.append(sum("search_path" not in each["sql"] for each in asked))
        few, many = counts
        same = row_at_most(
            "4",
            f"{name}: statements of the large family",
            ours=many,
            floor=MOST_STATEMENTS,
            limit=1,
        )
        rows += [
            same,
            Row(
                "4",
                f"{name}: same count, small and large",
                many,
                few,
                many / few,
                "= 1",
                few == many,
            ),
        ]
    return rows


def _beside(rates: dict[str, float]) -> list[Row]:
    floor = rates["floor"]
    return [
        row_at_least(
            "4",
            "home, requests/s beside five reads and forty rows",
            ours=rates["home"],
            floor=floor,
            limit=0.5,
        ),
        row_at_least(
            "4",
            "month, requests/s beside five reads and forty rows",
            ours=rates["month"],
            floor=floor,
            limit=0.5,
        ),
        row_at_least(
            "4",
            "month, requests/s beside Noethysweb's planning",
            ours=rates["month"],
            floor=NOETHYSWEB,
            limit=8,
        ),
        row_at_least(
            "4",
            "home, requests/s beside pretix's shop",
            ours=rates["home"],
            floor=PRETIX,
            limit=5,
        ),
    ]


def _per_second(browsers: Sequence[Browser], path: str) -> float:
    acts = [partial(_ask, browser, path) for browser in browsers]
    return len(acts) * EACH / together(acts, PEOPLE)


def _ask(browser: Browser, path: str) -> None:
    for _ in range(EACH):
        status, _page, _location = browser.get(path)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")


def _signed_in(web: Web, family: Family, index: int) -> Browser:
    browser = Browser(web.port, HOST, f"127.0.0.{10 + index}")
    browser.sign_in(family.account.email, PASSWORD)
    return browser


def _month(family: Family) -> str:
    with tenant_context(_town()):
        ids = family.children[0].public_id, activity("repas").public_id
    return f"/my/bookings/{ids[0]}/{ids[1]}/?month=2026-12"


def _town() -> Town:
    found: Town = Town.objects.get(name="Rochebelle")
    return found


def _app_url() -> str:
    return os.environ["DATABASE_URL"]


def _renamed(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{DATABASE}"))


if __name__ == "__main__":
    main()
