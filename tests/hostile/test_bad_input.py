"""What people get wrong, before any form reads it.

Elsewhere, beside the page it is about: wrong and heavy files
(tests/enrolment/views/test_requests.py, tests/families/views/test_family.py,
tests/foundation/uploads), links expired or used (tests/portal/views/test_sign_up.py),
cards declined and the back button (tests/billing/views), a session filled while in
the basket (tests/enrolment/views/test_basket.py).
"""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tenants.utils import tenant_context
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from families.models import Proof, ProofType
from foundation.uploads.limits import MAX_BYTES
from tenants.models import Town
from tests.catalog.views.staff_steps import administrator, fields_of
from tests.enrolment.request_builders import photo_upload, sign_in
from tests.families.builders import Family, make_family

SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
WRONG = [
    ("page.html", b"<script>alert(1)</script>", "text/html"),
    ("drawing.svg", SCRIPT, "image/svg+xml"),
    ("facture.pdf", b"MZ\x90\x00 a program", "application/pdf"),
    ("photo.jpg", SCRIPT, "image/jpeg"),
    ("table.xlsm", b"PK\x03\x04 macros", "application/vnd.ms-excel"),
    ("archive.zip", b"PK\x03\x04", "application/zip"),
]


@pytest.fixture
def proofs(rochebelle: Town, settings: Any, tmp_path: Any) -> tuple[Family, str]:
    """A family, and where it hands in its proof of address."""
    settings.PREAU_PRIVATE_ROOT = tmp_path
    kind = ProofType.objects.get(code="domicile")
    return make_family(), f"/my/proofs/new/{kind.public_id}/"


@pytest.mark.parametrize(("name", "content", "kind"), WRONG)
def test_a_file_that_is_not_what_it_says_is_refused_and_told_what_to_send(
    rochebelle: Town, proofs: tuple[Family, str], name: str, content: bytes, kind: str
) -> None:
    family, path = proofs
    client = sign_in(family.account)

    sent = {"files": SimpleUploadedFile(name, content, kind), "certified": "on"}
    page = client.post(path, sent)

    (said,) = page.context["form"].errors["files"]
    assert "PDF" in said
    with tenant_context(rochebelle):
        assert not Proof.objects.exists()


def test_a_photo_of_thirty_megabytes_is_refused_and_a_lighter_one_taken(
    rochebelle: Town, proofs: tuple[Family, str]
) -> None:
    family, path = proofs
    client = sign_in(family.account)
    heavy = photo_upload("IMG_1.jpg")
    heavy = SimpleUploadedFile(
        "IMG_1.jpg", heavy.read() + b"\0" * 30 * 1024 * 1024, "image/jpeg"
    )

    refused = client.post(path, {"files": heavy, "certified": "on"}).content.decode()
    taken = client.post(path, {"files": photo_upload("IMG_2.jpg"), "certified": "on"})

    assert str(MAX_BYTES // 1024 // 1024) in refused
    assert taken.status_code == 302
    with tenant_context(rochebelle):
        assert Proof.objects.get().documents.get().original_name == "IMG_2.jpg"


@pytest.mark.parametrize("shelf", ["documents", "images"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", SCRIPT),
        ("photo.jpg", SCRIPT),
        ("program.exe", b"MZ\x90\x00"),
        ("page.xhtml", b"<html/>"),
    ],
)
def test_the_towns_own_shelves_refuse_what_a_browser_would_run(
    rochebelle: Town,
    settings: Any,
    tmp_path: Any,
    shelf: str,
    name: str,
    content: bytes,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    # The storage remembers its folder until this one changes.
    settings.MULTITENANT_RELATIVE_MEDIA_ROOT = "%s"
    desk = administrator(rochebelle)

    page = desk.post(
        f"/admin/{shelf}/add/",
        {"title": "Plan", "file": SimpleUploadedFile(name, content), "collection": 1},
    )

    assert page.status_code == 200
    with tenant_context(rochebelle):
        assert not get_document_model().objects.exists()
        assert not get_image_model().objects.exists()
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


def test_a_document_of_the_town_never_runs_in_the_page(
    rochebelle: Town, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    # The storage remembers its folder until this one changes.
    settings.MULTITENANT_RELATIVE_MEDIA_ROOT = "%s"
    with tenant_context(rochebelle):
        document = get_document_model().objects.create(
            title="Plan", file=SimpleUploadedFile("plan.txt", b"<script>alert(1)")
        )
    desk = administrator(rochebelle)

    answer: Any = desk.get(document.url)
    content = b"".join(answer.streaming_content)

    assert content == b"<script>alert(1)"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_page_open_for_too_long_says_so_and_what_to_do(rochebelle: Town) -> None:
    client = sign_in(make_family().account)
    client.handler.enforce_csrf_checks = True

    answer = client.post("/my/address/", {"street": "3 rue des Tilleuls"})

    assert answer.status_code == 403
    said = answer.content.decode()
    assert "reload" in said or "rechargez" in said


def test_a_form_of_too_many_fields_is_a_clear_refusal(rochebelle: Town) -> None:
    client = sign_in(make_family().account)
    client.raise_request_exception = False

    answer = client.post("/my/address/", {f"f{index}": "1" for index in range(5_000)})

    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


def test_a_body_cut_short_is_no_crash(rochebelle: Town) -> None:
    client = sign_in(make_family().account)
    client.raise_request_exception = False
    cut = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a'
    body = io.BytesIO(cut)

    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "a/b"):
        answer = client.generic("POST", "/my/address/", body.getvalue(), kind)

        assert answer.status_code < 500


def add_blank_form(desk: Any, file: SimpleUploadedFile) -> Any:
    """Add a type of proof with a blank form to download."""
    page = "/admin/proof-types/new/"
    fields = {**fields_of(desk.get(page)), "name": "Fiche", "validity": "unlimited"}
    return desk.post(page, {**fields, "template": file})


@pytest.mark.parametrize(("name", "content", "kind"), WRONG)
def test_a_blank_form_that_no_browser_should_open_is_refused(
    rochebelle: Town,
    settings: Any,
    tmp_path: Any,
    name: str,
    content: bytes,
    kind: str,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    # The storage remembers its folder until this one changes.
    settings.MULTITENANT_RELATIVE_MEDIA_ROOT = "%s"
    desk = administrator(rochebelle)

    page = add_blank_form(desk, SimpleUploadedFile(name, content, kind))

    (said,) = page.context["form"].errors["template"]
    assert "PDF" in said
    with tenant_context(rochebelle):
        assert not ProofType.objects.filter(name="Fiche").exists()
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []
