"""Threads, jobs and roles: nothing runs in a town by accident."""

import json
import threading
from datetime import UTC, datetime

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django_tenants.utils import tenant_context
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector
from psycopg import sql

from foundation.accounts.models import Account
from foundation.jobs.town import NoTownError
from foundation.journal.services import record
from foundation.post.models import OutgoingMail
from foundation.post.services import deliver_mail
from foundation.post.tasks import deliver
from foundation.town import current_schema, enter_public
from tenants.gateways.schemas import TEMPLATE_SCHEMA, owner_connection


def test_a_response_leaves_the_thread_in_public(db, rochebelle):
    Client().get("/accounts/login/", headers={"host": "rochebelle.localhost"})

    assert current_schema() == "public"


def test_a_new_thread_starts_in_public(db):
    seen = []
    thread = threading.Thread(target=lambda: seen.append(current_schema()))

    thread.start()
    thread.join()

    assert seen == ["public"]


def test_families_have_no_table_in_public(db):
    enter_public()

    with pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute("SELECT 1 FROM families_household")


def test_the_template_holds_no_account(db):
    with owner_connection() as owner:
        query = sql.SQL("SELECT count(*) FROM {}.accounts_account").format(
            sql.Identifier(TEMPLATE_SCHEMA)
        )
        assert owner.execute(query).fetchone() == (0,)


def test_a_town_s_job_is_refused_outside_towns(db):
    enter_public()
    deliver.in_public = False
    try:
        with pytest.raises(NoTownError):
            deliver.defer(mail_id=1)
        with pytest.raises(NoTownError):
            deliver.run(town="public", mail_id=1)
    finally:
        deliver.in_public = True


def test_a_job_names_its_town_and_nobody(rochebelle):
    with tenant_context(rochebelle):
        deliver.defer(mail_id=12)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args::text FROM procrastinate_jobs ORDER BY id DESC LIMIT 1"
        )
        (arguments,) = cursor.fetchone()
    assert json.loads(arguments) == {"town": rochebelle.schema_name, "mail_id": 12}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET reason = 'x'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "ALTER TABLE journal_entry DISABLE TRIGGER append_only",
        "DROP TABLE journal_entry",
        "UPDATE billing_ledgerentry SET amount_minor = 1",
        "DELETE FROM billing_ledgertransaction",
        "CREATE TABLE intruder (id int)",
    ],
)
def test_the_application_s_role_may_not(rochebelle, statement):
    account = Account.objects.get()
    record(actor=account, action="tested", target=account)

    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_even_the_owner_cannot_rewrite_the_journal(rochebelle):
    with owner_connection() as owner:
        owner.execute(f"SET search_path TO {rochebelle.schema_name}")
        with pytest.raises(psycopg.errors.IntegrityError, match="append-only"):
            owner.execute("UPDATE journal_entry SET reason = 'x'")


def test_the_two_roles_are_two(db):
    assert settings.DATABASES["default"]["USER"] not in settings.OWNER_DATABASE_URL


def test_a_job_deferred_by_a_job_belongs_to_its_transaction(rochebelle):
    """A worker has a connection of its own: using it would start the job too early."""
    outside = InMemoryConnector()

    with app.replace_connector(outside):
        deliver.defer(mail_id=13)

    assert outside.jobs == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (1,)


def test_a_message_that_is_not_there_yet_is_not_taken_for_sent(rochebelle):
    with pytest.raises(OutgoingMail.DoesNotExist):
        deliver_mail(mail_id=999_999, now=datetime.now(UTC))
