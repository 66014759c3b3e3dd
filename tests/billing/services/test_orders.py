"""Courses paid at the booking: one invoice at once, once."""

from datetime import timedelta

import pytest

from billing.enums import InvoiceStatus
from billing.models import Invoice
from billing.services.orders import bill_order
from billing.services.run_errors import NothingToBillError
from billing.services.runs import draft_run
from enrolment.models import Booking, Order
from enrolment.signals import order_placed
from foundation.periods import month_of
from tests.billing.builders import NOW, an_order
from tests.billing.jobs import run_jobs

pytestmark = pytest.mark.django_db


def test_a_confirmed_order_is_billed_at_once(regie, family):
    order = an_order(family, minor=3900)

    (invoice,) = bill_order(order=order, now=NOW)

    course = Booking.objects.get(order=order).session
    assert (invoice.status, invoice.total_minor) == (InvoiceStatus.OPEN, 3900)
    assert invoice.reference == "ENFANCE-2026-000001"
    assert invoice.from_on == course.starts_on
    assert invoice.until_on == course.ends_on + timedelta(days=1)


def test_an_order_is_billed_once(regie, family):
    order = an_order(family)
    bill_order(order=order, now=NOW)

    again = bill_order(order=order, now=NOW)

    assert again == []
    assert Invoice.objects.count() == 1


def test_the_signal_of_enrolment_queues_the_invoice(regie, family, private_files):
    order = an_order(family)

    order_placed.send(sender=Order, order_id=order.pk)
    jobs = run_jobs()

    assert jobs == ["bill_placed", "print_one"]
    assert Invoice.objects.get().document


def test_a_fresh_order_is_not_taken_by_the_month(regie, family):
    order = an_order(family)
    booking = Booking.objects.get(order=order)
    month = month_of(booking.session.starts_on)
    Booking.objects.update(booked_at=NOW)

    with pytest.raises(NothingToBillError):
        draft_run(regie=regie, period=month, actor=None, now=NOW)


def test_a_forgotten_order_is_caught_by_the_month(regie, family):
    booking = Booking.objects.get(order=an_order(family, minor=3900))
    month = month_of(booking.session.starts_on)
    Booking.objects.update(booked_at=NOW - timedelta(days=2))

    run = draft_run(regie=regie, period=month, actor=None, now=NOW)

    assert run.invoices.get().total_minor == 3900
