"""A family's own bookings, over REST."""

import pytest

from tests.enrolment.booking_builders import accepted_family, book, lunch
from tests.families.builders import browser

PATH = "/api/v1/my/bookings/"


def signed_in(family):
    client = browser()
    client.force_login(family.account)
    return client


def test_a_family_reads_its_own_bookings_only(rochebelle):
    claire, paul = accepted_family(), accepted_family("paul@example.com", "Zoé")
    book(claire, lunch("2026-12-01"))
    book(paul, lunch("2026-12-03"))

    (mine,) = signed_in(claire).get(PATH).json()["results"]

    assert (mine["child"], mine["starts_on"]) == ("Lina", "2026-12-01")
    assert (mine["status"], mine["price_minor"]) == ("booked", 235)


@pytest.mark.parametrize("days", [1, 20])
def test_bookings_take_as_many_queries_for_one_as_for_many(
    rochebelle, django_assert_num_queries, days
):
    family = accepted_family()
    sessions = list(lunch("2026-12-01").activity.sessions.order_by("starts_on")[20:])
    book(family, *sessions[:days])
    client = signed_in(family)

    with django_assert_num_queries(8):
        answer = client.get(PATH)

    assert answer.json()["count"] == days
