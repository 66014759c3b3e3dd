"""Families are told of what ends: a month ahead, a week ahead, once each."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail

from families.enums import ProofStatus, Residence
from families.models import Proof, ProofType
from families.queries import residence_on
from families.services.proof_warnings import warn_of_endings, warning_is_due
from families.services.proofs import accept_proof, submit_proof
from foundation.accounts.models import Account
from tests.families.builders import NOW, TODAY, make_family
from tests.families.services.test_proofs import PAPER


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina")


@pytest.fixture
def clerk(rochebelle):
    return Account.objects.create_user("clerk@example.com", is_staff=True)


def accepted(family, clerk, code, *, days, child=None):
    """Return a proof that ends in so many days."""
    proof = submit_proof(
        household=family.household,
        child=child,
        proof_type=ProofType.objects.get(code=code),
        submitted_by=family.account,
        now=NOW,
        files=[PAPER],
    )
    accept_proof(
        proof=proof,
        reviewer=clerk,
        valid_from=TODAY,
        now=NOW,
        residence=Residence.RESIDENT,
        quotient=Decimal(700),
    )
    until = TODAY + timedelta(days=days)
    Proof.objects.filter(pk=proof.pk).update(valid_until=until)
    return proof


def letters():
    return [message for message in mail.outbox if "/my/proofs/" in message.body]


def test_one_message_lists_all_that_ends_and_is_never_sent_again(family, clerk):
    accepted(family, clerk, "domicile", days=30)
    accepted(family, clerk, "assurance", days=20, child=family.children[0])
    accepted(family, clerk, "quotient", days=31)

    first = warn_of_endings(today=TODAY)
    again = warn_of_endings(today=TODAY)

    assert (first, again) == (1, 0)
    (letter,) = letters()
    assert "Justificatif de domicile" in letter.body
    assert "Assurance scolaire, Lina" in letter.body
    assert "quotient" not in letter.body


def test_a_family_is_told_again_a_week_ahead_then_no_more(family, clerk):
    accepted(family, clerk, "domicile", days=30)

    written = [
        warn_of_endings(today=TODAY + timedelta(days=passed))
        for passed in (0, 10, 22, 23, 24, 29, 30)
    ]

    assert written == [1, 0, 0, 1, 0, 0, 0]


def test_a_family_that_sent_a_new_one_is_left_in_peace(family, clerk):
    proof = accepted(family, clerk, "domicile", days=10)
    submit_proof(
        household=family.household,
        proof_type=proof.proof_type,
        submitted_by=family.account,
        now=NOW,
        files=[PAPER],
    )

    assert not warning_is_due(today=TODAY)


@pytest.mark.parametrize("families", [1, 30])
def test_the_town_is_read_and_marked_at_once(
    rochebelle, clerk, django_assert_max_num_queries, families
):
    for number in range(families):
        accepted(make_family(f"f{number}@example.com"), clerk, "domicile", days=10)

    # Writing to each family apart costs one insert each, into the outbox.
    with django_assert_max_num_queries(12 + families):
        assert warn_of_endings(today=TODAY) == families


def test_what_a_proof_gave_falls_back_from_its_last_day_and_never_before(family, clerk):
    proof = submit_proof(
        household=family.household,
        proof_type=ProofType.objects.get(code="domicile"),
        submitted_by=family.account,
        now=NOW,
        files=[PAPER],
    )
    accept_proof(
        proof=proof,
        reviewer=clerk,
        valid_from=TODAY,
        now=NOW,
        residence=Residence.RESIDENT,
    )

    proof.refresh_from_db()
    end = proof.valid_until
    assert end is not None
    assert proof.status == ProofStatus.ACCEPTED
    assert residence_on(family.household, TODAY - timedelta(days=1)) is None
    assert residence_on(family.household, TODAY) == Residence.RESIDENT
    assert residence_on(family.household, end - timedelta(days=1)) == "resident"
    assert residence_on(family.household, end) is None
