"""What is typed or sent for a proof, checked and put in the form it is kept in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException

from families.enums import ProofKind, ProofSubject
from families.models import Child, Household, Person, ProofType
from families.services.proof_answers import sealed_answers
from families.services.proof_errors import (
    MissingProofError,
    SignedElsewhereError,
    WrongBicError,
    WrongIbanError,
    WrongSubjectError,
)
from foundation.uploads.cleaning import CleanFile


@dataclass(frozen=True, slots=True)
class Given:
    """What a family hands in: clean files, a text, or the answers of a form.

    `child` or `person` is whom the proof is about; neither for the household.
    """

    files: Sequence[CleanFile] = ()
    value: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    child: Child | None = None
    person: Person | None = None


def value_kept(proof_type: ProofType, given: Given) -> str:
    """Return the text that the proof keeps; empty for files alone.

    Raises MissingProofError, WrongIbanError, WrongBicError, WrongAnswersGivenError,
    SignedElsewhereError.
    """
    if proof_type.kind == ProofKind.MANDATE:
        raise SignedElsewhereError
    if proof_type.kind == ProofKind.FORM:
        return sealed_answers(proof_type, given.answers)
    text = given.value.strip()
    if not (given.files if proof_type.kind == ProofKind.FILE else text):
        raise MissingProofError
    return _READERS.get(ProofKind(proof_type.kind), str)(text)


def check_subject(
    proof_type: ProofType, household: Household, about: Child | Person | None
) -> None:
    """Refuse a proof about nobody, or about somebody of another household."""
    subject = proof_type.subject
    is_right = {
        ProofSubject.HOUSEHOLD: about is None,
        ProofSubject.CHILD: isinstance(about, Child)
        and Child.objects.in_family(household).filter(pk=about.pk).exists(),
        ProofSubject.ADULT: isinstance(about, Person)
        and household.guardians.filter(person=about.pk).exists(),
    }
    if not is_right[ProofSubject(subject)]:
        raise WrongSubjectError


def _iban(text: str) -> str:
    try:
        return str(IBAN(text, validate_bban=True))
    except SchwiftyException as error:
        raise WrongIbanError from error


def _bic(text: str) -> str:
    try:
        return str(BIC("".join(text.split()).upper()))
    except SchwiftyException as error:
        raise WrongBicError from error


_READERS: Mapping[ProofKind, Callable[[str], str]] = {
    ProofKind.IBAN: _iban,
    ProofKind.BIC: _bic,
}
