"""A family's own invoices, over REST."""

from uuid import uuid4

import pytest

from billing.models import Invoice
from billing.services.runs import draft_run
from tests.billing.builders import NOVEMBER, NOW, a_family, book, lunches, november
from tests.billing.conftest import issue, signed_in
from tests.billing.jobs import enter

PATH = "/api/v1/my/invoices/"


def test_a_family_reads_its_invoices_and_their_lines(invoice, family, rochebelle):
    client = signed_in(family)

    (listed,) = client.get(PATH).json()["results"]
    enter(rochebelle)
    alone = client.get(f"{PATH}{listed['id']}/").json()

    assert listed["id"] == str(invoice.public_id)
    assert (listed["total_minor"], listed["currency"]) == (1380, "EUR")
    assert [line["amount_minor"] for line in alone["lines"]] == [345] * 4


def test_another_household_s_invoice_answers_like_none(invoice, regie, rochebelle):
    stranger = a_family()
    client = signed_in(stranger)

    theirs = client.get(f"{PATH}{invoice.public_id}/")
    enter(rochebelle)
    absent = client.get(f"{PATH}{uuid4()}/")
    enter(rochebelle)
    listed = client.get(PATH)

    assert (theirs.status_code, absent.status_code) == (404, 404)
    assert theirs.json() == absent.json()
    assert listed.json()["results"] == []


def test_a_draft_is_nobody_s_business_yet(regie, family, rochebelle):
    for session in lunches(november(2)):
        book(family, session, minor=345)
    draft_run(regie=regie, period=NOVEMBER, actor=None, now=NOW)
    draft = Invoice.objects.get(household=family.household)

    answer = signed_in(family).get(f"{PATH}{draft.public_id}/")

    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["my/invoices/", "my/bookings/"])
def test_a_session_of_one_town_opens_nothing_in_another(family, etangs, path):
    client = signed_in(family)

    answer = client.get(f"/api/v1/{path}", headers={"host": "etangs.localhost"})

    assert answer.status_code == 403


@pytest.mark.parametrize("count", [1, 30])
def test_an_invoice_reads_as_much_for_one_line_as_for_many(
    rochebelle, regie, family, django_assert_num_queries, count
):
    invoice = issue(regie, family, minor=345, days=count)
    client = signed_in(family)

    with django_assert_num_queries(8):
        answer = client.get(f"{PATH}{invoice.public_id}/")

    assert answer.json()["lines"]
