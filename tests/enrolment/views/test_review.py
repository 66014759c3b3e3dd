"""Clerks review requests in the back office."""

from datetime import date
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django_tenants.utils import tenant_context

from enrolment.enums import RequestStatus
from enrolment.models import Access
from families.enums import ProofStatus, Residence
from families.models import Document, Proof
from families.queries import quotient_on, residence_on
from foundation.journal.models import Entry
from tenants.models import Town
from tests.enrolment.request_builders import (
    accept_all,
    draft,
    hand_in,
    make_clerk,
    pdf_upload,
    photo_upload,
    requirement,
    send,
    sent,
    sign_in,
)
from tests.families.builders import TODAY, make_family

QUEUE = "enrolment_review:queue"


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina", "Tom")


@pytest.fixture
def clerk(rochebelle):
    return make_clerk()


@pytest.fixture
def desk(clerk):
    return sign_in(clerk)


@pytest.fixture
def inside():
    def enter():
        return tenant_context(Town.objects.get(name="Rochebelle"))

    return enter


def url(name, request, *more):
    return reverse(f"enrolment_review:{name}", args=[request.public_id, *more])


def proof_of(request, code):
    return Proof.objects.get(
        proof_type__code=code, household=request.household, status="submitted"
    )


def accept_data(proof, **values):
    prefix = f"p{proof.public_id.hex}"
    return {
        f"{prefix}-{name}": value
        for name, value in {"valid_from": TODAY, **values}.items()
    }


def test_the_queue_shows_requests_and_counts_them_in_the_menu(family, desk):
    request = sent(family)

    page = desk.get(reverse(QUEUE)).content.decode()

    assert request.tracking_number in page
    assert "(1)" in page


def test_the_review_shows_the_answers_beside_the_documents(family, desk):
    request = sent(family)

    page = desk.get(url("review", request)).content.decode()

    assert "Lina Martin" in page
    assert "domicile.pdf" in page
    assert "3 rue des Tilleuls" in page


def test_a_clerk_without_the_permission_does_not_enter(family, rochebelle):
    request = sent(family)
    document = Document.objects.earliest("pk")
    other = sign_in(make_clerk("paul@mairie.example", may=False))
    pages = [
        reverse(QUEUE),
        url("review", request),
        url("document", request, document.public_id),
    ]

    for page in pages:
        answer = other.get(page)
        assert answer.status_code in {302, 403}
        assert b"Lina" not in answer.content


def test_a_family_does_not_enter_the_back_office(family):
    request = sent(family)

    page = sign_in(family.account).get(url("review", request))

    assert page.status_code in {302, 403, 404}


def test_absent_requests_and_those_of_another_town_answer_alike(family, etangs):
    request = sent(family)
    with tenant_context(etangs):
        neighbour = sign_in(make_clerk(), "etangs.localhost")

    absent = reverse("enrolment_review:review", args=[uuid4()])

    assert neighbour.get(url("review", request)).status_code == 404
    assert neighbour.get(absent).status_code == 404


def test_a_draft_is_not_shown(family, desk):
    assert desk.get(url("review", draft(family))).status_code == 404


def test_a_document_of_another_request_is_not_served_through_this_one(family, desk):
    request = sent(family)
    theirs = sent(make_family("ines@example.com", "Sami"))
    document = Document.objects.filter(proof__household=theirs.household).earliest("pk")

    answer = desk.get(url("document", request, document.public_id))

    assert answer.status_code == 404


def test_a_proof_of_another_request_is_not_decided_through_this_one(family, desk):
    request = sent(family)
    theirs = sent(make_family("ines@example.com", "Sami"))
    proof = proof_of(theirs, "domicile")

    answer = desk.post(url("proof-accept", request, proof.public_id))

    assert answer.status_code == 404


@pytest.mark.parametrize("upload", [pdf_upload, photo_upload])
def test_each_reading_of_a_document_is_journalled(family, clerk, desk, inside, upload):
    request = draft(family)
    need = requirement(request.service, "domicile").public_id
    sign_in(family.account).post(
        reverse("enrolment:request-proof", args=[request.public_id, need]),
        {"files": [upload()]},
    )
    with inside():
        hand_in(request, "assurance")
        send(request)
        document = Document.objects.get(proof__proof_type__code="domicile")

    address = url("document", request, document.public_id)
    is_pdf = document.content_type == "application/pdf"
    answer = desk.get(address + ("?page=0" if is_pdf else ""))
    content = b"".join(answer.streaming_content)

    assert content.startswith(b"\xff\xd8")
    assert answer["Content-Disposition"].startswith("inline")
    assert "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    with inside():
        entry = Entry.objects.get(action="document read")
        assert entry.actor == clerk
        assert entry.record == document.public_id


def test_a_page_that_a_document_does_not_have_is_absent(family, desk):
    request = sent(family)
    document = Document.objects.earliest("pk")
    address = url("document", request, document.public_id)

    for page in ("1", "99", "-1", "x"):
        assert desk.get(f"{address}?page={page}").status_code == 404


def test_a_pdf_asked_for_as_a_file_is_downloaded(family, desk):
    request = sent(family)
    document = Document.objects.earliest("pk")

    answer = desk.get(url("document", request, document.public_id) + "?download")

    assert b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].startswith("attachment")


def test_accepting_proofs_then_the_request_opens_the_access(family, desk, inside):
    request = sent(family)
    home, insurance = proof_of(request, "domicile"), proof_of(request, "assurance")

    desk.post(
        url("proof-accept", request, home.public_id),
        accept_data(home, residence="resident"),
    )
    desk.post(url("proof-accept", request, insurance.public_id), accept_data(insurance))
    answer = desk.post(
        url("accept", request),
        {"access-from_on": TODAY, "access-last_on": "2027-07-03"},
    )

    assert answer.url == reverse(QUEUE)
    with inside():
        access = Access.objects.get()
        assert access.until_on == date(2027, 7, 4)
        assert residence_on(family.household, TODAY) == Residence.RESIDENT


def test_a_quotient_is_typed_when_its_proof_is_accepted(family, desk, inside):
    request = draft(family)
    for code in ("domicile", "assurance", "quotient"):
        hand_in(request, code)
    send(request)
    proof = proof_of(request, "quotient")

    empty = desk.post(url("proof-accept", request, proof.public_id), accept_data(proof))
    typed = desk.post(
        url("proof-accept", request, proof.public_id),
        accept_data(proof, quotient="812"),
    )

    assert empty.status_code == 200
    assert typed.status_code == 302
    with inside():
        assert quotient_on(family.household, TODAY) == 812


def test_a_proof_is_refused_with_a_reason(family, desk, inside):
    request = sent(family)
    proof = proof_of(request, "domicile")
    name = f"r{proof.public_id.hex}-reason"

    empty = desk.post(url("proof-refuse", request, proof.public_id), {name: ""})
    desk.post(url("proof-refuse", request, proof.public_id), {name: "Illisible"})

    assert empty.status_code == 200
    with inside():
        proof.refresh_from_db()
        assert (proof.status, proof.refusal_reason) == (
            ProofStatus.REFUSED,
            "Illisible",
        )


def test_the_second_clerk_reads_who_decided(family, clerk, desk, inside):
    request = sent(family)
    second = sign_in(make_clerk("paul@mairie.example"))

    desk.post(url("refuse", request), {"no-reason": "Complet"})
    answer = second.post(url("refuse", request), {"no-reason": "Complet aussi"})

    assert "Nadia clerk" in answer.content.decode()
    with inside():
        request.refresh_from_db()
        assert request.reason == "Complet"
    assert len(mail.outbox) == 2


def test_a_proof_decided_meanwhile_leads_back_with_a_message(
    family, clerk, desk, inside
):
    request = sent(family)
    proof = proof_of(request, "assurance")
    accept_all(request, clerk)

    answer = desk.post(
        url("proof-accept", request, proof.public_id), accept_data(proof), follow=True
    )

    assert answer.status_code == 200
    assert answer.redirect_chain


def test_the_next_request_follows_a_decision(family, desk):
    request = sent(family)
    following = sent(make_family("ines@example.com", "Sami"))

    answer = desk.post(url("more", request), {"more-reason": "Il manque une page"})

    assert answer.url == url("review", following)


def test_a_request_is_given_back_with_its_reason(family, desk, inside):
    request = sent(family)

    desk.post(url("more", request), {"more-reason": "Il manque une page"})

    with inside():
        request.refresh_from_db()
    assert request.status == RequestStatus.TO_COMPLETE
    page = sign_in_again(family, inside).get(
        reverse("enrolment:request", args=[request.public_id])
    )
    assert "Il manque une page" in page.content.decode()


def sign_in_again(family, inside):
    with inside():
        return sign_in(family.account)


@pytest.mark.parametrize("count", [1, 30])
def test_the_queue_reads_as_much_for_one_request_as_for_thirty(
    rochebelle, desk, inside, django_assert_num_queries, count
):
    for number in range(count):
        sent(make_family(f"p{number}@example.com", "Lina"))
    desk.get(reverse(QUEUE))

    with django_assert_num_queries(QUERIES_OF_THE_QUEUE):
        desk.get(reverse(QUEUE))


QUERIES_OF_THE_QUEUE = 21


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("filters", "more"), [({}, 0), ({"proof": "domicile"}, 1)])
def test_a_review_reads_as_much_whatever_waits(
    desk, django_assert_num_queries, count, filters, more
):
    asked = [
        sent(make_family(f"p{number}@example.com", "Lina")) for number in range(count)
    ]
    desk.get(reverse(QUEUE), filters)
    desk.get(url("review", asked[0]))

    with django_assert_num_queries(QUERIES_OF_A_REVIEW + more):
        desk.get(url("review", asked[count // 2]))


QUERIES_OF_A_REVIEW = 25
