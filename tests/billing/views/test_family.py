"""What a family sees of its money, and nobody else does."""

from datetime import timedelta

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from billing.models import Invoice, Mandate
from billing.services.printing import print_invoice, print_mandate
from billing.services.runs import draft_run, issue_run
from foundation.periods import month_of
from tests.billing.builders import (
    NOW,
    SWEET_IBAN,
    a_family,
    a_regie,
    book,
    lunches,
)
from tests.billing.conftest import signed_in, speak_english
from tests.billing.jobs import enter
from tests.billing.services.test_mandates import sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


@pytest.fixture
def visit(rochebelle, family):
    """Ask for a page as the family, or as another account."""
    speak_english(rochebelle)
    client = signed_in(family)

    def ask(path, *, client=client, **data):
        answer = client.post(path, data) if data else client.get(path)
        enter(rochebelle)
        return answer

    return ask


def say_password(visit):
    answer = visit("/accounts/reauthenticate/", password="a very long secret")
    assert answer.status_code == 302


def words(answer):
    return answer.content.decode().replace("\xa0", " ")


def test_the_list_says_what_is_to_pay(visit, invoice):
    page = words(visit("/my/invoices/"))

    assert "€13.80" in page
    assert "November 2026" in page
    assert invoice.reference in page


def test_the_invoice_explains_each_price(visit, invoice):
    page = words(visit(f"/my/invoices/{invoice.public_id}/"))

    assert "€3.45" in page
    assert "Set price: €3.45." in page
    assert "Pay €13.80 by card" in page


def test_the_document_is_the_one_that_was_kept(visit, invoice):
    early = visit(f"/my/invoices/{invoice.public_id}/document/")
    print_invoice(invoice_id=invoice.pk)

    answer = visit(f"/my/invoices/{invoice.public_id}/document/")

    assert early.status_code == 302
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert f"{invoice.reference}.pdf" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store, private"


def test_the_home_page_asks_to_pay(visit, invoice):
    page = words(visit("/my/"))

    assert "Pay €13.80 for November 2026" in page
    assert f"/my/invoices/{invoice.public_id}/" in page


def test_drafts_are_not_shown(visit, rochebelle, family):
    book(family, lunches([NOW.date()])[0])
    draft_run(regie=a_regie(), period=month_of(NOW.date()), actor=None, now=NOW)

    draft = Invoice.objects.get()
    assert visit(f"/my/invoices/{draft.public_id}/").status_code == 404
    assert "No invoice yet" in words(visit("/my/invoices/"))


@pytest.mark.parametrize("months", [1, 24])
def test_pages_cost_the_same_with_one_invoice_or_many(
    months, visit, regie, family, django_assert_num_queries
):
    for index in range(months):
        day = NOW.date() + timedelta(days=31 * index)
        for session in lunches([day.replace(day=each) for each in (1, 2)]):
            book(family, session)
        run = draft_run(regie=regie, period=month_of(day), actor=None, now=NOW)
        issue_run(run=run, actor=None, now=NOW)
    invoice = Invoice.objects.order_by("pk").first()
    assert invoice is not None
    visit("/my/invoices/")

    with django_assert_num_queries(11):
        visit("/my/invoices/")
    with django_assert_num_queries(11):
        visit(f"/my/invoices/{invoice.public_id}/")


def test_a_mandate_is_signed_step_by_step(visit, regie):
    path = f"/my/direct-debit/sign/{regie.code}/"
    say_password(visit)

    wrong = visit(path, holder="Zoé", iban="FR15 2004 1010 0505 0001 3M02 606")
    check = visit(path, holder="Zoé Martin", iban=SWEET_IBAN)
    key = check.context["form"]["form_key"].value()
    answers = {"holder": "Zoé Martin", "iban": SWEET_IBAN, "form_key": key}
    unticked = visit(f"{path}confirm/", **answers)
    signed = [visit(f"{path}confirm/", **answers, agreed="on") for _time in range(2)]

    assert "A character of this IBAN is wrong." in words(wrong)
    assert "FR14 •••• •••• 2606" in words(check)
    assert "Tick the box to sign." in words(unticked)
    assert [each["Location"] for each in signed] == ["/my/direct-debit/"] * 2
    mandate = Mandate.objects.get()
    assert mandate.signature["seen"]["address"] == "127.0.0.1"
    assert mandate.reference in words(visit("/my/direct-debit/"))


def test_the_account_is_asked_after_the_password(visit, regie, family):
    client = signed_in(family)
    path = f"/my/direct-debit/sign/{regie.code}/"
    answer = visit(path, client=client)
    late = visit(path, client=client, holder="Zoé", iban=SWEET_IBAN)

    assert "reauthenticate" in answer["Location"]
    assert late["Location"] == path
    # What was typed too late is nowhere, above all not in the session.
    assert "iban" not in str(dict(client.session))


def test_a_mandate_is_revoked_after_a_question(visit, regie, family):
    mandate = sign(family, regie)
    path = f"/my/direct-debit/{mandate.public_id}/revoke/"

    assert "Stop direct debits?" in words(visit(path))
    visit(path, sure="yes")

    mandate.refresh_from_db()
    assert mandate.status == "revoked"


def test_a_regie_that_takes_no_debits_offers_none(visit, regie):
    regie.takes_direct_debits = False
    regie.save()
    say_password(visit)

    assert visit(f"/my/direct-debit/sign/{regie.code}/").status_code == 404
    assert "No direct debit here" in words(visit("/my/direct-debit/"))


def test_another_family_and_another_town_find_nothing(
    visit, regie, family, invoice, etangs
):
    mandate = sign(family, regie)
    print_invoice(invoice_id=invoice.pk)
    print_mandate(mandate_id=mandate.pk)
    other = signed_in(a_family())
    paths = [
        f"/my/invoices/{invoice.public_id}/",
        f"/my/invoices/{invoice.public_id}/document/",
        f"/my/direct-debit/{mandate.public_id}/document/",
        f"/my/direct-debit/{mandate.public_id}/revoke/",
    ]

    seen = {visit(path, client=other).status_code for path in paths}
    revoked = visit(paths[-1], client=other, sure="yes").status_code

    assert seen == {404}
    assert revoked == 404
    assert {_in_town(etangs, path) for path in paths} == {404}


def _in_town(town, path):
    host = "etangs.localhost"
    client = Client(headers={"host": host}, SERVER_NAME=host)
    with tenant_context(town):
        client.force_login(a_family().account)
    return client.get(path).status_code
