"""What a basket says that ceilings take off is what the invoice takes off."""

from datetime import date, timedelta
from itertools import count

import pytest

from billing.models import Charge, Reduction
from billing.queries.basket_ceilings import ceilings_of_basket
from billing.services.basket_extras import extras_of_basket
from billing.services.giving_back import give_back
from billing.services.orders import bill_order
from catalog.enums import BillingMode
from catalog.models import Activity, CalendarPeriod, Service, Session
from enrolment.models import Booking, Order
from foundation.money import Money
from tests.billing.builders import NOW, book
from tests.billing.capped import a_cap, capped_version
from tests.billing.services.test_taxes import GST, tax

_days, _orders = count(), count(900_000)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regie")]


def ordered(family, version, minor=800, sessions=2):
    """Order courses that begin on following days."""
    course = Session.objects.filter(activity__code="natation").earliest("pk")
    order = Order.objects.create(
        reference=f"C-{next(_orders)}",
        household=family.household,
        placed_by=family.account,
        placed_at=NOW,
        total_minor=minor * sessions,
        currency="EUR",
    )
    for _each in range(sessions):
        day = course.starts_on + timedelta(days=next(_days))
        session = Session.objects.create(
            activity_id=course.activity_id,
            name=f"From {day}",
            starts_on=day,
            ends_on=day,
            start_time=course.start_time,
            end_time=course.end_time,
            capacity=10,
        )
        book(family, session, minor=minor, order=order, tariff_version=version)
    return order


def bookings_of(order):
    found = Booking.objects.filter(order=order)
    return list(found.select_related("session__activity__service"))


def taken_off(order):
    """Bill an order and return what the ceilings took off each place."""
    invoices = bill_order(order=order, now=NOW)
    found = Reduction.objects.filter(kind="cap", charge__invoice__in=invoices)
    return {each.of.booking_id: -each.charge.amount_minor for each in found}


def test_a_basket_says_what_the_ceiling_takes_off(family):
    order = ordered(family, capped_version(a_cap()))

    told = ceilings_of_basket(bookings_of(order))

    assert told.by_label == {"Monthly ceiling": 600}
    assert told.by_booking == taken_off(order)


def test_what_was_billed_before_counts(family):
    version = capped_version(a_cap(amount="20.00", period="school_year"))
    bill_order(order=ordered(family, version), now=NOW)
    order = ordered(family, version, minor=900, sessions=2)

    told = ceilings_of_basket(bookings_of(order))

    assert sum(told.by_booking.values()) == 1800 - (2000 - 1600)
    assert told.by_booking == taken_off(order)


def test_what_was_given_back_counts_in_less(family):
    caps = (a_cap(amount="10.00"), a_cap(code="all", amount="30.00", per="household"))
    version = capped_version(*caps)
    first = ordered(family, version)
    bill_order(order=first, now=NOW)
    line = Charge.objects.filter(booking__order=first).latest("day")
    give_back(charge=line, reason="Never held.", actor=None)
    # The line given back is billed with the first of these orders.
    bill_order(order=ordered(family, version, minor=300, sessions=1), now=NOW)
    order = ordered(family, version, minor=700, sessions=2)

    told = ceilings_of_basket(bookings_of(order))

    assert told.by_booking
    assert told.by_booking == taken_off(order)


def test_a_ceiling_of_a_period_counts_the_sessions_of_that_period(family):
    version = capped_version(a_cap(period="calendar_period"))
    order = ordered(family, version)
    period = CalendarPeriod.objects.create(
        code="ete", name="Été", from_on=date(2026, 1, 1), until_on=date(2028, 1, 1)
    )
    assert ceilings_of_basket(bookings_of(order)).by_booking == {}

    Session.objects.filter(bookings__order=order).update(period=period)

    told = ceilings_of_basket(bookings_of(order))
    assert told.by_label == {"Monthly ceiling": 600}
    assert told.by_booking == taken_off(order)


def test_taxes_bear_on_what_the_ceiling_leaves(family):
    sport = Activity.objects.get(code="natation").service
    tax(GST, taxed=(sport.code,), exempt=())
    order = ordered(family, capped_version(a_cap()))

    extras = extras_of_basket(bookings_of(order))
    (invoice,) = bill_order(order=order, now=NOW)

    assert [each.amount for each in extras] == [Money(-600, "EUR"), Money(50, "EUR")]
    assert invoice.total_minor == 1600 - 600 + 50


def test_what_is_billed_after_the_month_is_not_told(family):
    order = ordered(family, capped_version(a_cap()))
    Service.objects.update(billing_mode=BillingMode.AFTER_ATTENDANCE)

    assert ceilings_of_basket(bookings_of(order)).by_label == {}


@pytest.mark.parametrize("sessions", [1, 5])
def test_a_basket_asks_little(family, django_assert_num_queries, sessions):
    plain, capped = (
        bookings_of(ordered(family, capped_version(*caps), sessions=sessions))
        for caps in ((), (a_cap(),))
    )

    with django_assert_num_queries(1):
        ceilings_of_basket(plain)
    with django_assert_num_queries(3):
        ceilings_of_basket(capped)
