"""The screen of the sign-in services, and the addresses it refuses to ask."""

import socket
from typing import Any

import pytest
import requests
from django.test import Client
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tenants.gateways.openid import (
    ServiceUnreachableError,
    UnsafeAddressError,
    check_discovery,
    guarded_session,
    is_safe,
    read_discovery,
)
from tenants.models import Town
from tenants.townhall.models import SignInProvider
from tests.families.builders import browser
from tests.portal.sign_in.provider import running_service

SECRET = "s3cret-of-the-town"


@pytest.fixture(scope="module")
def service():
    with running_service() as running:
        yield running


@pytest.fixture
def administrator(rochebelle: Town) -> Client:
    client = browser()
    client.force_login(Account.objects.create_superuser("admin@example.com", "x"))
    return client


def answers(service: Any, **other: str) -> dict[str, str]:
    return {
        "label": "Identité de la ville",
        "kind": "openid",
        "code": "town-id",
        "discovery_url": service.address,
        "client_id": "rochebelle",
        "secret": SECRET,
        "is_offered": "on",
    } | other


def test_an_administrator_adds_a_service_and_its_secret_never_shows_again(
    administrator, service, rochebelle
):
    added = administrator.post("/admin/sign-in-services/new/", answers(service))
    with tenant_context(rochebelle):
        kept = SignInProvider.objects.get()
        assert kept.secret == SECRET
        journal = str(list(Entry.objects.values_list("new", flat=True)))
    edit = administrator.get(f"/admin/sign-in-services/edit/{kept.pk}/")

    assert added.status_code == 302
    assert SECRET not in edit.text
    assert SECRET not in journal
    assert "http://rochebelle.localhost/accounts/services/town-id/return/" in edit.text
    assert "Identité de la ville" in browser().get("/accounts/login/").text


def test_an_empty_secret_keeps_the_present_one_and_a_new_one_replaces_it(
    administrator, service, rochebelle
):
    administrator.post("/admin/sign-in-services/new/", answers(service))
    with tenant_context(rochebelle):
        pk = SignInProvider.objects.get().pk
    seen = []

    for typed in ("", "another"):
        administrator.post(
            f"/admin/sign-in-services/edit/{pk}/", answers(service, secret=typed)
        )
        with tenant_context(rochebelle):
            seen.append(SignInProvider.objects.get().secret)

    assert seen == [SECRET, "another"]


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/.well-known/openid-configuration",
        "https://user:password@example.com/x",
        "ftp://example.com/x",
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_an_unsafe_address_is_refused(administrator, service, address, rochebelle):
    answer = administrator.post(
        "/admin/sign-in-services/new/", answers(service, discovery_url=address)
    )

    assert answer.status_code == 200
    with tenant_context(rochebelle):
        assert not SignInProvider.objects.exists()


def test_clerks_do_not_see_the_services(rochebelle):
    clerk = Account.objects.create_user("agent@example.com", "x", is_staff=True)
    from django.contrib.auth.models import Permission  # noqa: PLC0415 - only here.

    clerk.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = browser()
    client.force_login(clerk)

    assert client.get("/admin/sign-in-services/").status_code in {302, 403}


def test_a_private_address_is_left_as_soon_as_it_answers(settings, service):
    settings.SIGN_IN_SERVICES_MAY_BE_LOCAL = False
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    with guarded_session() as session, pytest.raises(requests.ConnectionError):
        session.get(f"https://127.0.0.1:{port}/")

    peer, _address = listener.accept()
    with peer:
        assert peer.recv(10) == b""
    listener.close()


def test_plain_http_is_not_spoken(settings, service):
    settings.SIGN_IN_SERVICES_MAY_BE_LOCAL = False

    assert not is_safe(service.address)
    with guarded_session() as session, pytest.raises(requests.RequestException):
        session.get(service.address)
    with pytest.raises(UnsafeAddressError):
        read_discovery(service.address)


def test_what_is_no_sign_in_service_is_refused(service):
    with pytest.raises(ServiceUnreachableError):
        read_discovery(f"http://localhost:{service.port}/jwks")


def test_a_service_may_not_lead_to_an_unsafe_address(service):
    document = dict(read_discovery(service.address).document)
    document["token_endpoint"] = "http://10.0.0.7/token"

    with pytest.raises(ServiceUnreachableError):
        check_discovery(document)
