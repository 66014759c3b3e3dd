"""A proof about an adult says which one, to the family and to the clerk."""

import pytest
from django_tenants.utils import tenant_context

from catalog.models import Requirement, Service
from enrolment.services.request_proofs import Given, give_proof
from families.enums import GuardianRole, ProofSubject, ProofValidity
from families.models import Guardian, ProofType
from tests.enrolment.request_builders import (
    clean_file,
    draft,
    make_clerk,
    sent,
    sign_in,
)
from tests.families.builders import NOW, make_family, make_person


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


@pytest.fixture
def work(rochebelle):
    kind = ProofType.objects.create(
        code="employeur",
        name="Attestation d'employeur",
        subject=ProofSubject.ADULT,
        validity=ProofValidity.UNLIMITED,
    )
    canteen = Service.objects.get(code="cantine")
    return Requirement.objects.create(
        service=canteen, proof_type=kind, is_mandatory=False
    )


def test_the_page_says_whom_it_is_about(rochebelle, work):
    family = make_family("claire@example.com", "Lina")
    request = draft(family)
    address = f"/my/requests/{request.public_id}/proofs/{work.public_id}/"
    claire = sign_in(family.account)

    alone = claire.get(address).content.decode()
    with tenant_context(rochebelle):
        Guardian.objects.create(
            household=family.household,
            person=make_person("paul@example.com", "Paul"),
            role=GuardianRole.CO_RESPONSIBLE,
        )
    together = claire.get(address).content.decode()

    assert "It is about you." in alone
    assert "One is enough for this request." in together
    assert "Paul Martin" in together


def test_the_clerk_reads_whose_proof_it_is(rochebelle, work):
    family = make_family("claire@example.com", "Lina")
    request = sent(family)
    give_proof(
        request=request,
        requirement=work,
        given=Given(files=[clean_file()], person=family.person),
        actor=family.account,
        now=NOW,
    )

    page = sign_in(make_clerk()).get(f"/admin/requests/{request.public_id}/")

    heading = page.content.decode().split("Attestation d&#x27;employeur", 1)[1]
    assert "Claire Martin" in heading.split("</h3>", 1)[0]
