"""Paying by card, on the real stand-in, through the official SDK."""

import hmac
import json
import time
from hashlib import sha256
from uuid import uuid4

import pytest
import stripe
from django.db.models import Sum

from billing.enums import AttemptStatus, InvoiceStatus, PaymentMethod
from billing.models import (
    Allocation,
    LedgerEntry,
    Payment,
    PaymentAttempt,
    ProviderEvent,
)
from billing.services.collecting import Receipt, record_payment
from tests.billing.builders import NOW, a_family
from tests.billing.conftest import SECRET, issue, signed_in
from tests.billing.jobs import queued, run_jobs
from tests.infra.simulator.program import eventually

pytestmark = pytest.mark.django_db

DECLINED = "4000000000000002"
COMPLETED = "checkout.session.completed"


def signed(body: bytes, *, at: int | None = None) -> tuple[bytes, str]:
    """Sign a body as the provider does."""
    at = at or int(time.time())
    digest = hmac.new(SECRET.encode(), f"{at}.".encode() + body, sha256).hexdigest()
    return body, f"t={at},v1={digest}"


def altered(message: tuple[bytes, str], **metadata: str) -> tuple[bytes, str]:
    """Return a well-signed message whose metadata was changed."""
    event = json.loads(message[0])
    event["id"] = f"evt_{uuid4().hex}"
    event["data"]["object"]["metadata"] |= metadata
    return signed(json.dumps(event).encode())


def test_the_hosted_page_asks_for_what_is_left(browser, invoice):
    page = browser.start(invoice)

    session = browser.account.read(page)
    attempt = PaymentAttempt.objects.get()
    assert session.amount_total == 1380
    assert session.currency == "eur"
    assert session.metadata.to_dict() == {
        "town": str(browser.town.public_id),
        "invoice": str(invoice.public_id),
        "attempt": str(attempt.public_id),
    }
    assert session.client_reference_id == str(attempt.public_id)
    assert session.success_url == (
        f"http://rochebelle.localhost/my/payments/{attempt.public_id}/"
    )
    assert attempt.status == AttemptStatus.OPEN


def test_a_card_declined_then_accepted_pays_once(browser, webhooks, invoice):
    page = browser.start(invoice)

    assert browser.pay(page, DECLINED)["result"] == "declined"
    assert browser.pay(page)["result"] == "complete"
    assert webhooks.deliver(webhooks.wait(COMPLETED)) == 200
    assert webhooks.apply() == ["apply"]

    invoice.refresh_from_db()
    payment = Payment.objects.get()
    assert invoice.status == InvoiceStatus.PAID
    assert payment.amount_minor == invoice.paid_minor == 1380
    assert payment.receipt_reference == "RENFANCE-2026-000001"
    assert Allocation.objects.get().amount_minor == 1380


def test_the_ledger_balances_after_a_payment(browser, webhooks, invoice):
    browser.pay(browser.start(invoice))
    webhooks.deliver(webhooks.wait(COMPLETED))

    webhooks.apply()

    sums = LedgerEntry.objects.values("account").annotate(sum=Sum("amount_minor"))
    assert {each["account"]: each["sum"] for each in sums.order_by("account")} == {
        "card_clearing": 1380,
        "receivable": 0,
        "revenue": -1380,
    }


def test_the_return_page_asks_the_provider(browser, invoice):
    page = browser.start(invoice)
    attempt = PaymentAttempt.objects.get()
    address = f"/my/payments/{attempt.public_id}/"

    before = browser.get(address)
    browser.pay(page, DECLINED)
    refused = browser.get(address)
    browser.pay(page)
    after = browser.get(address)

    assert "The payment is not finished" in text(before)
    assert "The payment was not made" in text(refused)
    assert "Paid, thank you" in text(after)
    assert Payment.objects.count() == 1


def test_a_message_after_the_return_page_changes_nothing(browser, webhooks, invoice):
    browser.pay(browser.start(invoice))
    browser.get(f"/my/payments/{PaymentAttempt.objects.get().public_id}/")

    assert webhooks.deliver(webhooks.wait(COMPLETED)) == 200
    webhooks.apply()

    assert Payment.objects.count() == 1
    assert ProviderEvent.objects.get().applied_at is not None


def test_a_message_delivered_twice_is_stored_once(browser, webhooks, invoice):
    browser.pay(browser.start(invoice))
    message = webhooks.wait(COMPLETED)

    statuses = [webhooks.deliver(message) for _time in range(3)]
    webhooks.apply()

    assert statuses == [200, 200, 200]
    assert ProviderEvent.objects.count() == Payment.objects.count() == 1


def test_messages_out_of_order_have_one_effect(browser, webhooks, invoice):
    browser.pay(browser.start(invoice))
    message = webhooks.wait(COMPLETED)
    late = json.loads(message[0]) | {
        "id": f"evt_{uuid4().hex}",
        "type": "checkout.session.expired",
    }

    webhooks.deliver(message)
    webhooks.deliver(signed(json.dumps(late).encode()))
    webhooks.apply()

    invoice.refresh_from_db()
    assert invoice.status == InvoiceStatus.PAID
    assert Payment.objects.count() == 1
    assert ProviderEvent.objects.filter(applied_at=None).count() == 0


@pytest.mark.parametrize("wrong", ["signature", "body", "stale", "absent"])
def test_a_message_not_signed_by_the_provider_is_refused(
    wrong, browser, webhooks, invoice
):
    browser.pay(browser.start(invoice))
    body, signature = webhooks.wait(COMPLETED)
    tries = {
        "signature": (body, signature[:-4] + "0000"),
        "body": (body.replace(b"1380", b"1"), signature),
        "stale": signed(body, at=1_700_000_000),
        "absent": (body, ""),
    }

    assert webhooks.deliver(tries[wrong]) == 400

    assert ProviderEvent.objects.count() == 0
    assert queued("billing.tasks.apply") == 0


def test_a_message_about_nothing_of_ours_is_refused(browser, webhooks, invoice, etangs):
    browser.pay(browser.start(invoice))
    message = webhooks.wait(COMPLETED)
    tries = [
        altered(message, town=str(etangs.public_id)),
        altered(message, town=str(uuid4())),
        altered(message, town="rochebelle"),
        altered(message, attempt=str(uuid4())),
        altered(message, attempt="1"),
        altered(message, invoice=str(uuid4())),
    ]

    assert [webhooks.deliver(each) for each in tries] == [404] * 6

    assert ProviderEvent.objects.count() == 0


def test_a_message_from_another_account_is_refused(browser, webhooks, invoice):
    browser.pay(browser.start(invoice))
    event = json.loads(webhooks.wait(COMPLETED)[0]) | {"account": "acct_of_others"}

    assert webhooks.deliver(signed(json.dumps(event).encode())) == 404

    assert ProviderEvent.objects.count() == 0


def test_messages_of_other_kinds_are_let_go(browser, webhooks, invoice):
    browser.pay(browser.start(invoice))

    assert webhooks.deliver(webhooks.wait("payment_intent.succeeded")) == 200

    assert ProviderEvent.objects.count() == 0


def test_two_tabs_share_one_page(browser, invoice):
    first, second = browser.start(invoice), browser.start(invoice)

    assert first == second
    assert PaymentAttempt.objects.count() == 1


def test_an_invoice_paid_meanwhile_says_so(browser, invoice):
    browser.pay(browser.start(invoice))
    attempt = PaymentAttempt.objects.get()
    browser.get(f"/my/payments/{attempt.public_id}/")

    again = browser.post(f"/my/invoices/{invoice.public_id}/pay/")
    back = browser.get(f"/my/payments/{attempt.public_id}/")

    assert again["Location"] == f"/my/invoices/{invoice.public_id}/"
    assert "Paid, thank you" in text(back)
    assert PaymentAttempt.objects.count() == Payment.objects.count() == 1


def test_an_expired_page_is_replaced(browser, webhooks, invoice):
    first = browser.start(invoice)
    stripe.StripeClient(
        "sk_test_tests",
        base_addresses={"api": browser.account.url},
        stripe_account=browser.account.account,
    ).v1.checkout.sessions.expire(first)
    webhooks.deliver(webhooks.wait("checkout.session.expired"))
    webhooks.apply()

    second = browser.start(invoice)

    assert second != first
    assert PaymentAttempt.objects.get(provider_session=first).status == "expired"
    browser.pay(second)
    assert "Paid, thank you" in text(browser.get(_return_of(second)))


def test_an_attempt_cut_before_the_answer_is_taken_up_again(browser, invoice):
    browser.account.control(
        "POST", "faults", kind="drop_after_commit", times=4, path="/v1/checkout"
    )
    cut = browser.post(f"/my/invoices/{invoice.public_id}/pay/")
    stuck = PaymentAttempt.objects.get()
    browser.account.control("DELETE", "faults")

    page = browser.start(invoice)

    assert cut["Location"] == f"/my/invoices/{invoice.public_id}/"
    assert stuck.status == AttemptStatus.CREATED
    assert stuck.provider_session == ""
    attempt = PaymentAttempt.objects.get()
    assert (attempt.pk, attempt.status) == (stuck.pk, AttemptStatus.OPEN)
    assert attempt.provider_session == page
    opened = browser.account.client.v1.checkout.sessions.list().data
    assert [each.id for each in opened] == [page]


def test_a_message_can_be_the_answer_that_was_lost(browser, webhooks, invoice):
    page = browser.start(invoice)
    PaymentAttempt.objects.update(status="created", provider_session="", url="")
    browser.pay(page)

    webhooks.deliver(webhooks.wait(COMPLETED))
    webhooks.apply()

    invoice.refresh_from_db()
    assert invoice.status == InvoiceStatus.PAID


def test_a_provider_that_is_down_is_said_plainly(browser, settings, invoice):
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    answer = browser.post(f"/my/invoices/{invoice.public_id}/pay/")
    page = browser.get(answer["Location"])

    assert "The payment service does not answer." in text(page)
    assert Payment.objects.count() == 0


def test_money_received_twice_becomes_credit(browser, webhooks, invoice):
    first = browser.start(invoice)
    PaymentAttempt.objects.update(status="expired")
    second = browser.start(invoice)
    for page in (first, second):
        browser.pay(page)

    eventually(lambda: len(paid_messages(webhooks)) == 2)
    for message in paid_messages(webhooks):
        webhooks.deliver(message)
    webhooks.apply()

    invoice.refresh_from_db()
    assert (invoice.status, invoice.paid_minor) == (InvoiceStatus.PAID, 1380)
    assert Payment.objects.count() == 2
    credit = LedgerEntry.objects.get(account="credit")
    assert (credit.household, credit.amount_minor) == (invoice.household, -1380)


def test_a_receipt_follows_by_mail(
    browser, webhooks, invoice, private_files, mailoutbox
):
    browser.pay(browser.start(invoice))
    webhooks.deliver(webhooks.wait(COMPLETED))
    webhooks.apply()

    assert "print_payment" in run_jobs("documents")

    payment = Payment.objects.get()
    answer = browser.get(f"/my/payments/{payment.public_id}/receipt/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    letter = next(m for m in mailoutbox if payment.receipt_reference in m.subject)
    assert letter.to == [browser.family.account.email]
    assert f"/my/payments/{payment.public_id}/receipt/" in letter.body


def test_another_family_finds_nothing(browser, invoice, rochebelle):
    browser.start(invoice)
    attempt = PaymentAttempt.objects.get()
    browser.client = signed_in(a_family())
    paths = [
        f"/my/invoices/{invoice.public_id}/",
        f"/my/invoices/{invoice.public_id}/document/",
        f"/my/payments/{attempt.public_id}/",
        f"/my/payments/{uuid4()}/receipt/",
    ]

    seen = [browser.get(path).status_code for path in paths]
    paying = browser.post(f"/my/invoices/{invoice.public_id}/pay/").status_code

    assert {*seen, paying} == {404}


def test_a_part_payment_at_the_counter_makes_a_new_page(browser, regie, family):
    invoice = issue(regie, family, minor=1000, days=1)
    first = browser.start(invoice)
    record_payment(
        invoice=invoice,
        receipt=Receipt(PaymentMethod.COUNTER, 400, NOW),
        actor=None,
    )
    second = browser.start(invoice)

    assert browser.account.read(first).status == "expired"
    assert browser.account.read(second).amount_total == 600


def _return_of(page: str) -> str:
    attempt = PaymentAttempt.objects.get(provider_session=page)
    return f"/my/payments/{attempt.public_id}/"


def paid_messages(webhooks):
    return [m for m in webhooks.listener.received if COMPLETED.encode() in m[0]]


def text(answer):
    return answer.content.decode()
