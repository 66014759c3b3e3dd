"""Proofs that are typed, optional ones, and those already accepted."""

import pytest
from django.urls import reverse
from django_tenants.utils import tenant_context

from catalog.models import Requirement, Service
from enrolment.queries.needs import needs_of
from enrolment.services.request_proofs import Given, give_proof
from families.enums import ProofKind, ProofValidity
from families.models import Proof, ProofType
from foundation.journal.models import Entry
from tenants.models import Town
from tests.enrolment.request_builders import (
    accept_all,
    draft,
    hand_in,
    make_clerk,
    send,
    sent,
    sign_in,
)
from tests.families.builders import NOW, TODAY, make_family

IBAN = "FR76 3000 6000 0112 3456 7890 189"


@pytest.fixture
def inside():
    def enter():
        return tenant_context(Town.objects.get(name="Rochebelle"))

    return enter


@pytest.fixture
def iban(rochebelle):
    kind = ProofType.objects.create(
        code="iban",
        name="IBAN",
        kind=ProofKind.IBAN,
        validity=ProofValidity.UNLIMITED,
    )
    return Requirement.objects.create(
        service=Service.objects.get(code="cantine"),
        proof_type=kind,
        is_mandatory=False,
        position=9,
    )


def page_of(request, needed):
    return reverse(
        "enrolment:request-proof", args=[request.public_id, needed.public_id]
    )


def test_a_wrong_iban_is_told_and_comes_back_as_typed(iban, inside):
    family = make_family("claire@example.com", "Lina")
    request = draft(family)
    client = sign_in(family.account)

    page = client.post(page_of(request, iban), {"value": "FR76 0000"})

    assert page.status_code == 200
    assert 'value="FR76 0000"' in page.content.decode()
    with inside():
        assert not Proof.objects.exists()


def test_a_right_iban_is_kept_and_never_shown_in_full_to_clerks(iban, inside):
    family = make_family("claire@example.com", "Lina")
    request = draft(family)
    for code in ("domicile", "assurance"):
        hand_in(request, code)
    page = sign_in(family.account).post(page_of(request, iban), {"value": IBAN})
    with inside():
        send(request)
        desk = sign_in(make_clerk())

    review = desk.get(reverse("enrolment_review:review", args=[request.public_id]))

    assert page.status_code == 302
    assert "0189" in review.content.decode()
    assert "FR7630006000" not in review.content.decode().replace(" ", "")
    with inside():
        assert Entry.objects.filter(action="proof value read").count() == 1


def test_an_optional_proof_may_be_skipped(iban):
    family = make_family("claire@example.com", "Lina")
    request = draft(family)
    for code in ("domicile", "assurance"):
        hand_in(request, code)

    page = sign_in(family.account).get(page_of(request, iban)).content.decode()

    assert reverse("enrolment:request-check", args=[request.public_id]) in page


def test_a_proof_already_accepted_is_offered_again_without_a_new_file(rochebelle):
    family = make_family("claire@example.com", "Lina", "Tom")
    accept_all(sent(family), make_clerk())
    request = draft(family, child=1)
    client = sign_in(family.account)

    page = client.get(reverse("enrolment:request-proofs", args=[request.public_id]))

    assert "20 novembre 2027" in page.content.decode()


def test_an_iban_typed_again_replaces_the_one_that_waits(iban):
    family = make_family("claire@example.com", "Lina", "Tom")
    first, second = draft(family, child=0), draft(family, child=1)
    for request, value in ((first, IBAN), (second, "FR1420041010050500013M02606")):
        give_proof(
            request=request,
            requirement=iban,
            given=Given(value=value),
            actor=family.account,
            now=NOW,
        )

    (need,) = [
        each
        for each in needs_of(first, on=TODAY)
        if each.proof_type.kind == ProofKind.IBAN
    ]

    assert need.proof is not None
    assert need.proof.value == "FR1420041010050500013M02606"
    assert first.requested_proofs.get(requirement=iban).proof == need.proof
