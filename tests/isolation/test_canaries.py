"""Canaries in every personal field: the copy has them all, an erasure leaves none.

What stays after an erasure is listed here by field, each with the reason that
docs/operations/personal-data.md gives: a new one has to be decided.
"""

import io
import logging
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_django
from django.db import transaction
from django.test import override_settings
from django_tenants.utils import tenant_context

from families.services.privacy.archive import write_archive
from families.services.privacy.erasing import erase_households
from families.services.privacy.whose import whose_copy
from foundation.accounts.models import Account
from foundation.post.models import OutgoingMail
from foundation.privacy.classes import DataClass, Fate
from foundation.privacy.registry import tables
from foundation.town import enter_public
from tenants.models import Town
from tests.billing.jobs import enter
from tests.families.builders import NOW, browser
from tests.hostile.addresses import addresses
from tests.hostile.asking import ask
from tests.hostile.filling import fill, fill_town
from tests.hostile.planted import Planted, bill, clerk_within, plant
from tests.isolation.canaries import (
    Cage,
    fields_for_words,
    in_files,
    in_the_database,
    put_canaries,
    sealed_places,
)

#: What an erasure keeps: the books, whole, until the law lets go of them.
BOOKS = {
    f"{table.label}.{name}"
    for table in tables()
    if table.label.startswith("billing.") and table.fate == Fate.STAYS
    for name in table.classes
}
KEPT = {
    # Never given again: a number that somebody once had would open another file.
    "families.household.file_number",
    # The parts of an amount that was billed; what they were made from goes.
    "enrolment.booking.split",
}
HEALTH = {
    f"{table.label}.{name}"
    for table in tables()
    for name, each in table.classes.items()
    if each == DataClass.HEALTH
}


class Listener(logging.Handler):
    """Keeps every line of the logs, whatever its level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line, and what came with it."""
        self.lines.append(f"{record.getMessage()} {record.__dict__} {record.exc_text}")


@contextmanager
def listening() -> Iterator[list[str]]:
    """Hear every line that is written to the logs meanwhile."""
    listener, root = Listener(), logging.getLogger()
    level = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    # A visit where all is well may write nothing: this line shows that we hear.
    logging.getLogger("foundation").debug("Listening")
    try:
        yield listener.lines
    finally:
        root.setLevel(level)
        root.removeHandler(listener)


def walk(town: Town, account: Account) -> Iterator[tuple[str, str]]:
    """Open every page of the town that names nothing; yield what each said."""
    client = browser()
    client.raise_request_exception = False
    account = Account.objects.get(pk=account.pk)
    client.force_login(account)
    for address in addresses("portal.urls_town"):
        if not address.names and "logout" not in address.route:
            answer = ask(client, "GET", address.path())
            yield address.route, answer.said.decode("latin-1")
    enter(town)


def everywhere(cage: Cage) -> set[str]:
    """Return the fields whose canaries are in a table or in a file of the town."""
    return set().union(*in_the_database(cage).values()) | in_files(cage)


@dataclass
class Caged:
    """A family with a canary in every field, a neighbour with its own."""

    town: Town
    mine: Planted
    cage: Cage
    neighbour: Planted
    others: Cage


@pytest.fixture(scope="module")
def caged(
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Caged]:
    """Plant both families once, in the town, and take everything back."""
    quiet = override_settings(
        PREAU_PRIVATE_ROOT=tmp_path_factory.mktemp("private"),
        EMAIL_BACKEND="foundation.post.backends.OutboxBackend",
        STRIPE_API_BASE="http://127.0.0.1:9",
    )
    block = transaction.atomic()
    # As in a TestCase: services that must be alone in their block may run in it.
    block._from_testcase = True  # type: ignore[attr-defined] # Django's own mark.
    with django_db_blocker.unblock(), quiet, block:
        town = Town.objects.get(name="Rochebelle")
        with tenant_context(town):
            yield _caged(town)
        enter_public()
        transaction.set_rollback(True)


def _caged(town: Town) -> Caged:
    mine, neighbour = (
        plant(mark, postal_code="59223", service="cantine")
        for mark in ("Zorglubane", "Hugolinet")
    )
    bill(mine, neighbour)
    fill_town("Municipalis")
    for planted in (mine, neighbour):
        fill(planted.mark, planted.family)
    cages = put_canaries(mine, "qzx"), put_canaries(neighbour, "wvk")
    return Caged(town, mine, cages[0], neighbour, cages[1])


@pytest.fixture(autouse=True)
def in_town(caged: Caged) -> Iterator[None]:
    """Begin and end each test in the town, whatever its pages did."""
    with tenant_context(caged.town), transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_personal_field_that_holds_words_has_a_canary(
    caged: Caged,
) -> None:
    cage = caged.cage

    wanted = {
        f"{table.label}.{each.name}"
        for table in tables()
        if table.is_personal and table.label != "families.searchentry"
        for each in fields_for_words(table)
    }

    assert wanted == set(cage.words.values())


def test_the_copy_has_every_canary_and_none_of_a_neighbour(
    caged: Caged,
) -> None:
    mine, cage = caged.mine, caged.cage
    target = io.BytesIO()

    write_archive(target, whose=whose_copy(mine.family.person), now=NOW)

    with zipfile.ZipFile(target) as archive:
        text = "\n".join(
            archive.read(name).decode("latin-1") for name in archive.namelist()
        )
    planted = set(cage.words.values())
    assert planted - cage.seen_in(text) == planted & sealed_places()
    assert caged.others.seen_in(text) == set()


def test_nobody_else_s_pages_mails_and_logs_hold_a_canary(caged: Caged) -> None:
    cage = caged.cage
    clerk = clerk_within("sports@rochebelle.example", department="sports")
    last = OutgoingMail.objects.latest("pk").pk
    shown = []

    with listening() as lines:
        for account in (caged.neighbour.family.account, clerk):
            for route, said in walk(caged.town, account):
                shown += [(str(account), route, each) for each in cage.seen_in(said)]

    new = OutgoingMail.objects.filter(pk__gt=last)
    mails = list(new.values_list("text", "html", "subject", "recipients"))
    assert shown == []
    assert cage.seen_in(str(mails)) == set()
    assert cage.seen_in("\n".join(lines)) == set()


def test_what_a_family_reads_of_its_own_is_not_told_to_the_logs(
    caged: Caged,
) -> None:
    cage, read = caged.cage, set()

    with listening() as lines:
        for _route, said in walk(caged.town, caged.mine.family.account):
            read |= cage.seen_in(said)

    assert read
    assert "Listening" in lines[0]
    assert cage.seen_in("\n".join(lines)) == set()


def test_an_erasure_leaves_a_canary_in_the_books_only(
    caged: Caged, django_capture_on_commit_callbacks: Any
) -> None:
    mine, cage = caged.mine, caged.cage
    before, neighbours = everywhere(cage), everywhere(caged.others)
    assert before == set(cage.words.values())

    with listening() as lines, django_capture_on_commit_callbacks(execute=True):
        erase_households(households=[mine.family.household.pk], actor=None, now=NOW)

    left = everywhere(cage)
    assert left - BOOKS == KEPT
    assert left & BOOKS
    assert left & HEALTH == set()
    assert everywhere(caged.others) == neighbours
    assert cage.seen_in("\n".join(lines)) == set()
