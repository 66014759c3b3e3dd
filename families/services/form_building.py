"""A clerk writes the questions of a form; nothing that somebody counts on goes."""

from collections.abc import Sequence
from typing import Any, cast

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from families.domain.proof_forms import Question, read_questions
from families.models import ProofType
from families.signals import form_changing
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record
from foundation.reading import read

FORM_SENTENCES = {
    "too_many_questions": _("A form has %(at_most)s questions at most."),
    "too_few_options": _("Write at least two answers to choose between."),
    "options_without_choice": _("Only a choice has answers to choose between."),
    "not_an_earlier_question": _("“%(value)s” is not a question above this one."),
    "no_answers_to_choose": _(
        "“%(value)s” is answered in words: a condition needs yes or no, or a choice."
    ),
    "form_without_questions": _("Write at least one question."),
    "questions_without_form": _("Only a proof of the kind “form” has questions."),
    "question_tells_religion": _(
        "“%(value)s” asks for a religion, which a town may not record. Ask for what "
        "you need to serve the child."
    ),
    "question_tells_health": _(
        "“%(value)s” asks for an illness or a disability. Health stands in the "
        "child's own health sheet, for those who look after them."
    ),
}
LONGEST_CODE = 50


class StillCountedOnError(DomainError):
    """A question that goes, or changes its answers, decides of something else."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))


@transaction.atomic
def write_questions(
    *, proof_type: ProofType, rows: Sequence[dict[str, Any]], actor: Account
) -> tuple[Question, ...]:
    """Keep the questions of a form, in the order of `rows`.

    A row is a question as a pack writes it; without a code, its label makes one. What
    families answered before stays as it was asked. Raises ConfigurationError with all
    that is wrong, StillCountedOnError.
    """
    proof_type = ProofType.objects.select_for_update().get(pk=proof_type.pk)
    coded = with_codes(rows)
    questions = read({"questions": coded}, read_questions)
    sent = form_changing.send(
        sender=ProofType, proof_type=proof_type, questions=questions
    )
    # The stubs believe that every receiver answers a text.
    answers = cast("list[list[str] | None]", [answer for _receiver, answer in sent])
    objections = [each for answer in answers for each in answer or ()]
    if objections:
        raise StillCountedOnError(objections)
    old = proof_type.questions
    proof_type.questions = [each.to_data() for each in questions]
    if proof_type.questions != old:
        proof_type.save(update_fields=["questions"])
        record(
            actor=actor,
            action="proof form changed",
            target=proof_type,
            old={"questions": old},
            new={"questions": proof_type.questions},
        )
    return questions


def with_codes(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give a code to each question that has none, from its label."""
    taken = {row["code"] for row in rows if row.get("code")}
    coded = []
    for row in rows:
        code = row.get("code") or _free(slugify(row.get("label", "")), taken)
        taken.add(code)
        coded.append({**row, "code": code})
    return coded


def _free(wished: str, taken: set[str]) -> str:
    base = wished.replace("_", "-")[:LONGEST_CODE].strip("-") or "question"
    codes = (base, *(f"{base}-{number}" for number in range(2, 1000)))
    return next(code for code in codes if code not in taken)
