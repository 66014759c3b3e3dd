"""The browser's own buttons around a basket."""

from typing import Any

from django_tenants.utils import tenant_context

from enrolment.models import Booking, Order
from tenants.models import Town
from tests.enrolment.booking_builders import accepted_family, course, hold
from tests.enrolment.request_builders import sign_in
from tests.enrolment.views.test_basket import SWIMMING, check_form


def test_the_back_button_after_confirming_a_basket_orders_nothing_more(
    rochebelle: Town, clock: Any
) -> None:
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))
    client = sign_in(family.account)
    form = check_form(client)
    client.post("/my/basket/check/", form)
    # The page comes back with another key, as from a tab opened before.
    other = {**form, "form_key": ["3f1e8c1e-54b1-4d5e-9d60-3b7f1a1f0c11"]}

    answer = client.post("/my/basket/check/", other, follow=True)

    assert answer.status_code == 200
    with tenant_context(rochebelle):
        assert Order.objects.count() == 1
        assert Booking.objects.filter(status="booked").count() == 1
