"""Many at once, on real connections: no gap, no double, nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django_tenants.utils import tenant_context

from billing.domain.errors import BillingError
from billing.enums import InvoiceStatus, PaymentMethod
from billing.models import Invoice, LedgerEntry, NumberSeries, Payment
from billing.queries.chain import find_altered_invoice
from billing.services.collecting import Receipt, record_payment
from billing.services.orders import bill_order
from billing.services.runs import draft_run, issue_run
from enrolment.models import Order
from tests import cast
from tests.billing.builders import (
    NOVEMBER,
    NOW,
    a_family,
    a_regie,
    an_order,
    book,
    lunches,
    november,
)

WORKERS = 6


class PowerCutError(Exception):
    """A transaction that does not reach its end."""


def cut_power(now):
    if now:
        raise PowerCutError


@pytest.fixture
def town(committed, settings, tmp_path):
    """A town of its own with a catalogue, really written."""
    settings.PREAU_PRIVATE_ROOT = tmp_path
    pack = cast.pack_of("rochebelle")
    pack["town"] |= {"name": "Concurrence", "host": "concurrence.localhost"}
    return cast.open_from(pack)


def in_threads(town, work, arguments):
    """Run the work for each argument, on connections of their own."""

    def run(argument):
        try:
            with tenant_context(town):
                return work(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as threads:
        return list(threads.map(run, arguments))


def test_orders_billed_at_once_leave_no_gap_even_with_failures(town):
    with tenant_context(town):
        a_regie()
        ids = [an_order(a_family()).pk for _index in range(2)]
        sessions = lunches(november(20))
        ids += [_order_of_lunch(session) for session in sessions[:18]]

    def bill(order_id):
        try:
            with transaction.atomic():
                bill_order(order=Order.objects.get(pk=order_id), now=NOW)
                cut_power(order_id % 4 == 0)
        except PowerCutError:
            return 0
        return 1

    done = sum(in_threads(town, bill, ids))

    with tenant_context(town):
        issued = Invoice.objects.order_by("number")
        numbers = list(issued.values_list("number", flat=True))
        assert 0 < done < len(ids)
        assert numbers == list(range(1, done + 1))
        assert NumberSeries.objects.get(kind="invoice").last_number == done
        chain = Invoice.objects.order_by("number").values_list("previous_hash", "hash")
        previous = "0" * 64
        for before, now in chain:
            assert before == previous
            previous = now


def test_a_run_issued_by_two_clerks_is_issued_once(town):
    with tenant_context(town):
        for _index in range(5):
            book(a_family(), lunches(november(1))[0])
        run = draft_run(regie=a_regie(), period=NOVEMBER, actor=None, now=NOW)

    def issue(_index):
        try:
            return issue_run(run=run, actor=None, now=NOW)
        except BillingError:
            return 0

    counts = in_threads(town, issue, range(4))

    with tenant_context(town):
        assert sorted(counts) == [0, 0, 0, 5]
        assert Invoice.objects.filter(status=InvoiceStatus.OPEN).count() == 5


@pytest.mark.parametrize(
    "alteration",
    [
        "UPDATE billing_charge SET amount_minor = amount_minor + 1",
        "UPDATE billing_charge SET trace = '{}'",
        "UPDATE billing_invoice SET total_minor = 1",
        """UPDATE billing_invoice SET addressee = '{"name": "Nobody"}'""",
        "DELETE FROM billing_charge",
    ],
)
def test_an_alteration_behind_our_back_is_found(alteration, town):
    with tenant_context(town):
        for _index in range(4):
            book(a_family(), lunches(november(1))[0])
        regie = a_regie()
        run = draft_run(regie=regie, period=NOVEMBER, actor=None, now=NOW)
        issue_run(run=run, actor=None, now=NOW)
        second = run.invoices.get(number=2)
        column = "invoice_id" if "billing_charge" in alteration else "id"
        assert find_altered_invoice(regie=regie, year=2026) is None

    as_owner(town, f"{alteration} WHERE {column} = {second.pk}")

    with tenant_context(town):
        assert find_altered_invoice(regie=regie, year=2026) == second


def as_owner(town, statement):
    """Do what only somebody with the owner's password could: switch off triggers."""
    with psycopg.connect(settings.OWNER_DATABASE_URL) as server:
        server.execute(f'SET search_path TO "{town.schema_name}", public')
        for table in ("billing_invoice", "billing_charge"):
            server.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        server.execute(statement)
        server.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("billing_invoice", "billing_charge"):
            server.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_two_clerks_draft_one_run(town):
    with tenant_context(town):
        book(a_family(), lunches(november(1))[0])
        regie = a_regie()

    def draft(_index):
        try:
            return draft_run(regie=regie, period=NOVEMBER, actor=None, now=NOW).pk
        except BillingError:
            return None

    made = [pk for pk in in_threads(town, draft, range(4)) if pk]

    assert len(made) == 1


def test_payments_at_once_are_all_kept(town):
    with tenant_context(town):
        family = a_family()
        book(family, lunches(november(1))[0], minor=1000)
        run = draft_run(regie=a_regie(), period=NOVEMBER, actor=None, now=NOW)
        issue_run(run=run, actor=None, now=NOW)
        invoice = run.invoices.get()

    def pay(index):
        receipt = Receipt(
            PaymentMethod.CARD, 300, datetime(2026, 12, 2, tzinfo=UTC), f"pi_{index}"
        )
        record_payment(invoice=invoice, receipt=receipt, actor=None)

    in_threads(town, pay, range(5))

    with tenant_context(town):
        invoice.refresh_from_db()
        numbers = sorted(Payment.objects.values_list("receipt_number", flat=True))
        assert (invoice.status, invoice.paid_minor) == (InvoiceStatus.PAID, 1000)
        assert numbers == [1, 2, 3, 4, 5]
        credit = LedgerEntry.objects.filter(account="credit")
        assert sum(credit.values_list("amount_minor", flat=True)) == -500


def _order_of_lunch(session):
    """Return an order that prepays one lunch: its service is made prepaid."""
    service = session.activity.service
    service.billing_mode = "prepaid"
    service.save(update_fields=["billing_mode"])
    family = a_family()
    order = Order.objects.create(
        reference=f"L-{family.household.pk}",
        household=family.household,
        placed_by=family.account,
        placed_at=NOW,
        total_minor=345,
        currency="EUR",
    )
    book(family, session, order=order)
    return order.pk
