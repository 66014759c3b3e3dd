"""My account: a copy of my data, and asking that my file be erased."""

from typing import Any

from django_tenants.utils import tenant_context

from families.enums.privacy import CopyState
from families.models import DataCopy, ErasureRequest
from families.services.privacy.copies import ask_copy, make_copy
from tenants.models import Town
from tests.families.builders import NOW, PASSWORD, browser, make_family
from tests.portal.sign_in.steps import prove

PAGE, COPY = "/my/account/erasure/", "/my/account/data/"


def signed_in(email: str) -> Any:
    client = browser()
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    prove(client, PASSWORD)
    return client


def test_a_family_asks_and_takes_it_back(rochebelle: Town) -> None:
    family = make_family("claire@example.com", "Zoé")
    client = signed_in(family.account.email)

    first = client.get(PAGE)
    unsure = client.post(PAGE)
    asked = client.post(PAGE, {"sure": "on"})
    waiting = client.get(PAGE)
    back = client.post(f"{PAGE}withdraw/")

    assert "What the law keeps" in first.text
    assert list(unsure.context["form"].errors) == ["sure"]
    assert asked["Location"] == PAGE
    assert "The town has your request" in waiting.text
    assert back["Location"] == PAGE
    with tenant_context(rochebelle):
        assert ErasureRequest.objects.get().status == "withdrawn"


def test_the_password_is_asked_again_before_an_erasure_is_asked(
    rochebelle: Town,
) -> None:
    family = make_family()
    client = browser()
    with tenant_context(rochebelle):
        client.force_login(family.account)

    answer = client.post(PAGE, {"sure": "on"})

    assert answer.status_code == 302
    with tenant_context(rochebelle):
        assert not ErasureRequest.objects.exists()


def test_a_copy_is_asked_and_downloaded_by_its_person_only(rochebelle: Town) -> None:
    family, other = make_family("a@example.com"), make_family("b@example.com")
    client = signed_in("a@example.com")

    asked = client.post(COPY)
    with tenant_context(rochebelle):
        copy = DataCopy.objects.get()
        make_copy(copy_id=copy.pk, now=NOW)
    ready = client.get(COPY)
    file = client.get(f"{COPY}file/")
    strange = signed_in("b@example.com").get(f"{COPY}file/")

    assert asked["Location"] == COPY
    assert "Your copy is ready" in ready.text
    assert b"".join(file).startswith(b"PK")
    assert "no-store" in file["Cache-Control"]
    assert strange.status_code == 404
    assert (family.person, other.person) != (other.person, family.person)


def test_a_copy_for_the_counter_is_not_in_the_space(rochebelle: Town) -> None:
    family = make_family()
    copy = ask_copy(
        person=family.person,
        actor=family.account,
        now=NOW,
        reason="At the counter",
        is_for_counter=True,
    )
    make_copy(copy_id=copy.pk, now=NOW)
    client = signed_in(family.account.email)

    answer = client.get(f"{COPY}file/")

    assert answer.status_code == 404
    with tenant_context(rochebelle):
        assert DataCopy.objects.get().state == CopyState.READY
