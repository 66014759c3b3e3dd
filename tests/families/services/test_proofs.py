"""Handing in proofs, and deciding on them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from families.enums import ProofStatus, Residence
from families.models import Proof, ProofType, QuotientRecord, ResidenceRecord
from families.queries import proofs_of, quotient_on, residence_on
from families.services.proof_errors import (
    AlreadyReviewedError,
    DatedTooEarlyError,
    MissingProofError,
    MissingReasonError,
    MissingValueError,
    WrongIbanError,
    WrongSubjectError,
)
from families.services.proofs import (
    accept_proof,
    refuse_proof,
    submit_proof,
    withdraw_proof,
)
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from foundation.uploads.cleaning import CleanFile
from tenants.models import Town
from tests.families.builders import NOW, TODAY, Family, make_family

PAPER = CleanFile(
    content=b"%PDF-1.4 a bill",
    content_type="application/pdf",
    extension="pdf",
    pages=1,
    sha256="0" * 64,
    name="bill.pdf",
)


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


@pytest.fixture
def family(rochebelle: Town) -> Family:
    return make_family("claire@example.com", "Lina")


@pytest.fixture
def clerk(rochebelle: Town) -> Account:
    return Account.objects.create_user("clerk@example.com", is_staff=True)


def hand_in(family: Family, code: str = "domicile", **other: Any) -> Proof:
    given: dict[str, Any] = {"files": [PAPER], "child": None, "now": NOW} | other
    return submit_proof(
        household=family.household,
        proof_type=ProofType.objects.get(code=code),
        submitted_by=family.account,
        **given,
    )


def test_a_document_is_kept_encrypted_and_comes_back_as_it_was(family, tmp_path):
    proof = hand_in(family)

    document = proof.documents.get()
    with document.file.open() as kept:
        assert kept.read() == PAPER.content
    assert (document.original_name, document.size) == ("bill.pdf", 15)
    stored = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(stored) == 1
    assert b"a bill" not in stored[0].read_bytes()


def test_a_second_proof_replaces_the_one_that_waits(family):
    first = hand_in(family)
    second = hand_in(family)

    first.refresh_from_db()
    assert first.status == ProofStatus.REPLACED
    assert second.status == ProofStatus.SUBMITTED


def test_each_child_has_its_own_proof(family):
    family.children += make_family("paul@example.com", "Tom").children

    hand_in(family, "assurance", child=family.children[0])

    with pytest.raises(WrongSubjectError):
        hand_in(family, "assurance")
    with pytest.raises(WrongSubjectError):
        hand_in(family, "assurance", child=family.children[1])
    with pytest.raises(WrongSubjectError):
        hand_in(family, "domicile", child=family.children[0])


def test_nothing_handed_in_is_no_proof(family):
    with pytest.raises(MissingProofError):
        hand_in(family, files=[])


def test_a_text_or_an_iban_is_kept_out_of_the_journal(family):
    ProofType.objects.create(code="iban", name="IBAN", kind="iban")

    proof = hand_in(family, "iban", files=[], value="FR76 3000 6000 0112 3456 7890 189")

    proof.refresh_from_db()
    assert proof.value == "FR7630006000011234567890189"
    entry = Entry.objects.get(action="proof submitted")
    assert "3000" not in str(entry.new)
    with pytest.raises(WrongIbanError):
        hand_in(family, "iban", files=[], value="FR76 3000 6000 0112 3456 7890 188")
    with pytest.raises(MissingProofError):
        hand_in(family, "iban", files=[], value="  ")


def test_accepting_opens_the_residence_from_that_day_for_the_time_it_is_valid(
    family, clerk
):
    start = TODAY + timedelta(days=2)

    proof = accept_proof(
        proof=hand_in(family),
        reviewer=clerk,
        valid_from=start,
        residence=Residence.RESIDENT,
        now=NOW,
    )

    assert (proof.valid_from, proof.valid_until) == (start, date(2027, 11, 23))
    assert residence_on(family.household, start - timedelta(days=1)) is None
    assert residence_on(family.household, start) == Residence.RESIDENT
    assert residence_on(family.household, date(2027, 11, 22)) == Residence.RESIDENT
    assert residence_on(family.household, date(2027, 11, 23)) is None


def test_a_new_quotient_closes_the_former_one_and_keeps_its_past(family, clerk):
    QuotientRecord.objects.create(
        household=family.household, value=450, from_on=date(2026, 1, 1)
    )

    accept_proof(
        proof=hand_in(family, "quotient"),
        reviewer=clerk,
        valid_from=TODAY,
        quotient=Decimal("812.50"),
        now=NOW,
    )

    assert quotient_on(family.household, TODAY - timedelta(days=1)) == 450
    assert quotient_on(family.household, TODAY) == Decimal("812.50")
    entry = Entry.objects.get(action="proof accepted")
    assert "812" not in str(entry.new)


def test_a_fact_dated_later_stays(family, clerk):
    later = TODAY + timedelta(days=40)
    QuotientRecord.objects.create(household=family.household, value=300, from_on=later)

    accept_proof(
        proof=hand_in(family, "quotient"),
        reviewer=clerk,
        valid_from=TODAY,
        quotient=Decimal(812),
        now=NOW,
    )

    assert quotient_on(family.household, later - timedelta(days=1)) == 812
    assert quotient_on(family.household, later) == 300


def test_a_correction_of_the_same_day_takes_its_place(family, clerk):
    for value in (450, 500):
        accept_proof(
            proof=hand_in(family, "quotient"),
            reviewer=clerk,
            valid_from=TODAY,
            quotient=Decimal(value),
            now=NOW,
        )

    assert quotient_on(family.household, TODAY) == 500
    assert QuotientRecord.objects.count() == 1
    assert Proof.objects.filter(status=ProofStatus.ACCEPTED).count() == 1


def test_the_former_proof_stops_where_the_new_one_starts(family, clerk):
    first = accept_proof(
        proof=hand_in(family),
        reviewer=clerk,
        valid_from=TODAY,
        residence=Residence.RESIDENT,
        now=NOW,
    )

    accept_proof(
        proof=hand_in(family),
        reviewer=clerk,
        valid_from=TODAY + timedelta(days=10),
        residence=Residence.OUTSIDE,
        now=NOW,
    )

    first.refresh_from_db()
    assert first.valid_until == TODAY + timedelta(days=10)
    assert ResidenceRecord.objects.count() == 2


def test_a_proof_never_counts_before_it_was_handed_in(family, clerk):
    late_evening = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    proof = hand_in(family, now=late_evening)

    with pytest.raises(DatedTooEarlyError, match="21/11/2026"):
        accept_proof(
            proof=proof,
            reviewer=clerk,
            valid_from=date(2026, 11, 20),
            residence=Residence.RESIDENT,
            now=NOW,
        )

    proof.refresh_from_db()
    assert proof.status == ProofStatus.SUBMITTED


@pytest.mark.parametrize(
    ("code", "given"),
    [("domicile", {}), ("quotient", {}), ("quotient", {"quotient": Decimal(-1)})],
)
def test_accepting_asks_for_what_is_established(family, clerk, code, given):
    proof = hand_in(family, code)

    with pytest.raises(MissingValueError):
        accept_proof(proof=proof, reviewer=clerk, valid_from=TODAY, now=NOW, **given)

    proof.refresh_from_db()
    assert proof.status == ProofStatus.SUBMITTED


def test_a_refusal_gives_its_reason(family, clerk):
    proof = hand_in(family)

    with pytest.raises(MissingReasonError):
        refuse_proof(proof=proof, reviewer=clerk, reason="  ", now=NOW)
    refused = refuse_proof(proof=proof, reviewer=clerk, reason="Too old.", now=NOW)

    assert (refused.status, refused.refusal_reason) == (ProofStatus.REFUSED, "Too old.")
    assert residence_on(family.household, TODAY) is None


def test_the_family_sees_what_counts_waits_or_must_be_sent_again(family, clerk):
    old = hand_in(family, now=NOW - timedelta(days=400))
    accept_proof(
        proof=old,
        reviewer=clerk,
        valid_from=TODAY - timedelta(days=400),
        residence=Residence.RESIDENT,
        now=NOW,
    )
    refused = hand_in(family)
    refuse_proof(proof=refused, reviewer=clerk, reason="Blurred.", now=NOW)

    before = list(proofs_of(family.household))
    new = hand_in(family)
    waiting = list(proofs_of(family.household))
    accept_proof(
        proof=new,
        reviewer=clerk,
        valid_from=TODAY,
        residence=Residence.RESIDENT,
        now=NOW,
    )

    assert before == [refused, old]
    assert waiting == [new, old]
    assert list(proofs_of(family.household)) == [new]


def test_only_a_waiting_proof_is_decided_or_taken_back(family, clerk):
    proof = hand_in(family)
    withdraw_proof(proof=proof, actor=family.account)

    with pytest.raises(AlreadyReviewedError):
        refuse_proof(proof=proof, reviewer=clerk, reason="No", now=NOW)
    with pytest.raises(AlreadyReviewedError):
        withdraw_proof(proof=proof, actor=family.account)


def test_a_type_says_how_long_it_is_valid(rochebelle):
    kind = ProofType(code="x", name="X", validity="months", validity_months=None)

    with pytest.raises(ValidationError, match="how many months"):
        kind.full_clean()
