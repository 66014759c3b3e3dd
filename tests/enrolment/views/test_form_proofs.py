"""Forms in a request: answered on one page, and deciding of what else is asked."""

from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tenants.utils import tenant_context

from catalog.models import Requirement, Service
from enrolment.enums import NeedState
from enrolment.queries.needs import needs_of
from families.enums import ProofKind, ProofStatus, ProofValidity
from families.models import Document, Proof, ProofType
from families.services.documents import clean_copy
from foundation.uploads.limits import MAX_BYTES
from tenants.models import Town
from tests.enrolment.request_builders import (
    draft,
    hand_in,
    make_clerk,
    pdf_upload,
    photo_upload,
    requirement,
    send,
    sign_in,
)
from tests.families.builders import TODAY, make_family

QUESTIONS = [
    {"code": "works", "label": "Travaillez-vous ?", "kind": "yes_no"},
    {
        "code": "employer",
        "label": "Votre employeur",
        "kind": "short",
        "only_if": {"question": "works", "is": "yes"},
    },
]


@pytest.fixture
def inside():
    def enter():
        return tenant_context(Town.objects.get(name="Rochebelle"))

    return enter


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina", "Tom")


@pytest.fixture
def form_asked(rochebelle):
    """Ask the canteen's families for a form, and for one paper if they work."""
    service = Service.objects.get(code="cantine")
    form = ProofType.objects.create(
        code="situation",
        name="Situation",
        kind=ProofKind.FORM,
        validity=ProofValidity.UNLIMITED,
        questions=QUESTIONS,
    )
    paper = ProofType.objects.create(
        code="employeur", name="Attestation", validity=ProofValidity.UNLIMITED
    )
    Requirement.objects.create(
        service=service,
        proof_type=paper,
        position=9,
        only_if_proof=form,
        only_if_question="works",
        only_if_answer="yes",
    )
    return Requirement.objects.create(service=service, proof_type=form, position=8)


def page_of(request, needed):
    return reverse(
        "enrolment:request-proof", args=[request.public_id, needed.public_id]
    )


def asked_of(request):
    return [need.proof_type.code for need in needs_of(request, on=TODAY)]


def test_a_paper_is_asked_only_of_those_whose_answer_asks_for_it(
    family, form_asked, inside
):
    request = draft(family)
    claire = sign_in(family.account)

    before = asked_of(request)
    claire.post(page_of(request, form_asked), {"q-works": "no", "q-employer": "x"})
    with inside():
        without = asked_of(request)
    claire.post(page_of(request, form_asked), {"q-works": "yes", "q-employer": "Spar"})
    with inside():
        with_it = asked_of(request)

    assert "employeur" not in before
    assert "employeur" not in without
    assert "employeur" in with_it


def test_each_wrong_answer_is_told_at_its_field_and_nothing_is_kept(
    family, form_asked, inside
):
    request = draft(family)

    page = sign_in(family.account).post(
        page_of(request, form_asked), {"q-works": "yes"}
    )

    assert list(page.context["form"].errors) == ["q-employer"]
    assert 'id="id_q-employer_group"' in page.text
    with inside():
        assert not Proof.objects.exists()


def test_the_answers_come_back_and_clerks_read_them_beside_the_review(
    family, form_asked, inside
):
    request = draft(family)
    for code in ("domicile", "assurance"):
        hand_in(request, code)
    claire = sign_in(family.account)
    claire.post(page_of(request, form_asked), {"q-works": "no"})
    again = claire.get(page_of(request, form_asked))
    with inside():
        send(request)
        desk = sign_in(make_clerk())

    review = desk.get(reverse("enrolment_review:review", args=[request.public_id]))

    assert 'value="no" checked' in " ".join(again.text.split())
    assert "Travaillez-vous ?" in review.text


def test_a_form_given_for_one_child_serves_the_other(family, form_asked, inside):
    first, second = draft(family), draft(family, child=1)
    sign_in(family.account).post(page_of(first, form_asked), {"q-works": "no"})

    with inside():
        states = {
            need.proof_type.code: need.state for need in needs_of(second, on=TODAY)
        }

    assert states["situation"] == NeedState.WAITING


def test_a_document_already_given_is_taken_again_without_a_file(family, inside):
    request = draft(family)
    given = hand_in(request, "domicile")
    document = given.documents.get()
    page = page_of(request, requirement(request.service, "assurance"))

    answer = sign_in(family.account).post(page, {"known": str(document.public_id)})

    assert answer.status_code == 302
    with inside():
        proof = Proof.objects.get(proof_type__code="assurance")
        (copy,) = proof.documents.all()
        assert copy.sha256 == document.sha256
        assert copy.file.name != document.file.name
        with copy.file.open() as kept:
            assert kept.read() == b"domicile"


def pdf(pages=1, password=""):
    content = BytesIO()
    with pikepdf.Pdf.new() as made:
        for _page in range(pages):
            made.add_blank_page(page_size=(595, 842))
        locked = pikepdf.Encryption(owner=password, user=password)
        made.save(content, encryption=locked if password else False)
    return content.getvalue()


def zip_after(content):
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("run.exe", b"MZ")
    return content + packed.getvalue()


HOSTILE = {
    "31 pages": ("bail.pdf", lambda: pdf(31)),
    "password": ("bail.pdf", lambda: pdf(password="secret")),
    "empty": ("vide.pdf", lambda: b""),
    "html as jpeg": ("photo.jpg", lambda: b"\xff\xd8\xff<script>alert(1)</script>"),
    "broken heic": ("IMG.heic", lambda: b"\x00\x00\x00\x18ftypheic" + b"\x00" * 99),
    "huge": ("scan.pdf", lambda: b"%PDF-1.7" + b"0" * MAX_BYTES),
    "exe": ("facture.pdf", lambda: b"MZ\x90\x00"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_kept_is_told_and_nothing_is_half_saved(
    family, inside, name
):
    request = draft(family)
    page = page_of(request, requirement(request.service, "domicile"))
    called, make = HOSTILE[name]

    answer = sign_in(family.account).post(
        page, {"files": SimpleUploadedFile(called, make())}
    )

    assert answer.status_code == 200
    assert answer.context["form"].errors["files"]
    with inside():
        assert not Proof.objects.exists()
        assert not Document.objects.exists()


def test_a_polyglot_is_kept_without_what_it_hid(family, inside):
    request = draft(family)
    page = page_of(request, requirement(request.service, "domicile"))
    photo = photo_upload()
    hidden = SimpleUploadedFile(
        "photo.jpg", photo.read() + b"<script>alert(1)</script>"
    )
    archive = SimpleUploadedFile("bail.pdf", zip_after(pdf(30)))

    answer = sign_in(family.account).post(page, {"files": [hidden, archive]})

    assert answer.status_code == 302
    with inside():
        kept = [clean_copy(document).content for document in Document.objects.all()]
        assert len(kept) == 2
        assert not any(b"<script>" in each or b"PK\x03\x04" in each for each in kept)


def test_a_good_file_is_kept_when_the_one_beside_it_is_refused(family, inside):
    request = draft(family)
    page = page_of(request, requirement(request.service, "domicile"))
    locked = SimpleUploadedFile("bail.pdf", pdf(password="secret"))

    answer = sign_in(family.account).post(page, {"files": [pdf_upload(), locked]})

    assert "bail.pdf" in str(answer.context["form"].errors["files"])
    with inside():
        proof = Proof.objects.get()
        assert proof.status == ProofStatus.SUBMITTED
        assert proof.documents.get().original_name == "facture.pdf"
