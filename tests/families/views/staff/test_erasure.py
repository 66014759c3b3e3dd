"""Staff: answers to families that ask to be erased, and copies made for people."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django_tenants.utils import tenant_context

from families.models import DataCopy, ErasureRequest
from families.services.privacy.asking import ask_erasure
from families.services.privacy.copies import make_copy
from foundation.accounts.models import Account
from foundation.journal.models import Entry, Reading
from tenants.models import Town
from tests.families.builders import NOW, PASSWORD, TODAY, Family, browser, make_family
from tests.portal.sign_in.steps import prove

PAGE = "/admin/families/erasure/"
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def family(rochebelle: Town) -> Family:
    return make_family("claire@example.com", "Zoé")


def staff(town: Town, email: str, *, rights: tuple[str, ...] | None = None) -> Any:
    with tenant_context(town):
        if rights is None:
            account = Account.objects.create_superuser(email, PASSWORD)
        else:
            account = Account.objects.create_user(email, PASSWORD, is_staff=True)
            found = Permission.objects.filter(codename__in=("access_admin", *rights))
            account.user_permissions.set(found)
        client = browser()
        client.force_login(account)
    return client


def asked(family: Family) -> ErasureRequest:
    return ask_erasure(
        household=family.household, actor=family.account, today=TODAY, now=NOW
    )


def test_an_administrator_refuses_with_a_reason(
    rochebelle: Town, family: Family
) -> None:
    request = asked(family)
    client = staff(rochebelle, "chief@example.com")
    here = f"{PAGE}{request.public_id}/"
    key = {"form_key": uuid4()}

    listed, page = client.get(PAGE), client.get(here)
    silent = client.post(f"{here}refuse/", key)
    refused = client.post(f"{here}refuse/", {**key, "reason": "A case is open."})

    assert family.household.file_number in listed.text
    assert "What an erasure does" in page.text
    assert (silent.status_code, refused["Location"]) == (200, PAGE)
    with tenant_context(rochebelle):
        request.refresh_from_db()
        assert (request.status, request.reason) == ("refused", "A case is open.")


def test_an_administrator_accepts_once(rochebelle: Town, family: Family) -> None:
    request = asked(family)
    client = staff(rochebelle, "chief@example.com")
    sent = {"form_key": uuid4(), "reason": "As asked"}

    for _again in range(2):
        client.post(f"{PAGE}{request.public_id}/accept/", sent)

    with tenant_context(rochebelle):
        assert ErasureRequest.objects.get().status == "accepted"
        assert Entry.objects.filter(action="erasure accepted").count() == 1


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}{NOBODY}/"])
def test_a_clerk_without_the_right_does_not_answer(
    rochebelle: Town, family: Family, path: str
) -> None:
    client = staff(rochebelle, "clerk@example.com", rights=("change_household",))

    assert client.get(path).status_code in (302, 403)


def test_a_clerk_gives_a_copy_at_the_counter_and_it_is_journalled(
    rochebelle: Town, family: Family
) -> None:
    rights = ("copy_data", "view_household")
    client = staff(rochebelle, "clerk@example.com", rights=rights)
    household, person = family.household.public_id, family.person.public_id
    here = f"/admin/households/{household}/adults/{person}/copy/"
    prove(client, PASSWORD)

    silent = client.post(here, {"way": "counter"})
    asked_for = client.post(here, {"way": "counter", "reason": "Letter of 3 March"})
    with tenant_context(rochebelle):
        make_copy(copy_id=DataCopy.objects.get().pk, now=NOW)
    ready, file = client.get(here), client.get(f"{here}file/")

    assert (silent.status_code, asked_for["Location"]) == (200, here)
    assert "Download to give it" in ready.text
    assert b"".join(file).startswith(b"PK")
    with tenant_context(rochebelle):
        given = Entry.objects.get(action="data copy given")
        assert given.reason == "Letter of 3 March"
        subjects = set(Reading.objects.values_list("subject", flat=True))
        assert subjects == {"health", "identity", "bank"}


def test_a_copy_for_their_space_is_not_downloaded_by_the_clerk(
    rochebelle: Town, family: Family
) -> None:
    client = staff(rochebelle, "chief@example.com")
    prove(client, PASSWORD)
    household, person = family.household.public_id, family.person.public_id
    here = f"/admin/households/{household}/adults/{person}/copy/"
    client.post(here, {"way": "space", "reason": "Letter"})
    with tenant_context(rochebelle):
        make_copy(copy_id=DataCopy.objects.get().pk, now=NOW)

    assert client.get(f"{here}file/").status_code == 404


def test_a_clerk_without_the_right_makes_no_copy(
    rochebelle: Town, family: Family
) -> None:
    client = staff(rochebelle, "clerk@example.com", rights=("view_household",))
    household, person = family.household.public_id, family.person.public_id

    answer = client.get(f"/admin/households/{household}/adults/{person}/copy/")

    assert answer.status_code in (302, 403)
