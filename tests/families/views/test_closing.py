"""The page that closes one's account, and the clerk's."""

from uuid import uuid4

import pytest
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from tests.families.builders import PASSWORD, browser, make_family
from tests.portal.sign_in.steps import leave_open


def signed_in(email):
    client = browser()
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return client


@pytest.fixture
def desk(rochebelle):
    """A clerk with every right of the town."""
    Account.objects.create_superuser("chef@example.com", PASSWORD)
    client = browser()
    with tenant_context(rochebelle):
        client.force_login(Account.objects.get(email="chef@example.com"))
    return client


def test_a_parent_closes_the_account_and_signs_in_no_more(rochebelle):
    family = make_family()
    client = signed_in(family.account.email)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    unsure = client.post("/my/account/close/")
    sure = client.post("/my/account/close/", {"sure": "on"})
    again = browser().post(
        "/accounts/login/", {"login": family.account.email, "password": PASSWORD}
    )

    assert list(unsure.context["form"].errors) == ["sure"]
    assert sure["Location"] == "/my/account/closed/"
    assert client.get("/my/")["Location"].startswith("/accounts/login/")
    assert again["Location"] != "/my/"
    assert client.get("/my/account/closed/").status_code == 200


def test_the_password_is_asked_again_first(rochebelle):
    family = make_family()
    client = signed_in(family.account.email)
    leave_open(client, rochebelle)

    answer = client.post("/my/account/close/", {"sure": "on"})

    assert answer["Location"].startswith("/accounts/reauthenticate/")
    with tenant_context(rochebelle):
        family.account.refresh_from_db()
    assert family.account.is_active


def test_a_clerk_closes_an_account_with_a_reason_and_reopens_it(rochebelle, desk):
    family = make_family()
    path = (
        f"/admin/households/{family.household.public_id}"
        f"/adults/{family.person.public_id}/account/"
    )

    page = desk.get(path)
    silent = desk.post(path, {"close": "1"})
    desk.post(path, {"close": "1", "reason": "The age was wrong."})
    with tenant_context(rochebelle):
        family.account.refresh_from_db()
        closed = family.account.is_active is False
    desk.post(path, {"reopen": "1", "reason": "A mistake."})

    assert page.status_code == 200
    assert list(silent.context["form"].errors) == ["reason"]
    assert closed
    with tenant_context(rochebelle):
        family.account.refresh_from_db()
        assert family.account.is_active


def test_an_unknown_adult_is_not_found(rochebelle, desk):
    family = make_family()
    path = f"/admin/households/{family.household.public_id}/adults/{uuid4()}/account/"

    assert desk.get(path).status_code == 404


def test_families_never_reach_the_clerks_page(rochebelle):
    family = make_family()
    client = signed_in(family.account.email)

    answer = client.get(
        f"/admin/households/{family.household.public_id}"
        f"/adults/{family.person.public_id}/account/"
    )

    assert answer.status_code == 404


def test_a_clerk_writes_reads_and_publishes_the_terms(rochebelle, desk):
    family = make_family()
    empty = desk.get("/admin/families/terms/")

    kept = desk.post("/admin/families/terms/", {"body": "# Rules\n\nBe kind."})
    read = desk.get("/admin/families/terms/publish/")
    desk.post("/admin/families/terms/publish/")
    listed = desk.get("/admin/families/terms/")
    twice = desk.post("/admin/families/terms/publish/", follow=True)

    assert empty.status_code == 200
    assert kept["Location"] == "/admin/families/terms/"
    assert "Be kind." in read.text
    assert "Version 1" in listed.text
    assert "Version 2" not in twice.text
    parent = signed_in(family.account.email)
    assert parent.get("/my/")["Location"].startswith("/my/terms/")
