"""The back office of billing, from a run to the bank."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from billing.enums import InvoiceStatus, RunStatus
from billing.models import BillingRun, DirectDebitBatch, Invoice, Payment
from foundation.accounts.models import Account
from tests.billing.builders import a_family, book, lunches, november
from tests.billing.conftest import issue, speak_english
from tests.billing.jobs import enter
from tests.billing.services.test_mandates import sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]

RIGHTS = (
    "view_invoice",
    "add_billingrun",
    "change_billingrun",
    "add_payment",
    "add_directdebitbatch",
)


class Clerk:
    """A signed-in clerk with some rights."""

    def __init__(self, town, *rights):
        self.town = town
        account = Account.objects.create_user(
            f"c{uuid4().hex[:6]}@town.fr", is_staff=True
        )
        named = Permission.objects.filter(codename__in=[*rights, "access_admin"])
        account.user_permissions.set(named)
        host = "rochebelle.localhost"
        self.client = Client(headers={"host": host}, SERVER_NAME=host)
        self.client.force_login(account)

    def get(self, path):
        return self._ask(self.client.get, f"/admin/billing/{path}")

    def post(self, path, **data):
        return self._ask(self.client.post, f"/admin/billing/{path}", data)

    def _ask(self, act, *args):
        answer = act(*args)
        enter(self.town)
        return answer


@pytest.fixture
def clerk(rochebelle):
    speak_english(rochebelle)
    return Clerk(rochebelle, *RIGHTS)


def a_draft(clerk, regie):
    for minor in (345, 500):
        book(a_family(), lunches(november(1))[0], minor=minor)
    answer = clerk.post(
        "runs/new/", form_key=uuid4(), regie=regie.code, month="2026-11"
    )
    assert answer.status_code == 302, answer.content.decode()
    return BillingRun.objects.get()


def test_a_clerk_drafts_looks_and_issues(clerk, regie):
    run = a_draft(clerk, regie)
    page = clerk.get(f"runs/{run.public_id}/").content.decode()
    key = uuid4()

    answers = [
        clerk.post(f"runs/{run.public_id}/issue/", form_key=key, checked="on")
        for _time in range(2)
    ]

    run.refresh_from_db()
    assert "€8.45" in page
    assert [answer.status_code for answer in answers] == [302, 302]
    assert run.status == RunStatus.ISSUED
    assert Invoice.objects.filter(status=InvoiceStatus.OPEN).count() == 2


def test_issuing_asks_for_a_tick(clerk, regie):
    run = a_draft(clerk, regie)

    answer = clerk.post(f"runs/{run.public_id}/issue/", form_key=uuid4())

    assert "Tick the box once you checked the drafts." in answer.content.decode()
    assert Invoice.objects.exclude(status=InvoiceStatus.DRAFT).count() == 0


def test_the_same_form_drafts_once(clerk, regie):
    book(a_family(), lunches(november(1))[0])
    asked = {"form_key": uuid4(), "regie": regie.code, "month": "2026-11"}

    first, second = clerk.post("runs/new/", **asked), clerk.post("runs/new/", **asked)

    assert first["Location"] == second["Location"]
    assert BillingRun.objects.count() == 1


def test_a_second_draft_is_refused_plainly(clerk, regie):
    a_draft(clerk, regie)

    answer = clerk.post(
        "runs/new/", form_key=uuid4(), regie=regie.code, month="2026-11"
    )

    assert "A run of this régie is still a draft." in answer.content.decode()


def test_a_run_is_given_up(clerk, regie):
    run = a_draft(clerk, regie)

    clerk.post(f"runs/{run.public_id}/give-up/")

    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED


def test_money_at_the_counter_is_recorded_once(clerk, invoice):
    path = f"invoices/{invoice.public_id}/cash/"
    key = uuid4()

    for _time in range(2):
        clerk.post(path, form_key=key, amount="10.00")

    invoice.refresh_from_db()
    assert (invoice.status, invoice.paid_minor) == (InvoiceStatus.OPEN, 1000)
    assert Payment.objects.count() == 1


def test_more_than_is_owed_is_refused_at_the_counter(clerk, invoice):
    answer = clerk.post(
        f"invoices/{invoice.public_id}/cash/", form_key=uuid4(), amount="20.00"
    )
    page = clerk.get(f"invoices/{invoice.public_id}/").content.decode()

    assert answer.status_code == 302
    assert "Only €13.80 are left to pay. Check the amount." in page
    assert Payment.objects.count() == 0


def test_an_invoice_shows_lines_ledger_and_history(clerk, invoice):
    page = clerk.get(f"invoices/{invoice.public_id}/").content.decode()

    for words in (invoice.reference, "Owed by families", "Invoices issued"):
        assert words in page
    assert "Why this price?" in page


def test_invoices_are_found_by_number_file_and_name(clerk, invoice, family):
    for words in (
        invoice.reference,
        family.household.file_number,
        family.person.last_name,
    ):
        page = clerk.get(f"invoices/?words={words}&status=open").content.decode()
        assert "1 invoice<" in page
    assert "0 invoices" in clerk.get("invoices/?words=nobody").content.decode()


def test_a_bank_file_is_made_downloaded_and_too_early_to_confirm(
    clerk, regie, family, invoice
):
    sign(family, regie)
    day = "2027-06-15"

    answer = clerk.post(
        "bank-files/new/", form_key=uuid4(), regie=regie.code, collection_on=day
    )
    batch = DirectDebitBatch.objects.get()
    file = clerk.get(f"bank-files/{batch.public_id}/file/")

    assert answer["Location"].endswith(f"/bank-files/{batch.public_id}/")
    assert b"pain.008" in b"".join(file.streaming_content)
    assert invoice.reference in clerk.get(answer["Location"][15:]).content.decode()


def test_a_day_too_soon_says_the_first_possible_one(clerk, regie, family, invoice):
    sign(family, regie)

    answer = clerk.post(
        "bank-files/new/",
        form_key=uuid4(),
        regie=regie.code,
        collection_on="2020-01-01",
    )

    assert "Families must be told 14 days before" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    ["runs/", "runs/new/", "invoices/", "bank-files/", "bank-files/new/"],
)
def test_clerks_without_the_right_are_sent_away(path, rochebelle):
    clerk = Clerk(rochebelle)

    assert clerk.get(path).status_code in {302, 403}
    assert "billing" not in clerk.get(path).get("Location", "")


def test_seeing_is_not_deciding(rochebelle, regie, invoice):
    reader = Clerk(rochebelle, "view_invoice")
    run = BillingRun.objects.get()

    assert reader.get(f"runs/{run.public_id}/").status_code == 200
    for path in (
        f"runs/{run.public_id}/issue/",
        f"runs/{run.public_id}/give-up/",
        f"invoices/{invoice.public_id}/cash/",
    ):
        assert reader.post(path).status_code in {302, 403}
    assert Payment.objects.count() == 0


@pytest.mark.parametrize("count", [1, 30])
def test_the_lists_cost_the_same_at_any_length(
    count, clerk, regie, django_assert_num_queries
):
    for _index in range(count):
        book(a_family(), lunches(november(1))[0])
    family = a_family()
    issue(regie, family, minor=100, days=1)
    clerk.get("invoices/")

    with django_assert_num_queries(16):
        clerk.get("invoices/")
