"""The family's own pages, through the browser."""

from io import BytesIO
from uuid import uuid4

import pytest
from django_tenants.utils import tenant_context
from PIL import Image

from families.models import Child, Document, Household, Proof, ProofType
from families.services.proofs import submit_proof
from foundation.accounts.models import Account
from tests.families.builders import (
    NOW,
    PASSWORD,
    browser,
    make_family,
    make_person,
)
from tests.families.services.test_proofs import PAPER

CHILD = {
    "first_name": "Lina",
    "last_name": "Martin",
    "birth_date_day": "27",
    "birth_date_month": "3",
    "birth_date_year": "2019",
    "other_school": "Jean Jaurès",
    "school_class": "ce1",
}
ADDRESS = {
    "street": "3 rue des Tilleuls",
    "postal_code": "59223",
    "city": "Rochebelle",
    "country": "FR",
}


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


def signed_in(email="claire@example.com", host="rochebelle.localhost"):
    client = browser(host)
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return client


def test_strangers_are_asked_to_sign_in(rochebelle):
    answer = browser().get("/my/children/")

    assert answer["Location"] == "/accounts/login/?next=/my/children/"


def test_a_person_without_household_is_asked_for_the_address(rochebelle):
    make_person()
    client = signed_in()

    answers = [client.get(path) for path in ("/my/", "/my/children/", "/my/proofs/")]

    assert {answer["Location"] for answer in answers} == {"/my/address/"}


def test_a_clerk_is_told_that_there_is_no_family(rochebelle):
    Account.objects.create_user("clerk@example.com", PASSWORD, is_staff=True)
    client = browser()
    client.force_login(Account.objects.get(email="clerk@example.com"))

    answer = client.get("/my/")

    assert answer.status_code == 403
    assert "/admin/" in answer.text


def test_the_address_sent_twice_opens_one_household(rochebelle):
    make_person()
    client = signed_in()

    answers = [client.post("/my/address/", ADDRESS) for _time in range(2)]

    assert [answer["Location"] for answer in answers] == ["/my/", "/my/"]
    with tenant_context(rochebelle):
        assert Household.objects.count() == 1


def test_a_wrong_postal_code_is_explained(rochebelle):
    make_person()

    answer = signed_in().post("/my/address/", ADDRESS | {"postal_code": "5922"})

    assert list(answer.context["form"].errors) == ["postal_code"]


def test_the_commune_is_found_or_chosen_where_there_are_several(etangs):
    with tenant_context(etangs):
        make_person()
    client = signed_in(host="etangs.localhost")

    form = client.get("/my/address/").context["form"]
    codes = {
        commune.code: commune.postal_codes[0] for commune in form.communes.values()
    }
    code, postal_code = next(iter(codes.items()))
    chosen = next(k for k, c in form.communes.items() if c.code == code)
    client.post(
        "/my/address/", ADDRESS | {"postal_code": postal_code, "commune": chosen}
    )

    with tenant_context(etangs):
        assert Household.objects.filter(commune__code=code).exists()


def test_who_lives_elsewhere_has_no_commune(etangs):
    with tenant_context(etangs):
        make_person()

    signed_in(host="etangs.localhost").post(
        "/my/address/", ADDRESS | {"postal_code": "75001", "city": "Paris"}
    )

    with tenant_context(etangs):
        assert Household.objects.get().commune is None


def test_a_child_sent_twice_is_added_once(rochebelle):
    make_family()
    client = signed_in()
    key = str(uuid4())

    answers = [
        client.post("/my/children/new/", CHILD | {"form_key": key}) for _time in "12"
    ]

    assert {answer["Location"] for answer in answers} == {"/my/children/"}
    with tenant_context(rochebelle):
        assert Child.objects.get().first_name == "Lina"


def test_save_and_add_another_comes_back_to_an_empty_form(rochebelle):
    make_family()
    client = signed_in()

    answer = client.post(
        "/my/children/new/", CHILD | {"form_key": str(uuid4()), "another": "1"}
    )
    form = client.get(answer["Location"]).context["form"]

    assert answer["Location"] == "/my/children/new/"
    assert form.initial == {"last_name": "Martin"}


@pytest.mark.parametrize("year", ["2031", "1999", "19", ""])
def test_an_impossible_birth_is_explained(rochebelle, year):
    make_family()

    answer = signed_in().post(
        "/my/children/new/",
        CHILD | {"birth_date_year": year, "form_key": str(uuid4())},
    )

    assert list(answer.context["form"].errors) == ["birth_date"]


def test_the_same_child_again_is_refused_with_its_name(rochebelle):
    make_family()
    client = signed_in()
    client.post("/my/children/new/", CHILD | {"form_key": str(uuid4())})

    again = client.post("/my/children/new/", CHILD | {"form_key": str(uuid4())})

    assert again.status_code == 200
    assert "Lina" in str(again.context["form"].non_field_errors())


def test_a_forged_form_key_is_no_crash(rochebelle):
    make_family()

    answer = signed_in().post("/my/children/new/", CHILD | {"form_key": "x"})

    assert answer.status_code in (200, 302)


def test_a_child_is_changed(rochebelle):
    family = make_family("claire@example.com", "Lina")
    path = f"/my/children/{family.children[0].public_id}/"

    answer = signed_in().post(f"{path}identity/", CHILD | {"school_class": "ce2"})

    assert answer["Location"] == path
    with tenant_context(rochebelle):
        assert Child.objects.get().school_class == "ce2"


def test_a_strangers_child_is_as_one_that_does_not_exist(rochebelle, etangs):
    make_family("claire@example.com")
    theirs = make_family("paul@example.com", "Tom").children[0]
    with tenant_context(etangs):
        elsewhere = make_family("claire@example.com", "Zoé").children[0]
    client = signed_in()
    ids = (theirs.public_id, elsewhere.public_id, uuid4())

    seen = [client.get(f"/my/children/{each}/") for each in ids]
    sent = [client.post(f"/my/children/{each}/identity/", CHILD) for each in ids]

    assert {answer.status_code for answer in seen + sent} == {404}
    assert len({strip(answer.text, ids) for answer in seen}) == 1
    with tenant_context(rochebelle):
        assert Child.objects.get().first_name == "Tom"


def strip(html, ids):
    """Leave out the identifier asked for and the tokens."""
    for each in ids:
        html = html.replace(str(each), "ID")
    lines = html.splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


def photo() -> BytesIO:
    picture = BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")
    picture.seek(0)
    picture.name = "facture.png"
    return picture


def proof_path(code="domicile"):
    return f"/my/proofs/new/{ProofType.objects.get(code=code).public_id}/"


def test_a_photo_is_handed_in_and_comes_back_cleaned(rochebelle):
    make_family()
    path = proof_path()
    client = signed_in()

    sent = client.post(path, {"files": photo(), "certified": "on"})
    page = client.get("/my/documents/")
    with tenant_context(rochebelle):
        document = Document.objects.get()
    answer = client.get(f"/my/documents/{document.public_id}/")

    assert sent["Location"] == "/my/proofs/"
    assert str(document.public_id) in page.text
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert answer["Content-Type"] == "image/jpeg"
    assert "no-store" in answer["Cache-Control"]


def test_a_wrong_kind_of_file_is_explained_and_nothing_is_kept(rochebelle):
    make_family()
    path = proof_path()
    text = BytesIO(b"<html>")
    text.name = "facture.pdf"

    answer = signed_in().post(path, {"files": text, "certified": "on"})

    assert list(answer.context["form"].errors) == ["files"]
    with tenant_context(rochebelle):
        assert not Proof.objects.exists()


def test_a_strangers_document_is_as_one_that_does_not_exist(rochebelle):
    make_family("claire@example.com")
    theirs = make_family("paul@example.com")
    proof = submit_proof(
        household=theirs.household,
        child=None,
        proof_type=ProofType.objects.get(code="domicile"),
        files=[PAPER],
        submitted_by=theirs.account,
        now=NOW,
    )
    document = proof.documents.get()
    client = signed_in()

    foreign = client.get(f"/my/documents/{document.public_id}/")
    absent = client.get(f"/my/documents/{uuid4()}/")
    withdrawn = client.post(f"/my/proofs/{proof.public_id}/withdraw/")

    assert [foreign.status_code, absent.status_code, withdrawn.status_code] == [404] * 3
    assert browser().get(f"/my/documents/{document.public_id}/").status_code == 302


def test_a_proof_about_a_child_needs_a_child(rochebelle):
    make_family()
    path = proof_path("assurance")

    assert signed_in().get(path)["Location"] == "/my/children/new/"


def test_a_waiting_proof_is_taken_back(rochebelle):
    family = make_family()
    proof = submit_proof(
        household=family.household,
        child=None,
        proof_type=ProofType.objects.get(code="domicile"),
        files=[PAPER],
        submitted_by=family.account,
        now=NOW,
    )
    client = signed_in()

    client.post(f"/my/proofs/{proof.public_id}/withdraw/")

    with tenant_context(rochebelle):
        proof.refresh_from_db()
        assert proof.status == "withdrawn"


NAMES = [f"Enfant{n}" for n in range(30)]


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("path", "queries"), [("/my/", 12), ("/my/children/", 10), ("/my/proofs/", 12)]
)
def test_pages_cost_the_same_for_one_row_and_for_thirty(
    rochebelle, django_assert_num_queries, path, queries, count
):
    family = make_family("claire@example.com", *NAMES[:count])
    insurance = ProofType.objects.get(code="assurance")
    for child in family.children:
        submit_proof(
            household=family.household,
            child=child,
            proof_type=insurance,
            files=[PAPER],
            submitted_by=family.account,
            now=NOW,
        )
    client = signed_in()
    client.get(path)

    with django_assert_num_queries(queries):
        answer = client.get(path)

    assert answer.status_code == 200
