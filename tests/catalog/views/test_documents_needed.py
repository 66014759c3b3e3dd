"""What to prepare, before any account: the public page of documents, the steps."""

import pytest
from django_tenants.utils import tenant_context

from catalog.models import Requirement, Service
from families.enums import ProofKind, ProofValidity
from families.models import ProofType
from tests.enrolment.booking_builders import accepted_family
from tests.enrolment.request_builders import sign_in
from tests.families.builders import browser


def test_anybody_reads_which_documents_each_service_asks_for(rochebelle):
    page = browser().get("/services/documents/")

    assert page.status_code == 200
    assert "Justificatif de domicile" in page.text
    assert '/services/cantine/"' in page.text


def test_a_document_asked_on_an_answer_says_so(rochebelle):
    service = Service.objects.get(code="cantine")
    form = ProofType.objects.create(
        code="situation",
        name="Situation",
        kind=ProofKind.FORM,
        validity=ProofValidity.UNLIMITED,
        questions=[{"code": "works", "label": "Travaillez-vous ?", "kind": "yes_no"}],
    )
    Requirement.objects.create(
        service=service,
        proof_type=ProofType.objects.create(
            code="employeur", name="Contrat", validity=ProofValidity.UNLIMITED
        ),
        only_if_proof=form,
        only_if_question="works",
        only_if_answer="yes",
    )

    page = browser().get("/services/cantine/")

    assert "Travaillez-vous ?" in page.text
    assert "Contrat" in page.text


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_for_one_service_and_for_thirty(
    rochebelle, django_assert_num_queries, count
):
    known = Service.objects.get(code="cantine")
    kind = ProofType.objects.get(code="domicile")
    for number in range(count):
        service = Service.objects.create(
            code=f"s{number}",
            name=f"S{number}",
            department=known.department,
            is_published=True,
        )
        Requirement.objects.create(service=service, proof_type=kind)
    client = browser()
    client.get("/services/documents/")

    with django_assert_num_queries(6):
        client.get("/services/documents/")


def test_the_steps_follow_the_family(rochebelle):
    family = accepted_family()

    claire = sign_in(family.account)
    anybody = browser().get("/services/cantine/").context["steps"]
    theirs = claire.get("/services/cantine/").context["steps"]

    assert [task.tone for task in anybody][:2] == ["info", "neutral"]
    assert not anybody[1].href
    assert [task.tone for task in theirs][:3] == ["success", "success", "info"]
    assert theirs[2].href == "/my/bookings/"


def test_a_service_unpublished_tells_nothing(rochebelle):
    with tenant_context(rochebelle):
        Service.objects.filter(code="cantine").update(is_published=False)

    page = browser().get("/services/documents/")

    assert "/services/cantine/" not in page.text
