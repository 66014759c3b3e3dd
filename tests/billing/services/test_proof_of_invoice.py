"""An invoice carries what its holder is known by, on paper and on the page."""

from billing.models import Invoice
from billing.services.family_words import facts_of
from billing.services.invoice_document import invoice_document
from billing.services.runs import draft_run, issue_run
from tests.billing.builders import (
    NOVEMBER,
    NOW,
    a_family,
    a_regie,
    book,
    lunches,
    november,
)


def issued(rochebelle):
    family = a_family()
    regie = a_regie()
    for session in lunches(november(2)):
        book(family, session)
    run = draft_run(regie=regie, period=NOVEMBER, actor=family.account, now=NOW)
    issue_run(run=run, actor=family.account, now=NOW)
    family.person.refresh_from_db()
    return family, Invoice.objects.get(household=family.household)


def test_the_printed_invoice_carries_the_four_facts_and_the_file_number(rochebelle):
    family, invoice = issued(rochebelle)

    printed = invoice_document(invoice, lang="en")

    assert printed["emission_code"] == invoice.emission_code
    assert len(printed["emission_code"]) == 8
    assert printed["reference"] == invoice.reference
    assert printed["person_code"] == family.person.person_code
    assert printed["household_number"] == family.household.file_number


def test_the_page_shows_them_too(rochebelle):
    family, invoice = issued(rochebelle)

    shown = {fact["value"] for fact in facts_of(invoice)}

    assert {
        invoice.emission_code,
        family.person.person_code,
        family.household.file_number,
    } <= shown


def test_the_person_code_is_that_of_the_day_of_issue(rochebelle):
    family, invoice = issued(rochebelle)

    assert invoice.addressee["person_code"] == family.person.person_code
