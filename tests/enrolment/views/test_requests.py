"""A family asks for a service in its browser."""

import io
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tenants.utils import tenant_context
from PIL import Image

from catalog.models import Service
from enrolment.enums import RequestStatus
from enrolment.models import AccessRequest
from families.models import Document, Proof
from foundation.uploads.limits import MAX_BYTES
from tenants.models import Town
from tests.enrolment.request_builders import (
    GPS,
    draft,
    hand_in,
    pdf_upload,
    photo_upload,
    requirement,
    sent,
    sign_in,
)
from tests.families.builders import HOME, browser, make_family

PAGES = (
    "request",
    "request-situation",
    "request-proofs",
    "request-check",
    "request-sent",
)


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina", "Tom")


@pytest.fixture
def claire(family):
    return sign_in(family.account)


@pytest.fixture
def inside():
    """Enter the town again: each answer leaves the thread in public."""

    def enter():
        return tenant_context(Town.objects.get(name="Rochebelle"))

    return enter


def url(name, request, *more):
    return reverse(f"enrolment:{name}", args=[request.public_id, *more])


def proof_url(request, code):
    return url("request-proof", request, requirement(request.service, code).public_id)


def test_a_family_goes_from_the_first_question_to_the_tracking_number(
    family, claire, inside
):
    lina = family.children[0]
    start = reverse("enrolment:request-new")

    page = claire.get(start)
    assert b"Lina Martin" in page.content
    page = claire.get(start, {"asked": "child", "child": lina.public_id})
    assert "Cantine" in page.content.decode()
    with inside():
        service = Service.objects.get(code="cantine")
    page = claire.post(
        start,
        {"asked": "service", "child": lina.public_id, "service": service.public_id},
    )
    with inside():
        request = AccessRequest.objects.get()
        situation = service.situations.get(code="ecole")
        addresses = [proof_url(request, code) for code in ("domicile", "assurance")]
        check = url("request-check", request)
    assert page.url == url("request-situation", request)
    page = claire.post(page.url, {"situation": situation.public_id})
    assert page.url == url("request-proofs", request)
    page = claire.post(addresses[0], {"files": [pdf_upload(), photo_upload()]})
    assert page.url == addresses[1]
    page = claire.post(addresses[1], {"files": [photo_upload("assurance.jpg")]})
    page = claire.get(check)
    assert "facture.pdf" in page.content.decode()
    page = claire.post(check, {"form_key": uuid4(), "certified": "on"}, follow=True)

    with inside():
        request.refresh_from_db()
    assert request.status == RequestStatus.SUBMITTED
    assert request.tracking_number in page.content.decode()
    assert len(mail.outbox) == 1


def test_a_service_named_in_the_address_is_asked_for_at_once(family, claire, inside):
    start = reverse("enrolment:request-new")

    page = claire.get(start, {"for": "cantine"})
    assert 'method="post"' in page.content.decode()
    claire.post(
        start,
        {"asked": "child", "for": "cantine", "child": family.children[1].public_id},
    )

    with inside():
        assert AccessRequest.objects.get().child == family.children[1]


def test_a_page_sent_without_an_answer_says_what_to_choose(family, claire):
    start = reverse("enrolment:request-new")

    page = claire.get(start, {"asked": "child"})

    assert page.status_code == 200
    assert "govuk-error-message" in page.content.decode()


def test_a_photo_loses_the_place_where_it_was_taken(family, claire, inside):
    request = draft(family)
    address = proof_url(request, "domicile")

    claire.post(address, {"files": [photo_upload()]})

    with inside():
        document = Document.objects.get()
        with document.file.open() as kept:
            picture = Image.open(io.BytesIO(kept.read()))
    assert document.content_type == "image/jpeg"
    assert GPS not in picture.getexif()
    assert not picture.getexif()


def test_a_wrong_file_is_named_and_the_good_one_is_kept(family, claire, inside):
    request = draft(family)
    address = proof_url(request, "domicile")
    wrong = SimpleUploadedFile("setup.exe", b"MZ\x90\x00", "application/pdf")

    page = claire.post(address, {"files": [pdf_upload(), wrong]})

    text = page.content.decode()
    assert page.status_code == 200
    assert "setup.exe" in text
    assert "facture.pdf" in text
    with inside():
        assert Document.objects.get().original_name == "facture.pdf"


def test_a_photo_of_thirty_megabytes_is_refused_with_what_to_do(family, claire, inside):
    request = draft(family)
    heavy = SimpleUploadedFile(
        "IMG_1.jpg", b"\xff\xd8\xff" + bytes(30 * 1024 * 1024), "image/jpeg"
    )

    page = claire.post(proof_url(request, "domicile"), {"files": [heavy]})

    assert "31" in page.content.decode()
    assert str(MAX_BYTES // 1024 // 1024) in page.content.decode()
    with inside():
        assert not Proof.objects.exists()


def test_a_form_sent_twice_makes_one_request_and_one_message(family, claire, inside):
    request = draft(family)
    for code in ("domicile", "assurance"):
        hand_in(request, code)
    answers = {"form_key": uuid4(), "certified": "on"}

    first = claire.post(url("request-check", request), answers)
    second = claire.post(url("request-check", request), answers)

    assert first.url == second.url == url("request-sent", request)
    assert len(mail.outbox) == 1
    with inside():
        assert AccessRequest.objects.count() == 1


def test_a_request_is_not_sent_without_certifying(family, claire, inside):
    request = draft(family)
    for code in ("domicile", "assurance"):
        hand_in(request, code)

    page = claire.post(url("request-check", request), {"form_key": uuid4()})

    assert page.status_code == 200
    assert not mail.outbox


def test_the_check_page_leads_back_to_the_missing_proofs(family, claire):
    request = draft(family)

    page = claire.get(url("request-check", request))

    assert page.url == url("request-proofs", request)


@pytest.mark.parametrize("name", PAGES)
def test_another_households_request_answers_like_one_that_does_not_exist(family, name):
    request = sent(family)
    stranger = sign_in(make_family("ines@example.com", "Sami").account)
    absent = reverse(f"enrolment:{name}", args=[uuid4()])

    assert stranger.get(url(name, request)).status_code == 404
    assert stranger.get(absent).status_code == 404


def test_another_household_can_neither_withdraw_nor_add_nor_remove(family, inside):
    request = sent(family)
    document = Document.objects.earliest("pk")
    need = requirement(request.service, "domicile").public_id
    address = proof_url(request, "domicile")
    stranger = sign_in(make_family("ines@example.com", "Sami").account)

    answers = [
        stranger.post(url("request-withdraw", request)),
        stranger.post(address, {"files": [pdf_upload()]}),
        stranger.post(
            url("request-document-remove", request, need, document.public_id)
        ),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_document_of_another_proof_cannot_be_removed_through_ones_own(family, inside):
    other = make_family("ines@example.com", "Sami")
    theirs = hand_in(draft(other), "domicile").documents.get()
    request = draft(family)
    hand_in(request, "domicile")
    need = requirement(request.service, "domicile").public_id

    page = sign_in(family.account).post(
        url("request-document-remove", request, need, theirs.public_id)
    )

    assert page.status_code == 404
    with inside():
        assert Document.objects.filter(pk=theirs.pk).exists()


def test_another_towns_request_does_not_exist_here(family, etangs):
    request = sent(family)
    with tenant_context(etangs):
        neighbour = sign_in(
            make_family("claire@example.com", "Lina").account, "etangs.localhost"
        )

    for name in PAGES:
        assert neighbour.get(url(name, request)).status_code == 404


def test_another_households_child_is_not_proposed(family, claire, inside):
    with inside():
        sami = make_family("ines@example.com", "Sami").children[0]

    page = claire.get(
        reverse("enrolment:request-new"), {"asked": "child", "child": sami.public_id}
    )

    assert "Sami" not in page.content.decode()
    assert "govuk-error-message" in page.content.decode()


def test_a_request_that_waits_opens_again_instead_of_a_second_one(
    family, claire, inside
):
    request = sent(family)

    page = claire.post(
        reverse("enrolment:request-new"),
        {"asked": "child", "for": "cantine", "child": family.children[0].public_id},
    )

    assert page.url == url("request", request)


def test_the_tracking_number_leads_to_the_request_however_it_is_typed(family, claire):
    request = sent(family)
    typed = request.tracking_number.lower().replace("-", " ")

    page = claire.get(reverse("enrolment:requests"), {"number": typed})

    assert page.url == url("request", request)


def test_the_tracking_number_of_another_household_leads_nowhere(family):
    request = sent(family)
    stranger = sign_in(make_family("ines@example.com", "Sami").account)

    page = stranger.get(
        reverse("enrolment:requests"), {"number": request.tracking_number}
    )

    assert page.status_code == 200


def test_a_request_is_taken_back(family, claire, inside):
    request = sent(family)

    claire.post(url("request-withdraw", request))

    with inside():
        request.refresh_from_db()
    assert request.status == RequestStatus.WITHDRAWN


def test_the_pages_need_a_sign_in(family):
    page = browser().get(reverse("enrolment:requests"))

    assert page["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_reads_as_much_for_one_request_as_for_thirty(
    family, inside, django_assert_num_queries, count
):
    model = draft(family)
    for number in range(count - 1):
        AccessRequest.objects.create(
            tracking_number=f"N{number}",
            household=family.household,
            child=family.children[1],
            service=model.service,
            status=RequestStatus.WITHDRAWN,
            submitted_by=family.account,
        )
    client = sign_in(family.account)
    client.get(reverse("enrolment:requests"))

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        client.get(reverse("enrolment:requests"))


QUERIES_OF_THE_LIST = 8


def test_the_home_page_says_what_remains_to_be_done(family, claire, inside):
    request = draft(family)

    page = claire.get("/my/")

    assert url("request", request) in page.content.decode()
    assert HOME.city in page.content.decode()
