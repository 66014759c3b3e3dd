"""A family sees what a service would cost, from its own file."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tenants.utils import tenant_context

from enrolment.models import Booking
from tests.enrolment.booking_builders import accepted_family
from tests.enrolment.request_builders import sign_in

PAGE = reverse("enrolment:my-prices", args=["cantine"])


@pytest.fixture
def parent(rochebelle: Any) -> Client:
    family = accepted_family("claire@example.com", "Lina", "Tom", quotient="700")
    return sign_in(family.account)


def told(page: Any) -> str:
    """Return why the first child pays what it pays."""
    line = page.context["children"][0].lines[0]
    return " ".join(line.sentences)


def test_each_child_has_its_price_and_why(parent: Client) -> None:
    page = parent.get(PAGE)

    assert page.status_code == 200
    assert [each.name.split()[0] for each in page.context["children"]] == [
        "Lina",
        "Tom",
    ]
    assert "700" in told(page)
    assert "€" in page.text


def test_each_child_is_told_the_facts_used_and_where_they_come_from(
    parent: Client,
) -> None:
    before = parent.get(PAGE, {"day": "2026-08-03"})
    after = parent.get(PAGE, {"day": "2026-12-01"})

    def quotient(page: Any) -> Any:
        facts = page.context["children"][0].facts
        return next(each for each in facts if "quotient" in each.name)

    assert quotient(after).value == "700"
    assert quotient(after).source in after.text
    assert quotient(before).source != quotient(after).source
    assert not any("calend" in each.name for each in after.context["children"][0].facts)


def test_another_day_has_the_facts_of_that_day(rochebelle: Any, parent: Client) -> None:
    before = parent.get(PAGE, {"day": "2026-08-03"})
    after = parent.get(PAGE, {"day": "2026-12-01"})

    assert "700" not in told(before)
    assert "700" in told(after)
    with tenant_context(rochebelle):
        assert not Booking.objects.exists()


@pytest.mark.parametrize("day", ["", "hier", "2026-02-30", "9999-99-99"])
def test_a_day_that_is_none_is_said(parent: Client, day: str) -> None:
    page = parent.get(PAGE, {"day": day})

    assert page.status_code == 200
    assert "govuk-error-summary" in page.text


def test_an_unknown_service_is_not_there(parent: Client) -> None:
    assert parent.get(reverse("enrolment:my-prices", args=["rien"])).status_code == 404


def test_the_number_of_queries_does_not_follow_the_children(
    rochebelle: Any, django_assert_num_queries: Any
) -> None:
    counts = []
    for email, names in (("a@example.com", ["Ana"]), ("b@example.com", list("BCDEF"))):
        with tenant_context(rochebelle):
            client = sign_in(accepted_family(email, *names).account)
        client.get(PAGE)
        with django_assert_num_queries(15) as captured:
            client.get(PAGE)
        counts.append(len(captured))

    assert counts[0] == counts[1]
