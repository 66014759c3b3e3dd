"""Late pick-ups on invoices: billed once, with their proof, and frozen with them."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from billing.models import Charge, Invoice
from billing.queries.chain import find_altered_invoice
from billing.queries.lines import sections_of
from billing.services.giving_back import NotGivenBackError, give_back
from billing.services.line_wording import explain_row
from billing.services.run_errors import NothingToBillError, OutdatedRunError
from billing.services.runs import cancel_run, draft_run, issue_run
from billing.services.tax_rules import RuleFacts, TaxFacts, write_taxes_of
from enrolment.models import LatePickup
from enrolment.services.late_pickup_errors import BilledError
from enrolment.services.late_pickup_rows import late_day
from enrolment.services.late_pickups import remove_late_pickup
from enrolment.services.retention import forget_facts_of_prices
from foundation.periods import month_of
from tests.billing.builders import a_regie
from tests.billing.services.test_taxes import GST
from tests.enrolment.booking_builders import activity
from tests.enrolment.late_builders import (
    DAYS,
    a_late_family,
    collected,
    prices,
    writing,
)

pytestmark = pytest.mark.django_db

DECEMBER = month_of(date(2026, 12, 1))
JANUARY = month_of(date(2027, 1, 1))
LATER = datetime(2027, 1, 10, 9, tzinfo=UTC)


def drafted(period=DECEMBER):
    return draft_run(regie=a_regie(), period=period, actor=None, now=LATER)


def issued(period=DECEMBER):
    run = drafted(period)
    issue_run(run=run, actor=None, now=LATER)
    return Invoice.objects.get(run=run)


def late_lines():
    return Charge.objects.filter(late_pickup__isnull=False).order_by("day")


def remove(booking):
    return remove_late_pickup(
        booking=booking,
        day=booking.session.starts_on,
        writing=writing(booking.booked_by, LATER),
    )


@pytest.fixture
def bookings(rochebelle):
    _family, booked = a_late_family(*DAYS[:2])
    return booked


def test_a_late_pickup_is_a_line_of_its_own_beside_the_meal(bookings):
    late = collected(bookings[0], "13:50")

    invoice = issued()

    (line,) = late_lines()
    assert line.invoice == invoice
    assert (line.amount_minor, line.day) == (300, date(2026, 12, 1))
    assert line.description == "Repas, collected at 13:50"
    assert (line.split, line.trace) == (late.split, late.trace)
    assert invoice.total_minor == 2 * 235 + 300
    rows = sections_of(invoice)[0].rows
    with override("en"):
        why = explain_row(rows[-1])
    assert why[0] == "Collected 20 minutes late, time number 1."
    assert find_altered_invoice(regie=invoice.regie, year=2027) is None


def test_it_is_billed_once(bookings):
    collected(bookings[0], "13:50")
    issued()

    with pytest.raises(NothingToBillError):
        drafted()

    assert late_lines().count() == 1


def test_the_database_refuses_a_second_line_for_one_late_pickup(bookings):
    late = collected(bookings[0], "13:50")
    issued()
    line = late_lines().get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.create(
            regie=line.regie,
            household=line.household,
            service=line.service,
            late_pickup=late,
            day=line.day,
            amount_minor=300,
            currency="EUR",
        )


def test_written_after_its_month_was_billed_it_is_on_the_next_invoice(bookings):
    issued()
    collected(bookings[0], "13:50", now=LATER)

    invoice = issued(JANUARY)

    assert invoice.total_minor == 300
    assert late_lines().get().day == date(2026, 12, 1)


def test_on_an_issued_invoice_it_is_neither_corrected_nor_taken_back(bookings):
    collected(bookings[0], "13:50")
    invoice = issued()

    for change in (
        lambda: collected(bookings[0], "14:30"),
        lambda: remove(bookings[0]),
    ):
        with pytest.raises(BilledError) as refused:
            change()
        assert invoice.reference in str(refused.value)
    # The same hour again is no change.
    assert collected(bookings[0], "13:50").minutes == 20
    shown = late_day(activity("repas"), date(2026, 12, 1), bookings)
    assert shown.rows[bookings[0].pk].invoice == invoice.reference


def test_what_is_billed_stays_counted_and_keeps_its_number(bookings):
    collected(bookings[1], "13:50")
    issued()

    # An earlier day, written afterwards.
    collected(bookings[0], "13:50", now=LATER)

    assert prices(bookings[0].household) == [(1, 300), (1, 300)]


def test_a_correction_while_drafts_are_looked_at_stops_the_issue(bookings):
    collected(bookings[0], "13:50")
    run = drafted()

    # The same price: the hour and the proof differ.
    collected(bookings[0], "13:55")

    with pytest.raises(OutdatedRunError):
        issue_run(run=run, actor=None, now=LATER)
    cancel_run(run=run, actor=None)
    assert issued().total_minor == 2 * 235 + 300
    assert late_lines().get().description == "Repas, collected at 13:55"


def test_taken_back_while_drafts_are_looked_at_it_is_billed_no_more(bookings):
    collected(bookings[0], "13:50")
    run = drafted()

    assert remove(bookings[0])

    with pytest.raises(OutdatedRunError):
        issue_run(run=run, actor=None, now=LATER)
    cancel_run(run=run, actor=None)
    assert issued().total_minor == 2 * 235
    assert not late_lines().exists()


def test_a_run_given_up_leaves_it_to_the_next(bookings):
    collected(bookings[0], "13:50")
    cancel_run(run=drafted(), actor=None)

    assert not Charge.objects.exists()
    assert issued().total_minor == 2 * 235 + 300


def test_it_is_given_back_on_a_later_invoice(bookings):
    collected(bookings[0], "13:50")
    issued()
    line = late_lines().get()
    for booking in bookings[1:]:
        collected(booking, "13:50", now=LATER)

    give_back(charge=line, reason="The bus was late.", actor=None)
    with pytest.raises(NotGivenBackError):
        give_back(charge=line, reason="Twice.", actor=None)

    assert issued(JANUARY).total_minor == 300 - 300


def test_it_bears_the_taxes_of_its_service(bookings):
    regie = a_regie()
    rules = [RuleFacts(each, None, "S") for each in regie.services.all()]
    tax = TaxFacts(GST.code, GST.label, GST.rate, GST.registration, GST.from_on)
    write_taxes_of(regie=regie, taxes=[tax], rules=rules, actor=None)
    collected(bookings[0], "13:50")

    invoice = issued()

    assert invoice.taxes.get().base_minor == 2 * 235 + 300


def test_its_facts_are_forgotten_with_the_family(bookings):
    collected(bookings[0], "13:50")

    forget_facts_of_prices([bookings[0].household_id])

    assert LatePickup.objects.get().trace == {}
