"""A mandate signed in the portal is the proof that services ask for."""

from datetime import timedelta

import pytest

from billing.services.mandates import revoke_mandate
from families.enums import ProofKind, ProofStatus, ProofValidity
from families.models import Proof, ProofType
from families.signals import signed_type_made
from tests.billing.builders import NOW
from tests.billing.services.test_mandates import sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def mandate_type(regie):
    return ProofType.objects.create(
        code="mandat",
        name="Mandat de prélèvement",
        kind=ProofKind.MANDATE,
        validity=ProofValidity.UNLIMITED,
    )


def test_signing_proves_at_once_from_that_very_day(regie, family, mandate_type):
    sign(family, regie)

    proof = Proof.objects.get(proof_type=mandate_type)
    assert proof.status == ProofStatus.ACCEPTED
    assert proof.valid_from == NOW.date()


def test_revoking_ends_the_proof_and_days_before_keep_it(regie, family, mandate_type):
    mandate = sign(family, regie)
    later = NOW + timedelta(days=10)

    revoke_mandate(mandate=mandate, actor=family.account, now=later)

    valid = Proof.objects.filter(proof_type=mandate_type).valid
    assert valid(on=later.date() - timedelta(days=1)).exists()
    assert not valid(on=later.date()).exists()


def test_a_type_made_later_counts_the_mandates_signed_before(regie, family):
    sign(family, regie)
    kind = ProofType.objects.create(
        code="mandat",
        name="Mandat",
        kind=ProofKind.MANDATE,
        validity=ProofValidity.UNLIMITED,
    )

    signed_type_made.send(sender=ProofType, proof_type=kind)

    assert Proof.objects.filter(proof_type=kind, status="accepted").count() == 1
