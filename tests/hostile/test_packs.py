"""Configuration files of all sorts: taken whole, or refused in words with nothing kept.

Wrong files one by one are in tests/tenants: its gateways for YAML itself, test_packs.py
for each key, townhall/test_configuration.py for the page of administrators.
"""

import json
import re
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from foundation.accounts.models import Account
from foundation.problems import ConfigurationError, Problem, explain
from infra import translations
from tenants.gateways.pack_files import (
    MAX_BYTES,
    MAX_VALUES,
    read_pack_file,
    write_pack_file,
)
from tenants.models import Town
from tenants.services.opening import checked_pack
from tenants.services.packing import export_pack, import_pack
from tests.catalog.views.staff_steps import administrator, inside
from tests.hostile.spoiling import WRONG, shaped, spoilt, spots

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "pack.schema.json").read_text())
EVERYTHING = read_pack_file((ROOT / "tests/tenants/everything.yaml").read_bytes())
SPOTS = list(spots(EVERYTHING))
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
PAGE = "/admin/configuration/"
#: A sentence repeats some of what was written, never all of it.
LONGEST_SENTENCE = 1_000


def unclear(error: ConfigurationError) -> list[str]:
    """Return the problems that say no place, or no reason that people read."""
    found = []
    for problem in error.problems:
        said = explain(problem)
        is_code = said == str(problem).partition(": ")[2]
        if not problem.path or is_code or len(said) > LONGEST_SENTENCE:
            found.append(str(problem)[:200])
    return found


def refusal_of(data: Any) -> ConfigurationError | None:
    try:
        checked_pack(data)
    except ConfigurationError as error:
        return error
    return None


@settings(max_examples=150, deadline=None)
@given(spot=st.sampled_from(SPOTS), value=st.sampled_from(WRONG))
def test_whatever_stands_in_a_pack_is_read_or_refused_in_words(
    spot: Any, value: Any
) -> None:
    refused = refusal_of(spoilt(EVERYTHING, spot, value))

    assert refused is None or unclear(refused) == []


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=shaped(SCHEMA, SCHEMA))
def test_whatever_looks_like_a_pack_is_read_or_refused_in_words(data: Any) -> None:
    refused = refusal_of(data)

    assert refused is None or unclear(refused) == []


REASON = re.compile(r'(?:refuse\(\s*[^,()]+,|Problem\([^,]+,)\s*"(\w+)"')
READERS = ("catalog", "billing", "families", "tenants", "cms", "platform")


def test_each_reason_of_the_readers_has_its_sentence() -> None:
    reasons = {
        reason
        for folder in READERS
        for file in (ROOT / folder).rglob("*.py")
        for reason in REASON.findall(file.read_text())
    }

    assert len(reasons) > MANY_REASONS
    assert {each for each in reasons if not is_taught(each)} == set()


MANY_REASONS = 50


def is_taught(reason: str) -> bool:
    try:
        return explain(Problem("x", reason)) != reason
    except KeyError:
        # A sentence that names its parameters.
        return True


def contents() -> dict[str, tuple[int, str]]:
    """Return how many rows each table of the town has, and a digest of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(
                "SELECT count(*), coalesce(md5(string_agg(t::text, '|'"
                f" ORDER BY t::text)), '') FROM \"{table}\" AS t"
            )
            found[table] = cursor.fetchone()
    return found


def put(town: Town, data: Any) -> ConfigurationError | None:
    """Import a file for real, then take it back; return the refusal, if any."""
    actor = Account.objects.filter(is_superuser=True).earliest("pk")
    try:
        read = read_pack_file(write_pack_file(data))
        with transaction.atomic():
            import_pack(town=town, data=read, actor=actor, now=NOW)
            transaction.set_rollback(True)
    except ConfigurationError as error:
        return error
    return None


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_an_import_is_done_or_refused_in_words_and_keeps_nothing(
    rochebelle: Town, data: Any
) -> None:
    whole = export_pack(town=rochebelle)
    before = contents()
    value = data.draw(st.sampled_from(WRONG))
    for spot in data.draw(
        st.lists(st.sampled_from(list(spots(whole))), min_size=1, max_size=2)
    ):
        try:
            whole = spoilt(whole, spot, value)
        except (KeyError, IndexError, TypeError, AttributeError):
            continue

    refused = put(rochebelle, whole)

    assert refused is None or unclear(refused) == []
    assert contents() == before


@pytest.fixture
def spare(rochebelle: Town) -> dict[str, Any]:
    """A file that changes much, and fails in the middle."""
    whole = export_pack(town=rochebelle)
    for each in whole["services"]:
        each["summary"] = "Perdu"
    whole["regies"][0]["name"] = "Perdue"
    whole["regies"].append({**whole["regies"][0], "code": "r" * 25})
    return whole


def test_an_import_that_fails_in_the_middle_leaves_the_town_as_it_was(
    rochebelle: Town, spare: dict[str, Any]
) -> None:
    before = contents()

    refused = put(rochebelle, spare)

    assert refused is not None
    assert unclear(refused) == []
    assert contents() == before


ITEMS = b"- x\n" * (MAX_VALUES + 10)
HEAVY = {
    "ten megabytes": b"#" * (10 * 1024 * 1024),
    "laughs": b"a: &a [lol]\n" + b"".join(b"b%d: [*a, *a]\n" % n for n in range(9_000)),
    "many items": b"services:\n" + ITEMS,
    "many brackets": b"a: [" + b"[]," * MAX_VALUES + b"]",
    "deep": b"a: " + b"{a: " * 10_000,
    "one text": b"terms_of_use: " + b"x" * (MAX_BYTES - 20),
    "escapes": b'terms_of_use: "a\\0b"\n',
    "half a letter": b'terms_of_use: "a\\ud800b"\n',
    "far away": b"calendar: {periods: [{code: a, kind: holiday, name: A, from: "
    b'"0001-01-01", until: "9999-12-31"}]}\n',
}
MOST_SECONDS, MOST_MEMORY = 60, 150 * 1024 * 1024


@pytest.mark.parametrize("content", HEAVY.values(), ids=HEAVY.keys())
def test_a_heavy_file_costs_little(content: bytes) -> None:
    tracemalloc.start()
    begun = time.process_time()

    try:
        refused = refusal_of(read_pack_file(content))
    except ConfigurationError as error:
        refused = error
    taken = time.process_time() - begun
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert refused is not None
    assert taken < MOST_SECONDS
    assert peak < MOST_MEMORY


@pytest.fixture
def french(settings: Any, tmp_path: Path) -> None:
    """Let pages speak French, as the catalogue has it now."""
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as output:
        write_mo(output, translations.read("fr"))
    settings.LOCALE_PATHS = [tmp_path]


SAID_IN_FRENCH = {
    "unknown key": (b"surprise: 1\n", "surprise", "orthographe"),
    "twice": (b"services: []\nservices: []\n", "line 2, column 1", "deux fois"),
    "alias": (b"a: &a [x]\nb: [*a]\n", "line 1, column 4", "ancres"),
    "tab": (b"a:\n\tb: 1\n", "line 2, column 1", "YAML"),
    "type": (b"services: {a: 1}\n", "services", "liste"),
    "escape": (b'terms_of_use: "\\0"\n', "line 1, column 15", "caractères"),
    "heavy": (b"#" * (MAX_BYTES + 1), "file", "trop"),
}


@pytest.mark.parametrize(
    ("content", "place", "word"), SAID_IN_FRENCH.values(), ids=SAID_IN_FRENCH.keys()
)
@pytest.mark.usefixtures("french")
def test_the_page_says_the_place_and_the_reason_in_french(
    rochebelle: Town, content: bytes, place: str, word: str
) -> None:
    with inside(rochebelle):
        before = contents()
    desk = administrator(rochebelle)

    page = desk.post(
        PAGE,
        {"pack": SimpleUploadedFile("pack.yaml", content)},
        headers={"accept-language": "fr"},
    )

    said = page.content.decode()
    assert page.status_code == 422
    assert place in said
    assert word in said
    with inside(rochebelle):
        after = contents()
    assert {name for name in before if before[name] != after[name]} <= READ_ONLY


# Written by any page that is read.
READ_ONLY = {"django_session", "accounts_account", "preau_cache"}
