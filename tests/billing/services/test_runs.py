"""The month's invoices, from bookings to numbers."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum

from billing.domain.errors import BillingError
from billing.enums import InvoiceStatus, RunStatus
from billing.models import (
    BillingRun,
    Charge,
    Invoice,
    LedgerEntry,
    LedgerTransaction,
    NumberSeries,
)
from billing.queries.runs import problems_of, totals_of
from billing.services.issuing import issue_invoices
from billing.services.run_errors import (
    DraftRunExistsError,
    NotDraftError,
    NothingToBillError,
    OutdatedRunError,
)
from billing.services.runs import cancel_run, draft_run, issue_run
from catalog.models import Session
from enrolment.enums import BookingStatus
from foundation.journal.models import Entry
from tests.billing.builders import (
    NOVEMBER,
    NOW,
    a_family,
    a_regie,
    book,
    booked,
    excuse,
    lunches,
    november,
)

pytestmark = pytest.mark.django_db


def drafted(**changes):
    return draft_run(regie=a_regie(), period=NOVEMBER, actor=None, now=NOW, **changes)


def test_each_household_gets_one_draft_to_the_cent(rochebelle):
    first, second = a_family(), a_family()
    for session in lunches(november(16)):
        book(first, session, minor=333)
    for session in lunches(november(3)):
        book(second, session, minor=501)

    run = drafted()

    totals = dict(run.invoices.values_list("household_id", "total_minor"))
    assert totals == {first.household.pk: 16 * 333, second.household.pk: 3 * 501}
    assert Charge.objects.filter(invoice__run=run).count() == 19
    assert totals_of(run)["total"] == 16 * 333 + 3 * 501
    assert set(run.invoices.values_list("status", flat=True)) == {"draft"}


def test_each_line_keeps_the_trace_of_its_booking(rochebelle):
    booking = book(a_family(), lunches(november(1))[0], minor=345)

    drafted()

    line = Charge.objects.get(booking=booking)
    assert line.trace == booking.trace
    assert line.split == booking.split
    assert (line.description, line.day) == ("Repas", date(2026, 11, 1))


def test_a_justified_absence_is_shown_for_nothing(rochebelle):
    family = a_family()
    sessions = lunches(november(2))
    excuse(book(family, sessions[0], minor=400))
    book(family, sessions[1], minor=400)

    run = drafted()

    assert run.invoices.get().total_minor == 400
    free = Charge.objects.get(day=date(2026, 11, 1))
    assert free.amount_minor == free.trace["minor"] == 0
    assert free.trace["steps"][-1]["params"]["value"] == "absent_justified"
    assert free.trace["steps"][-1]["before"] == "4"
    assert free.split == {}


def test_cancelled_held_and_foreign_bookings_are_not_billed(rochebelle):
    family = a_family()
    days = lunches(november(3))
    later = lunches([date(2026, 12, 1), date(2026, 10, 31)])
    book(family, days[0], minor=100)
    book(family, days[1], status=BookingStatus.CANCELLED)
    book(family, days[2], status=BookingStatus.HELD, held_until=NOW)
    for session in later:
        book(family, session)

    run = drafted()

    assert run.invoices.get().total_minor == 100


def test_a_late_cancellation_is_billed_and_says_so(rochebelle):
    sessions = lunches(november(2))
    family = a_family()
    late = {"status": BookingStatus.CANCELLED, "cancelled_late": True}
    book(family, sessions[0], minor=345, **late)
    book(family, sessions[1], status=BookingStatus.CANCELLED)

    run = drafted()

    line = Charge.objects.get(invoice__run=run)
    assert line.amount_minor == 345
    assert line.description.startswith("Repas, ")
    assert issue_run(run=run, actor=None, now=NOW) == 1


def test_bookings_without_an_explained_price_are_listed_not_billed(rochebelle):
    family = a_family()
    sessions = lunches(november(3))
    book(family, sessions[0], minor=100)
    book(family, sessions[1], trace={})
    book(family, sessions[2], currency="CAD")

    run = drafted()

    assert run.invoices.get().total_minor == 100
    found = problems_of(run, currency="EUR", today=NOW.date())
    assert [problem.count for problem in found if problem.blocks] == [1, 1]


def test_nothing_to_bill_makes_no_run(rochebelle):
    with pytest.raises(NothingToBillError):
        drafted()

    assert BillingRun.objects.count() == 0


def test_a_regie_has_one_draft_run_at_a_time(rochebelle):
    book(a_family(), lunches(november(1))[0])
    drafted()

    with pytest.raises(DraftRunExistsError):
        drafted()


def test_a_run_given_up_frees_its_bookings(rochebelle):
    booking = book(a_family(), lunches(november(1))[0])
    run = drafted()

    cancel_run(run=run, actor=None)

    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED
    assert Invoice.objects.count() == Charge.objects.count() == 0
    assert drafted().invoices.get().total_minor == booking.price_minor


def test_charges_left_over_join_the_next_run(rochebelle):
    family = a_family()
    session = lunches(november(1))[0]
    book(family, session, minor=1000)
    regie = a_regie()
    extra = Charge.objects.create(
        regie=regie,
        household=family.household,
        service=session.activity.service,
        day=date(2026, 10, 5),
        description="Retenue",
        amount_minor=-250,
        currency="EUR",
    )

    run = drafted()
    cancel_run(run=run, actor=None)
    again = drafted()

    extra.refresh_from_db()
    assert extra.invoice == again.invoices.get()
    assert again.invoices.get().total_minor == 750


def test_numbers_follow_each_other_and_chain(rochebelle):
    for _index in range(3):
        book(a_family(), lunches(november(1))[0])
    run = drafted()

    count = issue_run(run=run, actor=None, now=NOW)

    issued = list(run.invoices.order_by("number"))
    assert count == 3
    assert [invoice.reference for invoice in issued] == [
        "ENFANCE-2026-000001",
        "ENFANCE-2026-000002",
        "ENFANCE-2026-000003",
    ]
    assert [invoice.previous_hash for invoice in issued] == [
        "0" * 64,
        issued[0].hash,
        issued[1].hash,
    ]
    assert {invoice.status for invoice in issued} == {InvoiceStatus.OPEN}
    assert issued[0].due_on == NOW.date() + timedelta(days=20)


def test_an_invoice_keeps_its_addressee(rochebelle):
    family = a_family(last_name="Lefèvre", street_extra="Bâtiment B")
    book(family, lunches(november(1))[0])
    run = drafted()

    issue_run(run=run, actor=None, now=NOW)

    addressee = run.invoices.get().addressee
    assert addressee["name"] == "Zoé Lefèvre"
    assert addressee["lines"] == [
        "Bâtiment B",
        family.household.street,
        "59223 Rochebelle",
    ]
    assert addressee["file_number"] == family.household.file_number


def test_the_ledger_holds_what_each_family_owes(rochebelle):
    families = [a_family(), a_family()]
    for family in families:
        for session in lunches(november(2)):
            book(family, session, minor=250)
    run = drafted()

    issue_run(run=run, actor=None, now=NOW)

    owed = LedgerEntry.objects.filter(account="receivable")
    assert sorted(owed.values_list("household_id", "amount_minor")) == sorted(
        (family.household.pk, 500) for family in families
    )
    revenue = LedgerEntry.objects.filter(account="revenue", code="cantine")
    assert revenue.aggregate(sum=Sum("amount_minor"))["sum"] == -1000
    assert LedgerTransaction.objects.filter(kind="invoice_issued").count() == 2


def test_a_total_of_nothing_is_paid_at_once(rochebelle):
    excuse(book(a_family(), lunches(november(1))[0]))
    run = drafted()

    issue_run(run=run, actor=None, now=NOW)

    assert run.invoices.get().status == InvoiceStatus.PAID
    assert LedgerTransaction.objects.count() == 0


def test_an_issued_run_is_not_issued_again(rochebelle):
    book(a_family(), lunches(november(1))[0])
    run = drafted()
    issue_run(run=run, actor=None, now=NOW)

    with pytest.raises(NotDraftError):
        issue_run(run=run, actor=None, now=NOW)
    with pytest.raises(NotDraftError):
        cancel_run(run=run, actor=None)


def test_a_booking_changed_meanwhile_stops_the_issue(rochebelle):
    booking = book(a_family(), lunches(november(1))[0])
    run = drafted()
    excuse(booking)

    with pytest.raises(OutdatedRunError) as refusal:
        issue_run(run=run, actor=None, now=NOW)

    assert isinstance(refusal.value, BillingError)
    assert Invoice.objects.get().status == InvoiceStatus.DRAFT


def test_a_rolled_back_issue_leaves_no_gap(rochebelle):
    for _index in range(2):
        book(a_family(), lunches(november(1))[0])
    run = drafted()

    with transaction.atomic():
        issue_run(run=run, actor=None, now=NOW)
        transaction.set_rollback(True)

    issue_run(run=run, actor=None, now=NOW)
    assert list(run.invoices.order_by("number").values_list("number", flat=True)) == [
        1,
        2,
    ]
    assert NumberSeries.objects.get(kind="invoice").last_number == 2


def test_issued_invoices_and_their_lines_are_frozen(rochebelle):
    book(a_family(), lunches(november(1))[0])
    run = drafted()
    issue_run(run=run, actor=None, now=NOW)
    changes = [
        lambda: Invoice.objects.update(total_minor=1),
        lambda: Invoice.objects.update(addressee={}),
        lambda: Charge.objects.update(amount_minor=1),
        lambda: Charge.objects.all().delete(),
        lambda: LedgerEntry.objects.update(amount_minor=2),
    ]

    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_drafts_alone_are_issued(rochebelle):
    book(a_family(), lunches(november(1))[0])
    run = drafted()
    issue_run(run=run, actor=None, now=NOW)
    ids = list(run.invoices.values_list("pk", flat=True))

    again = issue_invoices(regie=run.regie, invoice_ids=ids, today=NOW.date())

    assert again == 0


def test_each_decision_is_in_the_journal(rochebelle):
    book(a_family(), lunches(november(1))[0])
    run = drafted()

    issue_run(run=run, actor=None, now=NOW)

    actions = Entry.objects.about("billing.billingrun", run.public_id)
    assert [entry.action for entry in actions] == [
        "billing run drafted",
        "billing run issued",
    ]


@pytest.mark.parametrize("families", [5, 50])
def test_a_run_takes_the_same_statements_whatever_its_size(
    families, rochebelle, django_assert_num_queries
):
    sessions = lunches(november(3))
    Session.objects.update(capacity=None)
    for _index in range(families):
        family = a_family()
        for session in sessions:
            booked(family, session).save()
    regie = a_regie()

    # Four of them look whether ceilings, aids, taxes and exemptions follow the prices.
    with django_assert_num_queries(12):
        run = draft_run(regie=regie, period=NOVEMBER, actor=None, now=NOW)
    with django_assert_num_queries(14):
        issue_run(run=run, actor=None, now=NOW)

    assert run.invoices.filter(status=InvoiceStatus.OPEN).count() == families
