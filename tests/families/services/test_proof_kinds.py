"""The kinds of proofs: BIC, forms, adults; and the family's file made of them."""

import pytest

from families.domain.proof_forms import Wrong
from families.enums import ProofKind, ProofStatus, ProofSubject, ProofValidity
from families.models import Document, Proof, ProofType
from families.queries import children_of
from families.services.my_file import my_file
from families.services.proof_answers import answer_lines, answers_of
from families.services.proof_errors import (
    SignedElsewhereError,
    WrongAnswersGivenError,
    WrongBicError,
    WrongSubjectError,
)
from families.services.proofs import accept_proof, submit_proof
from families.services.signed_proofs import accept_signed, end_signed
from families.services.vault import known_documents
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from foundation.periods import ONE_DAY
from tests.families.builders import NOW, TODAY, make_family, make_person
from tests.families.services.test_proofs import PAPER

QUESTIONS = [
    {"code": "works", "label": "Do you work?", "kind": "yes_no"},
    {
        "code": "employer",
        "label": "Who employs you?",
        "kind": "short",
        "only_if": {"question": "works", "is": "yes"},
    },
    {"code": "since", "label": "Since when?", "kind": "date", "mandatory": False},
]


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina")


@pytest.fixture
def clerk(rochebelle):
    return Account.objects.create_user("clerk@example.com", is_staff=True)


def kind_of(kind, **other):
    given = {"validity": ProofValidity.UNLIMITED, "code": kind, "name": kind} | other
    return ProofType.objects.create(kind=kind, **given)


def hand_in(family, proof_type, **given):
    return submit_proof(
        household=family.household,
        proof_type=proof_type,
        submitted_by=family.account,
        now=NOW,
        **given,
    )


def test_a_bic_is_checked_and_kept_tidy(family):
    bic = kind_of(ProofKind.BIC)

    proof = hand_in(family, bic, value="bnpa frpp xxx")

    proof.refresh_from_db()
    assert proof.value == "BNPAFRPPXXX"
    with pytest.raises(WrongBicError):
        hand_in(family, bic, value="BNPAXXPP")


def test_the_answers_of_a_form_are_sealed_with_their_questions(family):
    form = kind_of(ProofKind.FORM, questions=QUESTIONS)

    proof = hand_in(
        family, form, answers={"works": "yes", "employer": "The bakery", "since": ""}
    )
    ProofType.objects.filter(pk=form.pk).update(questions=[])

    stored = Proof.objects.select_related("proof_type").get(pk=proof.pk)
    assert [each.answer for each in answers_of(stored)] == ["yes", "The bakery"]
    assert answer_lines(stored)[1] == ("Who employs you?", "The bakery")
    entry = Entry.objects.get(action="proof submitted")
    assert "bakery" not in str(entry.new)


def test_a_form_is_refused_answer_by_answer(family):
    form = kind_of(ProofKind.FORM, questions=QUESTIONS)

    with pytest.raises(WrongAnswersGivenError) as refused:
        hand_in(family, form, answers={"works": "yes", "since": "soon"})

    assert refused.value.reasons == {
        "employer": Wrong.MISSING,
        "since": Wrong.NOT_A_DATE,
    }
    assert not Proof.objects.exists()


def test_a_proof_about_an_adult_names_one_of_the_household(family):
    identity = kind_of(ProofKind.FILE, subject=ProofSubject.ADULT)
    stranger = make_person("paul@example.com", "Paul")

    proof = hand_in(family, identity, files=[PAPER], person=family.person)

    assert proof.person == family.person
    with pytest.raises(WrongSubjectError):
        hand_in(family, identity, files=[PAPER])
    with pytest.raises(WrongSubjectError):
        hand_in(family, identity, files=[PAPER], person=stranger)


def test_a_mandate_is_never_sent_as_a_proof(family):
    with pytest.raises(SignedElsewhereError):
        hand_in(family, kind_of(ProofKind.MANDATE), value="signed")


def test_a_signature_counts_from_its_day_and_ends_with_the_mandate(family):
    kind_of(ProofKind.MANDATE)
    (proof,) = accept_signed(
        household=family.household, account=family.account, signed_on=TODAY, now=NOW
    )

    again = accept_signed(
        household=family.household, account=family.account, signed_on=TODAY, now=NOW
    )
    end_signed(household=family.household, on=TODAY + 5 * ONE_DAY, actor=None)

    assert again == []
    valid = Proof.objects.filter(pk=proof.pk).valid
    assert valid(on=TODAY + 4 * ONE_DAY).exists()
    assert not valid(on=TODAY + 5 * ONE_DAY).exists()


def test_a_valid_proof_counts_until_the_one_that_replaces_it_is_accepted(family, clerk):
    domicile = ProofType.objects.get(code="assurance")
    lina = family.children[0]
    first = hand_in(family, domicile, files=[PAPER], child=lina)
    accept_proof(proof=first, reviewer=clerk, valid_from=TODAY, now=NOW)

    second = hand_in(family, domicile, files=[PAPER], child=lina)

    first.refresh_from_db()
    assert first.status == ProofStatus.ACCEPTED
    accept_proof(proof=second, reviewer=clerk, valid_from=TODAY + 3 * ONE_DAY, now=NOW)
    first.refresh_from_db()
    assert first.valid_until == TODAY + 3 * ONE_DAY


def test_the_file_says_of_each_proof_what_is_to_do(family, clerk):
    domicile = ProofType.objects.get(code="domicile")
    sent = hand_in(family, domicile, files=[PAPER])
    lina = family.children[0]
    ends = hand_in(
        family, ProofType.objects.get(code="assurance"), files=[PAPER], child=lina
    )
    accept_proof(proof=ends, reviewer=clerk, valid_from=TODAY, now=NOW)
    Proof.objects.filter(pk=ends.pk).update(valid_until=TODAY + 10 * ONE_DAY)
    children = list(children_of(family.household))

    mine = my_file(family.household, children, today=TODAY)
    later = my_file(family.household, children, today=TODAY + 10 * ONE_DAY)

    assert [task.href for task in mine.sent] == [f"/my/proofs/{sent.public_id}/"]
    assert [task.tone for task in mine.to_do] == ["warning"]
    assert [task.tone for task in later.to_do] == ["danger"]


def test_a_document_given_twice_is_offered_once(family):
    hand_in(family, ProofType.objects.get(code="domicile"), files=[PAPER])
    hand_in(family, ProofType.objects.get(code="quotient"), files=[PAPER])

    assert Document.objects.count() == 2
    assert len(known_documents(family.household)) == 1
