"""The answers to a form built by clerks, kept sealed with the proof.

They are kept with the questions as these were: a form may change afterwards, and what
a family answered stays readable as it was asked.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from families.domain.proof_forms import (
    YES,
    Answer,
    Question,
    QuestionKind,
    WrongAnswersError,
    read_questions,
    take_answers,
)
from families.enums import ProofKind
from families.models import Proof, ProofType
from families.services.proof_errors import MissingProofError, WrongAnswersGivenError
from foundation.days import date_format
from foundation.reading import read


def questions_of(proof_type: ProofType) -> tuple[Question, ...]:
    """Return the questions of a type, in their order."""
    return _read(json.dumps(proof_type.questions))


def sealed_answers(proof_type: ProofType, given: Mapping[str, str]) -> str:
    """Return the answers as the proof keeps them.

    Raises MissingProofError for a form without answer, WrongAnswersGivenError.
    """
    try:
        taken = take_answers(questions_of(proof_type), given)
    except WrongAnswersError as error:
        raise WrongAnswersGivenError(error.reasons) from error
    if not taken:
        raise MissingProofError
    return json.dumps([asdict(each) for each in taken], ensure_ascii=False)


def answers_of(proof: Proof) -> tuple[Answer, ...]:
    """Return what was answered, in the order of the questions; () for other kinds."""
    if proof.proof_type.kind != ProofKind.FORM or not proof.value:
        return ()
    return tuple(
        Answer(
            code=each["code"],
            label=each["label"],
            kind=QuestionKind(each["kind"]),
            answer=each["answer"],
        )
        for each in json.loads(proof.value)
    )


def answer_words(answer: Answer) -> str:
    """Return an answer as people read it."""
    if answer.kind in {QuestionKind.YES_NO, QuestionKind.CERTIFY}:
        return _("Yes") if answer.answer == YES else _("No")
    if answer.kind == QuestionKind.DATE:
        return date_format(date.fromisoformat(answer.answer), "DATE_FORMAT")
    return answer.answer


def answer_lines(proof: Proof) -> list[tuple[str, str]]:
    """Return each question with its answer in words, for families and clerks."""
    return [(each.label, answer_words(each)) for each in answers_of(proof)]


def given_again(former: Iterable[Proof]) -> dict[str, str]:
    """Return the answers of the first proof, to start a new form with them."""
    newest = next(iter(former), None)
    return {each.code: each.answer for each in answers_of(newest)} if newest else {}


@lru_cache(maxsize=256)
def _read(data: str) -> tuple[Question, ...]:
    """Read a definition that was checked when it was written."""
    return read({"questions": json.loads(data)}, read_questions)
