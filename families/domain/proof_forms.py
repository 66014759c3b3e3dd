"""Forms built by clerks: the questions of a proof, and the answers that are taken.

A form is an ordered list of questions. A question may be asked only when an earlier
one has a given answer; its own answer is dropped when that one changes. The town may
not ask for a religion nor for the nature of an illness: such words are refused.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from families.domain.meal_labels import find_refused_word
from foundation.reading import Node

YES, NO = "yes", "no"
MOST_QUESTIONS = 40
LONGEST_SHORT, LONGEST_LONG = 200, 3000


class QuestionKind(StrEnum):
    """What an answer looks like."""

    SHORT = "short"
    LONG = "long"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
    CERTIFY = "certify"


class Wrong(StrEnum):
    """Why an answer is not taken."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    NOT_TICKED = "not_ticked"


@dataclass(frozen=True, slots=True)
class OnlyIf:
    """Ask only when the answer of an earlier question is this one."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `options` are those of a choice."""

    code: str
    label: str
    kind: QuestionKind
    help_text: str = ""
    is_mandatory: bool = True
    options: tuple[str, ...] = ()
    only_if: OnlyIf | None = None

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers among which one is chosen; none where people write."""
        if self.kind == QuestionKind.YES_NO:
            return (YES, NO)
        if self.kind == QuestionKind.CERTIFY:
            return (YES,)
        return self.options

    def to_data(self) -> dict[str, Any]:
        """Return the question as it is stored, and as a pack writes it."""
        data: dict[str, Any] = {
            "code": self.code,
            "label": self.label,
            "kind": str(self.kind),
        }
        if self.help_text:
            data["help_text"] = self.help_text
        if not self.is_mandatory:
            data["mandatory"] = False
        if self.options:
            data["options"] = list(self.options)
        if self.only_if is not None:
            data["only_if"] = {
                "question": self.only_if.question,
                "is": self.only_if.answer,
            }
        return data


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a question, with the question as it was then."""

    code: str
    label: str
    kind: QuestionKind
    answer: str


class WrongAnswersError(ValueError):
    """Some answers are not taken; `reasons` says why, by the code of the question."""

    def __init__(self, reasons: Mapping[str, Wrong]) -> None:
        """Keep every reason."""
        self.reasons = dict(reasons)
        super().__init__(", ".join(f"{key}: {why}" for key, why in reasons.items()))


def read_questions(node: Node, key: str = "questions") -> tuple[Question, ...]:
    """Read the questions of a form; each problem is noted on the node."""
    found: list[Question] = []
    for child in node.children(key, required=False):
        question = _read_question(child, found)
        if question.code and question.code in [each.code for each in found]:
            child.refuse("code", "repeated_code")
        found.append(question)
        child.close()
    if len(found) > MOST_QUESTIONS:
        node.refuse(key, "too_many_questions", at_most=str(MOST_QUESTIONS))
    return tuple(found)


def asked_now(
    questions: Sequence[Question], given: Mapping[str, str]
) -> tuple[Question, ...]:
    """Return the questions that these answers leave asked, in their order."""
    asked: list[Question] = []
    for question in questions:
        only_if = question.only_if
        if only_if is None or (
            given.get(only_if.question, "").strip() == only_if.answer
            and only_if.question in [each.code for each in asked]
        ):
            asked.append(question)
    return tuple(asked)


def take_answers(
    questions: Sequence[Question], given: Mapping[str, str]
) -> tuple[Answer, ...]:
    """Return the answers as they are kept; those of questions not asked are dropped.

    Dates are written "2026-09-01", numbers "12.5". Raises WrongAnswersError.
    """
    taken: list[Answer] = []
    reasons: dict[str, Wrong] = {}
    for question in asked_now(questions, given):
        text = given.get(question.code, "").strip()
        wrong = _why_wrong(question, text)
        if wrong is not None:
            reasons[question.code] = wrong
        elif text:
            kept = _tidy(question, text)
            taken.append(Answer(question.code, question.label, question.kind, kept))
    if reasons:
        raise WrongAnswersError(reasons)
    return tuple(taken)


def _read_question(node: Node, earlier: Sequence[Question]) -> Question:
    kind = node.choice("kind", list(QuestionKind)) or QuestionKind.SHORT
    options = node.texts("options", required=False)
    if kind == QuestionKind.CHOICE and len(options) < 2:
        node.refuse("options", "too_few_options")
    if kind != QuestionKind.CHOICE and options:
        node.refuse("options", "options_without_choice")
    if len(set(options)) < len(options):
        node.refuse("options", "repeated_code")
    question = Question(
        code=node.code("code") or "",
        label=node.text("label", at_most=200),
        kind=QuestionKind(kind),
        help_text=node.text("help_text", required=False, at_most=500),
        is_mandatory=node.flag("mandatory", default=True),
        options=options,
        only_if=_read_only_if(node, earlier),
    )
    _refuse_words(node, question)
    return question


def _read_only_if(node: Node, earlier: Sequence[Question]) -> OnlyIf | None:
    """Read the condition: it names an answer that an earlier question may have."""
    child = node.child("only_if", required=False)
    if child is None:
        return None
    code = child.code("question") or ""
    answer = child.text("is", at_most=120)
    child.close()
    named = next((each for each in earlier if each.code == code), None)
    if code and named is None:
        child.refuse("question", "not_an_earlier_question", value=code)
    elif named is not None and not named.answers:
        child.refuse("question", "no_answers_to_choose", value=code)
    elif named is not None and answer and answer not in named.answers:
        allowed = ", ".join(named.answers)
        child.refuse("is", "not_allowed", value=answer, allowed=allowed)
    return OnlyIf(code, answer) if code and answer else None


def _refuse_words(node: Node, question: Question) -> None:
    texts = {
        "label": question.label,
        "help_text": question.help_text,
        "options": " / ".join(question.options),
    }
    for key, text in texts.items():
        refused = find_refused_word(text)
        if refused is not None:
            reason = f"question_tells_{refused.subject}"
            node.refuse(key, reason, value=refused.word)


def _why_wrong(question: Question, text: str) -> Wrong | None:
    if not text:
        is_tick = question.kind == QuestionKind.CERTIFY
        why = Wrong.NOT_TICKED if is_tick else Wrong.MISSING
        return why if question.is_mandatory else None
    if question.answers:
        return None if text in question.answers else Wrong.NOT_A_CHOICE
    is_right, why = _CHECKS[question.kind]
    return None if is_right(text) else why


def _tidy(question: Question, text: str) -> str:
    if question.kind == QuestionKind.NUMBER:
        return str(_number(text))
    return text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> Decimal | None:
    """Read a number as people write it: spaces, and a comma or a point."""
    plain = "".join(text.split()).replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    # An exponent hides how many digits there are.
    is_plain = number.is_finite() and "e" not in plain.lower()
    return number if is_plain and len(plain) <= 20 else None


_CHECKS: Mapping[QuestionKind, tuple[Callable[[str], bool], Wrong]] = {
    QuestionKind.SHORT: (lambda text: len(text) <= LONGEST_SHORT, Wrong.TOO_LONG),
    QuestionKind.LONG: (lambda text: len(text) <= LONGEST_LONG, Wrong.TOO_LONG),
    QuestionKind.DATE: (lambda text: _day(text) is not None, Wrong.NOT_A_DATE),
    QuestionKind.NUMBER: (
        lambda text: _number(text) is not None,
        Wrong.NOT_A_NUMBER,
    ),
}
