"""Reading and accepting the terms of use."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from families.models import TermsAcceptance
from families.services.terms import publish_terms, write_draft
from tests.families.builders import NOW, PASSWORD, browser, make_family


@pytest.fixture
def town(rochebelle):
    return rochebelle


def publish(town, body="# Rules\n\nBe kind."):
    with tenant_context(town):
        write_draft(body=body, actor=None)
        return publish_terms(actor=None, now=NOW)


def signed_in(family):
    client = browser()
    client.post(
        "/accounts/login/", {"login": family.account.email, "password": PASSWORD}
    )
    return client


def test_the_terms_come_first_and_lead_back_to_the_page(town):
    client = signed_in(make_family())
    terms = publish(town)

    sent = client.get("/my/children/?page=1")
    page = client.get(sent["Location"])
    answer = client.post(
        sent["Location"], {"accepted": "on", "version": str(terms.public_id)}
    )
    after = client.get("/my/children/")

    assert sent["Location"] == "/my/terms/?next=%2Fmy%2Fchildren%2F%3Fpage%3D1"
    assert "Be kind." in page.text
    assert "<h2>Rules</h2>" in page.text
    assert answer["Location"] == "/my/children/?page=1"
    assert after.status_code == 200
    with tenant_context(town):
        assert TermsAcceptance.objects.get().address == "127.0.0.1"


def test_nothing_is_sent_without_the_terms(town):
    """A form sent meanwhile is not taken."""
    client = signed_in(make_family())
    publish(town)

    answer = client.post("/my/address/", {"street": "9 rue Neuve"})

    assert answer["Location"] == "/my/terms/?next=%2Fmy%2F"


def test_the_box_has_to_be_ticked(town):
    client = signed_in(make_family())
    terms = publish(town)

    answer = client.post("/my/terms/", {"version": str(terms.public_id)})

    assert list(answer.context["form"].errors) == ["accepted"]
    assert client.get("/my/").status_code == 302


def test_a_version_published_meanwhile_is_read_first(town):
    client = signed_in(make_family())
    former = publish(town)
    publish(town, "Be kinder.")

    answer = client.post(
        "/my/terms/", {"accepted": "on", "version": str(former.public_id)}
    )
    page = client.get(answer["Location"])

    assert "Be kinder." in page.text
    with tenant_context(town):
        assert not TermsAcceptance.objects.exists()


def test_nobody_is_sent_to_another_site(town):
    client = signed_in(make_family())
    terms = publish(town)

    answer = client.post(
        "/my/terms/?next=https://evil.example/",
        {"accepted": "on", "version": str(terms.public_id)},
    )

    assert answer["Location"] == "/my/"


def test_the_way_out_stays_open(town):
    client = signed_in(make_family())
    publish(town)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/my/account/close/").status_code == 200


def test_accepted_terms_stay_readable(town):
    client = signed_in(make_family())
    terms = publish(town)
    client.post("/my/terms/", {"accepted": "on", "version": str(terms.public_id)})

    page = client.get("/my/terms/")

    assert "Be kind." in page.text
    assert 'name="accepted"' not in page.text


def test_pages_ask_nothing_more_once_accepted(town):
    client = signed_in(make_family())
    client.get("/my/children/")
    with CaptureQueriesContext(connection) as before:
        client.get("/my/children/")
    terms = publish(town)
    client.post("/my/terms/", {"accepted": "on", "version": str(terms.public_id)})

    with CaptureQueriesContext(connection) as after:
        client.get("/my/children/")

    assert len(before) == len(after)


def test_a_fragment_sends_the_whole_page_to_the_terms(town):
    client = signed_in(make_family())
    publish(town)

    answer = client.get("/my/children/", headers={"hx-request": "true"})

    assert answer["HX-Redirect"].startswith("/my/terms/")
