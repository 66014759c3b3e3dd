"""Every form of a family that books, pays or signs, sent five times at once.

Sent one after the other: tests/enrolment/views, tests/families/views and
tests/billing/views. The rush of many families: tests/enrolment/test_rush.py.
"""

import re
from typing import Any
from uuid import uuid4

import pytest
from django_tenants.utils import tenant_context

from billing.models import Mandate, Payment, PaymentAttempt
from enrolment.models import AccessRequest, Booking, Order
from families.models import Child, Household
from foundation.journal.models import Entry
from foundation.post.models import OutgoingMail
from tenants.models import Town
from tests.billing import builders as billing
from tests.billing.conftest import issue
from tests.billing.services.test_mandates import sign
from tests.enrolment.booking_builders import (
    accepted_family,
    activity,
    book,
    course,
    lunch,
)
from tests.enrolment.request_builders import draft, hand_in
from tests.families.builders import account_of, make_family, make_person
from tests.families.views.test_family import ADDRESS, CHILD
from tests.hostile.together import Person, places, statuses
from tests.infra.simulator.program import Town as Account

SWIMMING = "Natation 6-10 ans"
HIDDEN = r'name="(form_key|line|add|cancel)" value="([^"]+)"'


def mail_to(family: Any) -> int:
    """Count the messages a family was sent."""
    return OutgoingMail.objects.filter(
        recipients__contains=[family.account.email]
    ).count()


def told(target: Any) -> list[str]:
    """Return what the journal says of something, in order."""
    about = Entry.objects.filter(record=target.public_id).order_by("pk")
    return [entry.action for entry in about]


def email() -> str:
    return f"{uuid4().hex}@example.com"


def hidden(page: str) -> dict[str, list[str]]:
    """Return what a check page would send."""
    data: dict[str, list[str]] = {}
    for name, value in re.findall(HIDDEN, page):
        data.setdefault(name, []).append(value)
    return data


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "foundation.post.backends.OutboxBackend"


def test_a_month_is_booked_once(crowded: Town) -> None:
    with tenant_context(crowded):
        family = accepted_family(email())
        repas = activity("repas").public_id
        day = lunch("2026-12-04").public_id
    parent = Person.signed_in(crowded, family.account)
    check = f"/my/bookings/{family.children[0].public_id}/{repas}/check/"

    answers = parent.send(
        check, hidden(parent.page(f"{check}?month=2026-12&day={day}"))
    )

    assert set(statuses(answers)) == {302}
    assert len(places(answers)) == 1
    with tenant_context(crowded):
        assert Booking.objects.filter(household=family.household).count() == 1
        assert Order.objects.filter(household=family.household).count() == 1
        assert mail_to(family) == 1


def test_a_course_is_kept_once_and_confirmed_once(crowded: Town) -> None:
    with tenant_context(crowded):
        family = accepted_family(email())
        swimming = activity("natation").public_id
        place = f"{family.children[0].public_id}:{course(SWIMMING).public_id}"
        taken = course(SWIMMING).seats_taken
    parent = Person.signed_in(crowded, family.account)

    kept = parent.send(f"/my/bookings/courses/{swimming}/", {"place": place})
    confirmed = parent.send(
        "/my/basket/check/", hidden(parent.page("/my/basket/check/"))
    )

    assert places(kept) == {"/my/basket/"}
    assert len(places(confirmed)) == 1
    assert set(statuses(kept + confirmed)) == {302}
    with tenant_context(crowded):
        assert Booking.objects.filter(household=family.household).count() == 1
        assert Order.objects.filter(household=family.household).count() == 1
        assert course(SWIMMING).seats_taken == taken + 1
        assert mail_to(family) == 1


def test_a_booking_is_cancelled_once(crowded: Town) -> None:
    with tenant_context(crowded):
        family = accepted_family(email())
        book(family, lunch("2026-12-03"))
        booking = Booking.objects.get(household=family.household)
        written = mail_to(family)
    parent = Person.signed_in(crowded, family.account)
    path = f"/my/bookings/{booking.public_id}/cancel/"

    answers = parent.send(path, hidden(parent.page(path)))

    assert places(answers) == {"/my/bookings/"}
    with tenant_context(crowded):
        booking.refresh_from_db()
        assert booking.status == "cancelled"
        assert lunch("2026-12-03").seats_taken == 0
        assert mail_to(family) <= written + 1


def test_a_request_is_sent_once(crowded: Town) -> None:
    with tenant_context(crowded):
        family = make_family(email(), "Lina")
        asked = draft(family)
        for code in ("domicile", "assurance"):
            hand_in(asked, code)
    parent = Person.signed_in(crowded, family.account)

    answers = parent.send(
        f"/my/requests/{asked.public_id}/check/",
        {"form_key": uuid4(), "certified": "on"},
    )

    assert places(answers) == {f"/my/requests/{asked.public_id}/sent/"}
    with tenant_context(crowded):
        sent = AccessRequest.objects.get(household=family.household)
        assert sent.status == "submitted"
        assert mail_to(family) == 1


def test_a_request_is_opened_once(crowded: Town) -> None:
    with tenant_context(crowded):
        family = make_family(email(), "Lina")
        child = family.children[0].public_id
    parent = Person.signed_in(crowded, family.account)

    answers = parent.send(
        "/my/requests/new/",
        {"asked": "service", "child": child, "service": "cantine", "for": "cantine"},
    )

    assert set(statuses(answers)) == {302}
    with tenant_context(crowded):
        assert AccessRequest.objects.filter(household=family.household).count() == 1


def test_a_household_is_opened_once_and_a_child_added_once(crowded: Town) -> None:
    with tenant_context(crowded):
        person = make_person(email())
    parent = Person.signed_in(crowded, account_of(person))

    opened = parent.send("/my/address/", ADDRESS)
    added = parent.send("/my/children/new/", {**CHILD, "form_key": str(uuid4())})

    assert max(statuses(opened + added)) == 302
    with tenant_context(crowded):
        household = Household.objects.get(guardians__person=person)
        assert Child.objects.filter(memberships__household=household).count() == 1


def test_a_mandate_is_signed_once_and_stopped_once(crowded: Town) -> None:
    with tenant_context(crowded):
        family = accepted_family(email())
        billing.a_regie()
    parent = Person.signed_in(crowded, family.account)
    window = parent.window()
    window.post("/accounts/reauthenticate/", {"password": "un-long-secret"})
    parent.session = window.cookies["session"].value
    path = "/my/direct-debit/sign/enfance/"
    answers = {"holder": "Claire Martin", "iban": billing.SWEET_IBAN}

    signed = parent.send(
        f"{path}confirm/", {**answers, "form_key": str(uuid4()), "agreed": "on"}
    )
    with tenant_context(crowded):
        mandate = Mandate.objects.get(household=family.household)
    stopped = parent.send(
        f"/my/direct-debit/{mandate.public_id}/revoke/", {"sure": "yes"}
    )

    assert places(signed) == places(stopped) == {"/my/direct-debit/"}
    with tenant_context(crowded):
        mandate.refresh_from_db()
        assert mandate.status == "revoked"
        assert told(mandate) == ["mandate signed", "mandate revoked"]


def test_two_mandates_signed_on_two_forms_are_one(crowded: Town) -> None:
    with tenant_context(crowded):
        family = accepted_family(email())
        sign(billing_family(family), billing.a_regie())
    parent = Person.signed_in(crowded, family.account)
    window = parent.window()
    window.post("/accounts/reauthenticate/", {"password": "un-long-secret"})

    answer = window.post(
        "/my/direct-debit/sign/enfance/confirm/",
        {
            "holder": "Claire",
            "iban": billing.SWEET_IBAN,
            "form_key": str(uuid4()),
            "agreed": "on",
        },
    )

    assert answer.status_code == 200
    assert "already" in answer.content.decode()
    with tenant_context(crowded):
        assert Mandate.objects.filter(household=family.household).count() == 1


def test_paying_leads_to_one_page_and_coming_back_records_one_payment(
    crowded: Town, simulator_url: str, settings: Any
) -> None:
    settings.STRIPE_API_BASE = simulator_url
    card = Account(simulator_url, "sk_test_tests", account=f"acct_{uuid4().hex}")
    with tenant_context(crowded):
        family = billing_family(accepted_family(email()))
        regie = billing.a_regie(stripe_account=card.account)
        invoice = issue(regie, family, minor=345, days=2)
    parent = Person.signed_in(crowded, family.account)

    left = parent.send(f"/my/invoices/{invoice.public_id}/pay/", {})
    (page,) = places(left)
    session = page.rpartition("/")[2]
    card.control("POST", f"sessions/{session}/pay", card="4242424242424242")
    with tenant_context(crowded):
        attempt = PaymentAttempt.objects.get(invoice=invoice)
    back = f"/my/payments/{attempt.public_id}/"
    pages = [parent.page(back) for _tab in range(2)]

    assert set(statuses(left)) == {302}
    assert all("Paid, thank you" in each for each in pages)
    with tenant_context(crowded):
        assert Payment.objects.get(household=family.household).amount_minor == 690


def billing_family(family: Any) -> billing.Family:
    """Return a family as the builders of billing know it."""
    child = family.children[0]
    return billing.Family(family.household, family.account, family.person, child)
