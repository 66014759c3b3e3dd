"""The screens of an import: hand in, read the dry run, take all of it."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from families.domain.imports.columns import Sheet
from families.models import FamilyImport, Household
from foundation.accounts.models import Account
from tenants.models import Town
from tenants.townhall.models import StaffScope
from tests.billing.jobs import enter, run_jobs
from tests.catalog.views.staff_steps import administrator, family
from tests.families.services.test_importing import ADULTS, HOUSEHOLDS, TABLES

HERE = "/admin/families/imports/"
LIST_QUERIES = 13


@pytest.fixture
def desk(rochebelle: Town, settings: Any, tmp_path: Any) -> Client:
    settings.PREAU_PRIVATE_ROOT = tmp_path
    rochebelle.locale = "en"
    rochebelle.save(update_fields=["locale"])
    return administrator(rochebelle)


def hand_in(desk: Client, town: Town, *tables: tuple[str, bytes]) -> Any:
    files = [SimpleUploadedFile(name, content) for name, content in tables or TABLES]
    answer = desk.post(f"{HERE}new/", {"tables": files, "form_key": str(uuid4())})
    enter(town)
    if answer.status_code == 302:
        run_jobs()
    return answer


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_files_are_read_then_taken(desk: Client, rochebelle: Town) -> None:
    place = hand_in(desk, rochebelle)["Location"]
    page = text(desk.get(place))
    desk.post(f"{place}take/", {"form_key": str(uuid4())})
    enter(rochebelle)
    run_jobs()
    after = text(desk.get(place))

    enter(rochebelle)
    assert "Take 2 households" in page
    assert "Take 2 households" not in after
    assert Household.objects.filter(file_number__in=["A1", "B2"]).count() == 2


def test_errors_are_shown_with_their_place_and_downloaded(
    desk: Client, rochebelle: Town
) -> None:
    wrong = HOUSEHOLDS.replace("812,50", "beaucoup")

    place = hand_in(
        desk,
        rochebelle,
        ("foyers.csv", wrong.encode()),
        ("adultes.csv", ADULTS.encode()),
    )["Location"]
    page = text(desk.get(place))
    listed = desk.get(f"{place}problems/").content.decode("utf-8-sig")

    assert "1 error to correct" in page
    assert "Write an amount like 1234,56." in page
    assert "/take/" not in page
    assert "foyers.csv;2;Quotient;Write an amount like 1234,56." in listed


def test_taking_it_twice_at_once_says_so(desk: Client, rochebelle: Town) -> None:
    place = hand_in(desk, rochebelle)["Location"]
    desk.post(f"{place}take/", {"form_key": str(uuid4())})

    answer = desk.post(f"{place}take/", {"form_key": str(uuid4())}, follow=True)

    assert "cannot be taken now" in text(answer)


def test_giving_it_up_keeps_nothing(desk: Client, rochebelle: Town) -> None:
    place = hand_in(desk, rochebelle)["Location"]

    question = text(desk.get(f"{place}give-up/"))
    enter(rochebelle)
    asked = FamilyImport.objects.get().status
    answer = desk.post(f"{place}give-up/", follow=True)

    enter(rochebelle)
    assert "Nothing of them enters the families." in question
    assert asked != "given_up"
    assert "given up" in text(answer)
    assert FamilyImport.objects.get().status == "given_up"


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ([], "Choose the files to read."),
        ([("a.csv", b"")], "This file is empty."),
        ([(f"{index}.csv", b"x") for index in range(7)], "Choose 6 files at most."),
        ([("a.csv", b"x"), ("a.csv", b"y")], "Two files have the same name."),
    ],
)
def test_what_cannot_be_read_is_said_at_once(
    desk: Client, tables: list[tuple[str, bytes]], said: str
) -> None:
    files = [SimpleUploadedFile(name, content) for name, content in tables]

    answer = desk.post(f"{HERE}new/", {"tables": files, "form_key": str(uuid4())})

    assert answer.status_code == 200
    assert said in text(answer)


@pytest.mark.parametrize("sheet", list(Sheet))
def test_empty_tables_are_given(desk: Client, sheet: Sheet) -> None:
    answer = desk.get(f"{HERE}empty/{sheet}/")

    assert "numéro de dossier" in answer.content.decode("utf-8-sig")
    assert desk.get(f"{HERE}empty/nothing/").status_code == 404


def test_families_and_clerks_of_a_part_of_the_town_bring_nobody(
    desk: Client, rochebelle: Town
) -> None:
    assert family(rochebelle).get(HERE).status_code == 404
    enter(rochebelle)
    clerk = Account.objects.get(email="mairie@rochebelle.localhost")
    StaffScope.objects.create(account=clerk, all_departments=False)
    Account.objects.filter(pk=clerk.pk).update(is_superuser=False)
    clerk.user_permissions.set(Permission.objects.all())
    desk.force_login(clerk)

    answer = desk.get(HERE)

    assert answer.status_code == 302
    assert answer["Location"] == "/admin/"


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_for_one_or_thirty(
    desk: Client, rochebelle: Town, count: int, django_assert_num_queries: Any
) -> None:
    clerk = Account.objects.filter(is_superuser=True).earliest("id")
    FamilyImport.objects.bulk_create(
        FamilyImport(uploaded_by=clerk, uploaded_at="2026-11-21T10:00Z")
        for _each in range(count)
    )
    desk.get(HERE)

    with django_assert_num_queries(LIST_QUERIES):
        desk.get(HERE)
