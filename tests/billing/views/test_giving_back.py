"""A clerk gives lines of an issued invoice back; the family reads why."""

from datetime import date
from uuid import uuid4

import pytest

from billing.models import Charge, Invoice, Reduction
from billing.services.runs import draft_run, issue_run
from foundation.journal.models import Entry
from foundation.periods import month_of
from tests.billing.builders import NOW, a_family, book, lunches
from tests.billing.conftest import issue, signed_in, speak_english
from tests.billing.jobs import enter
from tests.billing.views.test_staff import Clerk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]

DECEMBER = month_of(date(2026, 12, 1))


@pytest.fixture
def clerk(rochebelle):
    speak_english(rochebelle)
    return Clerk(rochebelle, "view_invoice", "add_reduction")


def path(invoice):
    return f"invoices/{invoice.public_id}/give-back/"


def lines_of(invoice):
    return list(Charge.objects.filter(invoice=invoice).order_by("day"))


def asked(*charges, **changes):
    return {
        "form_key": uuid4(),
        "lines": [str(each.public_id) for each in charges],
        "reason": "The kitchen was closed.",
        **changes,
    }


def words(answer):
    return answer.content.decode().replace("\xa0", " ")


def test_the_invoice_leads_to_a_page_that_asks_which_lines_and_why(clerk, invoice):
    page = words(clerk.get(f"invoices/{invoice.public_id}/"))
    form = words(clerk.get(path(invoice)))

    assert "Give lines back" in page
    assert path(invoice) in page
    assert "1 November 2026, Lina, Repas, €3.45" in form
    assert "This cannot be undone." in form


def test_what_is_ticked_is_taken_off_the_next_invoice_and_the_family_reads_why(
    clerk, invoice, regie, family
):
    first, second, *_ = lines_of(invoice)

    answer = clerk.post(path(invoice), **asked(first, second))
    page = words(clerk.get(f"invoices/{invoice.public_id}/"))

    assert answer.status_code == 302
    assert "€6.90 will be taken off the next invoice of the family." in page
    assert "Line given back" in page
    invoice.refresh_from_db()
    assert invoice.total_minor == 1380
    book(family, lunches([date(2026, 12, 1)])[0], minor=1000)
    run = draft_run(regie=regie, period=DECEMBER, actor=None, now=NOW)
    issue_run(run=run, actor=None, now=NOW)
    following = Invoice.objects.get(run=run)
    assert following.total_minor == 1000 - 690
    read = words(signed_in(family).get(f"/my/invoices/{following.public_id}/"))
    enter(clerk.town)
    assert "The kitchen was closed." in read
    entries = Entry.objects.filter(action="line given back")
    assert entries.count() == 2
    assert {each.reason for each in entries} == {"The kitchen was closed."}


def test_a_reason_and_a_line_are_needed(clerk, invoice):
    first, *_ = lines_of(invoice)

    without_reason = words(clerk.post(path(invoice), **asked(first, reason=" ")))
    without_line = words(clerk.post(path(invoice), **asked()))

    assert "Say why: the family reads it." in without_reason
    assert "Tick what you give back." in without_line
    assert not Reduction.objects.exists()


def test_the_same_form_sent_twice_gives_back_once(clerk, invoice):
    first, *_ = lines_of(invoice)
    form = asked(first)

    answers = [clerk.post(path(invoice), **form) for _time in range(2)]

    assert [each.status_code for each in answers] == [302, 302]
    assert Reduction.objects.count() == 1


def test_a_line_given_back_is_said_and_refused_with_the_others(clerk, invoice):
    first, second, *_ = lines_of(invoice)
    clerk.post(path(invoice), **asked(first))

    page = words(clerk.get(path(invoice)))
    again = words(clerk.post(path(invoice), **asked(first, second)))

    assert page.count("already given back") == 1
    assert "This line cannot be given back, or already was." in again
    # All or none.
    assert Reduction.objects.count() == 1


def test_nothing_is_left_once_all_is_given_back(clerk, invoice):
    clerk.post(path(invoice), **asked(*lines_of(invoice)))

    page = words(clerk.get(path(invoice)))

    assert "No line of this invoice is left to give back." in page
    assert '<form method="post"' not in page


def test_a_line_of_another_invoice_is_not_given_back(clerk, invoice, regie):
    other = a_family()
    book(other, lunches([date(2026, 12, 3)])[0])
    run = draft_run(regie=regie, period=DECEMBER, actor=None, now=NOW)
    drafted = Charge.objects.get(invoice__run=run)

    refused = words(clerk.post(path(invoice), **asked(drafted)))
    on_a_draft = clerk.get(path(run.invoices.get()))

    assert "One of these lines is not on this invoice." in refused
    assert on_a_draft.status_code == 404
    assert not Reduction.objects.exists()


def test_seeing_invoices_is_not_giving_back(rochebelle, invoice):
    speak_english(rochebelle)
    reader = Clerk(rochebelle, "view_invoice")

    page = words(reader.get(f"invoices/{invoice.public_id}/"))
    answers = [
        reader.get(path(invoice)),
        reader.post(path(invoice), **asked(*lines_of(invoice))),
    ]

    assert "Give lines back" not in page
    assert {each.status_code for each in answers} <= {302, 403}
    assert not Reduction.objects.exists()


@pytest.mark.parametrize("days", [1, 30])
def test_the_page_costs_the_same_for_one_line_or_thirty(
    days, clerk, regie, family, django_assert_num_queries
):
    invoice = issue(regie, family, minor=345, days=days)
    clerk.get(path(invoice))

    with django_assert_num_queries(15):
        clerk.get(path(invoice))
