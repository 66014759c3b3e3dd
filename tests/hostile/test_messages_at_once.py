"""What comes from outside several times at once: sign-ups, the provider's messages."""

import json
from typing import Any
from uuid import uuid4

from django.test import Client
from django_tenants.utils import tenant_context

from billing.models import Invoice, Payment, PaymentAttempt, ProviderEvent
from families.models import Person as FamilyPerson
from foundation.accounts.models import Account
from foundation.post.models import OutgoingMail
from tenants.models import Town
from tests.billing import builders as billing
from tests.billing.conftest import issue
from tests.billing.jobs import run_jobs
from tests.billing.views.test_card_payments import COMPLETED, signed
from tests.families.builders import browser
from tests.hostile.together import TIMES, Person, at_once, statuses
from tests.infra.simulator.program import Town as Merchant
from tests.portal.sign_up_steps import ANSWERS

WEBHOOK = "/webhooks/stripe/"


def test_somebody_who_signs_up_in_several_windows_has_one_account(
    crowded: Town, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "foundation.post.backends.OutboxBackend"
    host = crowded.domains.get(is_primary=True).domain
    email = f"{uuid4().hex}@example.com"

    windows = [browser(host) for _each in range(TIMES)]
    for window in windows:
        window.raise_request_exception = False
    answers = at_once(windows, "/accounts/signup/", {**ANSWERS, "email": email})

    assert set(statuses(answers)) == {302}
    with tenant_context(crowded):
        assert Account.objects.filter(email=email).count() == 1
        assert FamilyPerson.objects.filter(email=email).count() == 1
        links = [
            mail
            for mail in OutgoingMail.objects.filter(recipients__contains=[email])
            if "/accounts/confirm-email/" in mail.text
        ]
        assert len(links) == 1


def test_a_message_of_the_provider_delivered_at_once_has_one_effect(
    crowded: Town, simulator_url: str, settings: Any
) -> None:
    settings.STRIPE_API_BASE = simulator_url
    merchant = Merchant(simulator_url, "sk_test_tests", account=f"acct_{uuid4().hex}")
    with tenant_context(crowded):
        run_jobs("payments")
        family = billing.a_family()
        regie = billing.a_regie(stripe_account=merchant.account)
        invoice = issue(regie, family, minor=345, days=2)
    page = pay(Person.signed_in(crowded, family.account), merchant, invoice)
    messages = [message(crowded, merchant, invoice, page) for _kind in range(2)]

    answers = [
        answer for body, signature in messages for answer in deliver(body, signature)
    ]

    assert set(statuses(answers)) == {200}
    with tenant_context(crowded):
        ids = [json.loads(body)["id"] for body, _signature in messages]
        assert ProviderEvent.objects.filter(event_id__in=ids).count() == len(ids)
        assert run_jobs("payments").count("apply") == len(ids)
        assert Payment.objects.get(household=family.household).amount_minor == 690
        invoice.refresh_from_db()
        assert invoice.status == "paid"


def pay(parent: Person, merchant: Merchant, invoice: Invoice) -> str:
    """Pay on the hosted page; return its id."""
    answer = parent.window().post(f"/my/invoices/{invoice.public_id}/pay/")
    page = str(answer.headers["Location"]).rpartition("/")[2]
    merchant.control("POST", f"sessions/{page}/pay", card="4242424242424242")
    return page


def message(
    town: Town, merchant: Merchant, invoice: Invoice, page: str
) -> tuple[bytes, str]:
    """Write what the provider sends when a page was paid, with an id of its own."""
    with tenant_context(town):
        attempt = PaymentAttempt.objects.get(invoice=invoice)
    about = {
        "town": str(town.public_id),
        "invoice": str(invoice.public_id),
        "attempt": str(attempt.public_id),
    }
    event = {
        "id": f"evt_{uuid4().hex}",
        "object": "event",
        "type": COMPLETED,
        "account": merchant.account,
        "data": {
            "object": {"id": page, "object": "checkout.session", "metadata": about}
        },
    }
    return signed(json.dumps(event).encode())


def deliver(body: bytes, signature: str) -> list[Any]:
    """Deliver one message several times at once, as a provider that insists."""
    lines = [
        Client(headers={"host": "localhost"}, SERVER_NAME="localhost")
        for _each in range(TIMES)
    ]
    for line in lines:
        line.raise_request_exception = False
    return at_once(
        lines,
        WEBHOOK,
        body,
        content_type="application/json",
        headers={"stripe-signature": signature},
    )
