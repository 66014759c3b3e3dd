"""Taxes shown in a basket are those of the invoice that follows."""

import pytest

from billing.models import InvoiceTax
from billing.queries.basket_taxes import taxes_of_basket
from billing.services.orders import bill_order
from catalog.models import Activity
from enrolment.models import Booking
from tests.billing.builders import NOW, an_order
from tests.billing.services.test_taxes import GST, QST, tax

pytestmark = pytest.mark.django_db


def bookings_of(order):
    found = Booking.objects.filter(order=order)
    return list(found.select_related("session__activity__service"))


def test_a_basket_says_the_taxes_of_its_invoice(regie, family):
    sport = Activity.objects.get(code="natation").service
    tax(GST, QST, taxed=(sport.code,), exempt=())
    order = an_order(family, minor=3333)

    told = taxes_of_basket(bookings_of(order), {})
    bill_order(order=order, now=NOW)

    billed = InvoiceTax.objects.order_by("id").values_list("amount_minor", flat=True)
    assert (
        [amount.minor for _label, _rate, amount in told] == list(billed) == [167, 332]
    )


def test_a_basket_of_what_is_exempt_bears_none(regie, family):
    tax(GST, QST)

    assert taxes_of_basket(bookings_of(an_order(family)), {}) == []


def test_a_town_without_taxes_is_asked_once(family, django_assert_num_queries):
    bookings = bookings_of(an_order(family))

    with django_assert_num_queries(1):
        assert taxes_of_basket(bookings, {}) == []
