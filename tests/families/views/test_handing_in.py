"""A family hands in a proof: what is taken, what is refused in French, what is kept."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from babel.messages.pofile import read_po
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tenants.utils import tenant_context

from families.enums import ProofKind, ProofSubject, ProofValidity
from families.models import Document, Proof, ProofType
from foundation.uploads.documents import rebuild
from foundation.uploads.errors import _MESSAGES, UploadRefusedError
from foundation.uploads.reasons import Reason
from tests.catalog.views.staff_steps import administrator, fields_of
from tests.enrolment.request_builders import pdf_upload, sign_in
from tests.families.builders import make_family
from tests.foundation.uploads.documents import document, save
from tests.foundation.uploads.pictures import HEIC, JPEG
from tests.foundation.uploads.words import HTML, SCRIPT, ZIP

CATALOGUE = (
    Path(__file__).parents[3] / "platform/portal/languages/fr/LC_MESSAGES/django.po"
)
LOCKED = save(document(), encryption=pikepdf.Encryption(user="secret", owner="x"))
REFUSED = {
    "31 pages": ("avis.pdf", save(document(31)), Reason.TOO_MANY_PAGES),
    "encrypted": ("avis.pdf", LOCKED, Reason.PDF_LOCKED),
    "html before a pdf": ("avis.pdf", HTML + save(document()), Reason.WRONG_KIND),
    "zip under a false name": ("avis.pdf", ZIP, Reason.WRONG_KIND),
    "script under a false name": ("photo.jpg", SCRIPT.encode(), Reason.WRONG_KIND),
}
TAKEN = {
    "30 pages": ("avis.pdf", save(document(30)), "application/pdf", 30),
    "heic photo": ("IMG_1.HEIC", HEIC, "image/jpeg", 1),
    "jpeg and script": (
        "photo.jpg",
        JPEG + b"/*" + SCRIPT.encode() + b"*/",
        "image/jpeg",
        1,
    ),
    "pdf and html": ("avis.pdf", save(document()) + HTML, "application/pdf", 1),
}


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path / "private"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina")


def path_of(code="domicile"):
    return f"/my/proofs/new/{ProofType.objects.get(code=code).public_id}/"


def kept_files(folder):
    return [each for each in (folder / "private").rglob("*") if each.is_file()]


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_we_cannot_keep_is_refused_with_what_to_do_and_nothing_is_kept(
    rochebelle, family, case, tmp_path
):
    name, content, reason = REFUSED[case]
    path = path_of()
    params = {"pages": 31, "limit": 30} if reason == Reason.TOO_MANY_PAGES else {}
    expected = str(UploadRefusedError(reason, params))

    sent = {"files": SimpleUploadedFile(name, content), "certified": "on"}
    page = sign_in(family.account).post(path, sent)

    (said,) = page.context["form"].errors["files"]
    assert page.status_code == 200
    assert expected in said
    with tenant_context(rochebelle):
        assert not Proof.objects.exists()
        assert not Document.objects.exists()
    assert kept_files(tmp_path) == []


@pytest.mark.parametrize("case", TAKEN)
def test_a_file_we_rewrite_is_kept_without_what_it_hid(
    rochebelle, family, case, tmp_path
):
    name, content, kind, pages = TAKEN[case]
    path = path_of()

    sent = {"files": SimpleUploadedFile(name, content), "certified": "on"}
    page = sign_in(family.account).post(path, sent)

    assert page.status_code == 302
    with tenant_context(rochebelle):
        kept = Document.objects.get()
        with kept.file.open() as opened:
            clean = opened.read()
    assert (kept.content_type, kept.pages) == (kind, pages)
    assert b"script" not in clean.lower()
    assert len(kept_files(tmp_path)) == 1


def test_what_is_said_of_a_file_is_said_in_french():
    with CATALOGUE.open("rb") as file:
        french = read_po(file)
    said = [*_MESSAGES.values(), "Tick the box to certify it."]

    lines = [french.get(str(each)) for each in said]

    assert all(line and line.string and not line.fuzzy for line in lines)


def test_one_wrong_file_among_good_ones_keeps_nothing(rochebelle, family, tmp_path):
    path = path_of()
    files = [pdf_upload(), SimpleUploadedFile("avis.pdf", LOCKED)]

    page = sign_in(family.account).post(path, {"files": files, "certified": "on"})

    assert "avis.pdf" in page.context["form"].errors["files"][0]
    with tenant_context(rochebelle):
        assert not Proof.objects.exists()
    assert kept_files(tmp_path) == []


def test_without_the_tick_nothing_is_sent_and_what_was_typed_stays(rochebelle, family):
    kind = ProofType.objects.create(
        code="employeur",
        name="Nom de l'employeur",
        kind=ProofKind.TEXT,
        subject=ProofSubject.HOUSEHOLD,
        validity=ProofValidity.UNLIMITED,
    )
    client = sign_in(family.account)

    page = client.post(
        f"/my/proofs/new/{kind.public_id}/", {"value": "Mairie de Lille"}
    )

    said = page.context["form"].errors["certified"][0]
    assert said
    assert said in page.content.decode()
    assert "Mairie de Lille" in page.content.decode()
    with tenant_context(rochebelle):
        assert not Proof.objects.exists()


def test_without_the_tick_a_file_is_not_kept_either(rochebelle, family, tmp_path):
    path = path_of()

    page = sign_in(family.account).post(path, {"files": pdf_upload()})

    assert list(page.context["form"].errors) == ["certified"]
    with tenant_context(rochebelle):
        assert not Proof.objects.exists()
    assert kept_files(tmp_path) == []


def shut(answer):
    """Close the file of an answer, and not the connection of the test with it."""
    for close in answer._resource_closers:
        close()


def blank_form():
    content = BytesIO()
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(content)
    return content.getvalue()


def test_a_blank_form_is_attached_downloaded_filled_and_sent_back(rochebelle, family):
    kind = ProofType.objects.get(code="domicile")
    desk, blank = administrator(rochebelle), blank_form()
    edit = f"/admin/proof-types/edit/{kind.pk}/"

    fields = fields_of(desk.get(edit))
    fields["template"] = SimpleUploadedFile("fiche.pdf", blank, "application/pdf")
    saved = desk.post(edit, fields)
    with tenant_context(rochebelle):
        kind.refresh_from_db()
        address, path = kind.template.url, path_of()
        claire = sign_in(family.account)
    page = claire.get(path).content.decode()
    blank_page = claire.get(address)
    downloaded = b"".join(blank_page)
    shut(blank_page)
    filled = SimpleUploadedFile("fiche remplie.pdf", downloaded, "application/pdf")
    sent = claire.post(path, {"files": filled, "certified": "on"})

    assert saved.status_code == 302
    assert f'href="{address}" download' in page
    assert downloaded == rebuild(blank)[0]
    assert sent.status_code == 302
    with tenant_context(rochebelle):
        assert Document.objects.get().original_name == "fiche remplie.pdf"


@pytest.mark.parametrize(
    ("name", "content"),
    [("fiche.docx", ZIP), ("fiche.pdf", HTML), ("fiche.html", HTML)],
)
def test_a_blank_form_that_families_could_not_open_is_refused(
    rochebelle, family, name, content
):
    kind = ProofType.objects.get(code="domicile")
    desk = administrator(rochebelle)
    edit = f"/admin/proof-types/edit/{kind.pk}/"

    fields = fields_of(desk.get(edit))
    fields["template"] = SimpleUploadedFile(name, content)
    page = desk.post(edit, fields)

    assert page.status_code == 200
    assert "PDF" in page.content.decode()
    with tenant_context(rochebelle):
        kind.refresh_from_db()
    assert not kind.template


def test_a_family_reads_the_blank_form_of_its_own_town_only(rochebelle, etangs, family):
    kind = ProofType.objects.get(code="domicile")
    kind.template.save("fiche.pdf", ContentFile(blank_form()))
    address = kind.template.url
    there = sign_in(family.account)

    here = there.get(address)
    shut(here)
    elsewhere = there.get(address, headers={"host": "etangs.localhost"})

    assert here.status_code == 200
    assert elsewhere.status_code == 404
