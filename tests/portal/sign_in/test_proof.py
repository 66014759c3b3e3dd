"""Who it is, asked again before what matters, without losing what was typed."""

import time
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from django.http import HttpResponse
from django.test import RequestFactory
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from foundation.accounts.proof import fresh_password_required
from foundation.post.models import OutgoingMail
from tests.families.builders import browser, make_family
from tests.portal.sign_in.steps import PROVE, leave_open, sign_in

NEW = {"email": "nouvelle@example.com", "action_add": "1"}


@pytest.fixture
def client(rochebelle, settings):
    settings.EMAIL_BACKEND = "foundation.post.backends.OutboxBackend"
    make_family()
    client = browser()
    sign_in(client)
    leave_open(client, rochebelle)
    return client


def test_who_signed_in_a_minute_ago_is_not_asked_twice(client, rochebelle):
    asked = client.get("/my/account/close/")
    sign_in(other := browser())

    assert asked["Location"].startswith(PROVE)
    assert other.get("/my/account/close/").status_code == 200
    assert other.get("/accounts/2fa/totp/activate/").status_code == 200


def test_a_sign_in_does_not_vouch_for_the_next_account_of_the_browser(rochebelle):
    make_family()
    make_family("autre@example.com")
    sign_in(client := browser())
    with tenant_context(rochebelle):
        records = client.session[AUTHENTICATION_METHODS_SESSION_KEY]
        client.force_login(Account.objects.get(email="autre@example.com"))
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = records
        session.save()

    answer = client.get("/my/account/close/")

    assert answer["Location"].startswith(PROVE)


def test_a_link_of_a_message_proves_the_mailbox_only(client, rochebelle):
    record = {"method": "password_reset", "at": time.time()}
    with tenant_context(rochebelle):
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [record]
        session.save()

    answer = client.get("/my/account/close/")

    assert answer["Location"].startswith(PROVE)


def test_a_new_address_waits_for_the_password_and_is_not_typed_twice(
    client, rochebelle
):
    asked = client.post("/accounts/email/", NEW)
    with tenant_context(rochebelle):
        before = EmailAddress.objects.filter(email=NEW["email"]).exists()
    client.post(PROVE, {"password": "un-long-secret", "next": "/accounts/email/"})

    assert asked["Location"].startswith(PROVE)
    assert not before
    with tenant_context(rochebelle):
        assert EmailAddress.objects.filter(email=NEW["email"], verified=False).exists()


def test_the_former_address_is_told_of_the_change(client, rochebelle):
    client.post("/accounts/email/", NEW)
    client.post(PROVE, {"password": "un-long-secret", "next": "/accounts/email/"})
    with tenant_context(rochebelle):
        mail = OutgoingMail.objects.filter(recipients=[NEW["email"]]).latest("id")
    link = next(word for word in mail.text.split() if "/confirm-email/" in word)
    client.post(link.removeprefix("http://rochebelle.localhost"))

    with tenant_context(rochebelle):
        told = OutgoingMail.objects.filter(recipients=["claire@example.com"])
        assert told.exists()
        assert Account.objects.filter(email=NEW["email"]).exists()


def test_a_wrong_password_lets_nobody_go_on(client, rochebelle):
    client.post("/accounts/email/", NEW)

    answer = client.post(PROVE, {"password": "wrong", "next": "/accounts/email/"})

    assert answer.status_code == 200
    with tenant_context(rochebelle):
        assert not EmailAddress.objects.filter(email=NEW["email"]).exists()


def test_who_has_no_password_is_sent_to_the_service_after_a_while(client, rochebelle):
    with tenant_context(rochebelle):
        account = Account.objects.get(email="claire@example.com")
        account.set_unusable_password()
        account.save()
        request = RequestFactory().get("/my/something/")
        request.user = account
        request.session = client.session
    record: dict[str, Any] = {
        "method": "socialaccount",
        "provider": "town-id",
        "uid": "x",
    }
    view = fresh_password_required()(lambda request: HttpResponse("in"))
    seen = []

    for minutes in (1, 60):
        record["at"] = time.time() - minutes * 60
        with tenant_context(rochebelle):
            request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [record]
            answer = view(request)
        seen.append(answer.get("Location") or getattr(answer, "text", ""))

    assert seen == ["in", "/accounts/services/town-id/?next=%2Fmy%2Fsomething%2F"]
