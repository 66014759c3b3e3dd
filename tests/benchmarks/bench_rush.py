"""Goal 1: opening day. Nobody is oversold, and the rules cost little.

Run with `python infra/run_benchmarks.py rush`. People sign in through the real page,
then send what a browser sends. The floor is one UPDATE..INSERT behind the same
gunicorn: no sign-in, no rule, no price, no journal. Both are measured in turns.
"""

import http.client
import os
import re
import statistics
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg

django.setup()

from django.conf import settings  # noqa: E402 - Django comes first.
from django.db import connection  # noqa: E402 - same reason.
from django_tenants.utils import tenant_context  # noqa: E402 - same reason.

from catalog.models import Session  # noqa: E402 - same reason.
from enrolment.models import Booking  # noqa: E402 - same reason.
from tenants.models import Town  # noqa: E402 - same reason.
from tests.benchmarks.floor_tables import TABLES  # noqa: E402 - same reason.
from tests.benchmarks.report import Row, report, row_at_least  # noqa: E402 - same.
from tests.benchmarks.web import (  # noqa: E402 - same reason.
    Browser,
    Web,
    serving,
    together,
    token,
)
from tests.conftest import admin, execute, prepare_template, use_database  # noqa: E402 - same.
from tests.enrolment.booking_builders import accepted_family, activity, lunch  # noqa: E402 - same.
from tests.families.builders import PASSWORD, Family  # noqa: E402 - same reason.

PEOPLE, CHILDREN, PLACES, TRIES = 50, 8, 30, 200
ROUNDS = 3
HOST = "rochebelle.localhost"
DATABASE = "preau_bench_rush"
#: Orders a second of pretix on the same session, measured on the same machine.
PRETIX = 7.9
FIELDS = re.compile(r'name="(form_key|add)" value="([^"]+)"')


def main() -> None:
    """Measure and print."""
    families, town = prepare()
    env = {"FLOOR_DATABASE_URL": _owner_url()}
    with (
        serving("portal.wsgi:application", DATABASE_URL=_app_url()) as ours,
        serving("tests.benchmarks.floor_app:application", **env) as floor,
    ):
        browsers = sign_everybody_in(ours, families)
        rows = [rush(town, ours, browsers, families, "2026-12-03", kill=False)]
        rows.append(rush(town, ours, browsers, families, "2026-12-04", kill=True))
        rows += unlimited(town, floor, browsers, families)
    report("rush", rows)


def prepare() -> tuple[list[Family], Town]:
    """Copy the two towns, and open fifty files of eight children in the first."""
    template = prepare_template()
    with admin() as server:
        execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", DATABASE)
        execute(server, "CREATE DATABASE {} TEMPLATE {}", DATABASE, template)
    use_database(DATABASE)
    with psycopg.connect(_owner_url(), autocommit=True) as server:
        server.execute(TABLES)
    town = Town.objects.get(name="Rochebelle")
    with tenant_context(town):
        names = [f"Enfant{number}" for number in range(CHILDREN)]
        families = [accepted_family(f"p{n}@example.com", *names) for n in range(PEOPLE)]
        Session.objects.update(capacity=None)
        for day in ("2026-12-03", "2026-12-04"):
            Session.objects.filter(pk=lunch(day).pk).update(capacity=PLACES)
    connection.close()
    return families, town


def sign_everybody_in(web: Web, families: list[Family]) -> list[Browser]:
    """Open a browser for each family, through the sign-in page."""
    browsers = [
        Browser(web.port, HOST, f"127.0.0.{10 + index}")
        for index in range(len(families))
    ]
    acts = [
        partial(browser.sign_in, family.account.email, PASSWORD)
        for browser, family in zip(browsers, families, strict=True)
    ]
    seconds = together(acts, 8)
    print(f"{PEOPLE / seconds:.1f} people signed in a second")  # noqa: T201 - part of the report.
    return browsers


def rush(
    town: Town,
    web: Web,
    browsers: list[Browser],
    families: list[Family],
    day: str,
    *,
    kill: bool,
) -> Row:
    """Let fifty people try two hundred times to have one of thirty places."""
    with tenant_context(town):
        session = lunch(day)
        urls = [_url(family, 0) for family in families]
    answers: Counter[str] = Counter()

    def tries(browser: Browser, url: str) -> None:
        for _ in range(TRIES // PEOPLE):
            answers[attempt(browser, url, str(session.public_id))] += 1

    if kill:
        threading.Timer(0.6, web.kill_one_worker).start()
    acts = [partial(tries, b, u) for b, u in zip(browsers, urls, strict=True)]
    seconds = together(acts, PEOPLE)
    with tenant_context(town):
        booked = Booking.objects.filter(session=session, status="booked").count()
        counted = Session.objects.get(pk=session.pk).seats_taken
    connection.close()
    print(f"{TRIES} tries in {seconds:.1f} s: {dict(answers)}; {counted} counted")  # noqa: T201 - part of the report.
    what = "booked of 30 places by 200 tries" + (", a worker killed" if kill else "")
    ok = booked == counted == PLACES and not answers["error"]
    return Row("1", what, booked, PLACES, booked / PLACES, "= 1", ok)


def attempt(browser: Browser, url: str, session: str) -> str:
    """Check and confirm one day; a connection cut by a killed worker is tried again."""
    for _again in range(3):
        try:
            _status, page, _location = browser.get(_check(url, session))
            data = _form(page)
            if "add" not in data:
                return "refused when checking"
            status, _page, location = browser.post(f"{url}check/", data)
        except (OSError, http.client.HTTPException):
            continue
        if status != 302:
            return "error"
        return "booked" if "/orders/" in location else "refused when confirming"
    return "error"


def unlimited(
    town: Town, floor: Web, browsers: list[Browser], families: list[Family]
) -> list[Row]:
    """Book one session without limit: the whole journey, and its last step alone."""
    days = ["2026-12-07", "2026-12-08", "2026-12-10"][:ROUNDS]
    whole, confirming, floors = [], [], []
    for day in days:
        with tenant_context(town):
            session = str(lunch(day).public_id)
            urls = [[_url(f, n) for n in range(CHILDREN)] for f in families]
        connection.close()
        half = CHILDREN // 2
        pairs = list(zip(browsers, urls, strict=True))
        whole.append(
            _per_second([_journey(b, u[:half], session) for b, u in pairs], half)
        )
        forms = [
            [(url, _form(b.get(_check(url, session))[1])) for url in u[half:]]
            for b, u in pairs
        ]
        posts = [
            partial(_post_all, browser, each)
            for browser, each in zip(browsers, forms, strict=True)
        ]
        confirming.append(_per_second(posts, CHILDREN - half))
        lines = [Browser(floor.port, "localhost") for _ in range(8)]
        acts = [partial(_floor, line, 100) for line in lines]
        floors.append(_per_second(acts, 100))
    base = statistics.median(floors)
    rate, last = statistics.median(whole), statistics.median(confirming)
    return [
        row_at_least(
            "1",
            "orders/s, checked and confirmed, beside one statement",
            ours=rate,
            floor=base,
            limit=0.25,
        ),
        row_at_least(
            "1",
            "orders/s, the confirmation alone, beside one statement",
            ours=last,
            floor=base,
            limit=0.25,
        ),
        row_at_least(
            "1",
            "orders/s, checked and confirmed, beside pretix",
            ours=rate,
            floor=PRETIX,
            limit=15,
        ),
    ]


def _journey(browser: Browser, urls: list[str], session: str) -> Callable[[], object]:
    def act() -> None:
        for url in urls:
            _must_book(browser, url, session)

    return act


def _must_book(browser: Browser, url: str, session: str) -> None:
    answer = attempt(browser, url, session)
    if answer != "booked":
        raise RuntimeError(answer)


def _post_all(
    browser: Browser, forms: Sequence[tuple[str, dict[str, list[str]]]]
) -> None:
    for url, data in forms:
        status, _page, location = browser.post(f"{url}check/", data)
        if status != 302 or "/orders/" not in location:
            raise RuntimeError(f"{status} {location}")


def _floor(browser: Browser, times: int) -> None:
    for _ in range(times):
        browser.get("/book")


def _per_second(acts: Sequence[Callable[[], object]], each: int) -> float:
    return len(acts) * each / together(acts, 8)


def _form(page: str) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {"csrfmiddlewaretoken": [token(page)]}
    for name, value in FIELDS.findall(page):
        data.setdefault(name, []).append(value)
    return data


def _url(family: Family, child: int) -> str:
    ids = family.children[child].public_id, activity("repas").public_id
    return f"/my/bookings/{ids[0]}/{ids[1]}/"


def _check(url: str, session: str) -> str:
    return f"{url}check/?day={session}&month=2026-12"


def _app_url() -> str:
    return _renamed(os.environ["DATABASE_URL"])


def _owner_url() -> str:
    return _renamed(settings.OWNER_DATABASE_URL)


def _renamed(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{DATABASE}"))


if __name__ == "__main__":
    main()
