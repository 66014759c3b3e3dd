"""The questions of a form built by clerks, as fields of a page.

Everything is on the page, without JavaScript: a question that depends on another says
so under its label, and what is typed there is dropped when it does not apply.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from families.domain.proof_forms import (
    LONGEST_LONG,
    LONGEST_SHORT,
    NO,
    YES,
    Question,
    QuestionKind,
    Wrong,
    WrongAnswersError,
    take_answers,
)
from foundation.ui.widgets import DateFieldsInput

PREFIX = "q-"
#: From here on, a list takes less room than radio buttons.
MANY_OPTIONS = 8
WHY: Mapping[Wrong, Any] = {
    Wrong.MISSING: gettext_lazy("Answer this question."),
    Wrong.TOO_LONG: gettext_lazy("This is too long: shorten it."),
    Wrong.NOT_A_CHOICE: gettext_lazy("Choose one of the answers."),
    Wrong.NOT_A_DATE: gettext_lazy("Enter a real date, like 27 3 2026."),
    Wrong.NOT_A_NUMBER: gettext_lazy("Enter a number, in digits."),
    Wrong.NOT_TICKED: gettext_lazy("Tick the box to certify it."),
}
ANSWER_WORDS: Mapping[str, Any] = {YES: gettext_lazy("Yes"), NO: gettext_lazy("No")}


def question_fields(questions: Sequence[Question]) -> dict[str, forms.Field]:
    """Return a field for each question, by its name on the page."""
    by_code = {each.code: each for each in questions}
    return {PREFIX + each.code: _field(each, by_code) for each in questions}


def read_answers(
    questions: Sequence[Question], cleaned: Mapping[str, Any]
) -> dict[str, str]:
    """Return what was typed, as the domain reads it."""
    return {each.code: _text(cleaned.get(PREFIX + each.code)) for each in questions}


def check_answers(form: forms.Form, questions: Sequence[Question]) -> dict[str, str]:
    """Return the answers; note on each field why its answer is not taken."""
    given = read_answers(questions, form.cleaned_data)
    try:
        take_answers(questions, given)
    except WrongAnswersError as error:
        for code, reason in error.reasons.items():
            if PREFIX + code not in form.errors:
                form.add_error(PREFIX + code, WHY[reason])
    return given


def initial_answers(
    questions: Sequence[Question], known: Mapping[str, str]
) -> dict[str, Any]:
    """Return former answers as the fields start with them."""
    initial: dict[str, Any] = {}
    for question in questions:
        text = known.get(question.code, "")
        if question.kind == QuestionKind.CERTIFY or not text:
            continue  # What is certified is certified anew.
        initial[PREFIX + question.code] = (
            date.fromisoformat(text) if question.kind == QuestionKind.DATE else text
        )
    return initial


def _field(question: Question, by_code: Mapping[str, Question]) -> forms.Field:
    build = _WRITTEN.get(question.kind)
    field = _one_of(question) if build is None else build()
    field.label = question.label
    field.help_text = _hint(question, by_code)
    # The domain says what lacks; a question that depends on another is no option.
    field.required = False
    field.is_asked = question.is_mandatory  # type: ignore[attr-defined] # Read by the form below.
    return field


def _hint(question: Question, by_code: Mapping[str, Question]) -> str:
    parts = [question.help_text]
    if question.only_if is not None:
        named = by_code[question.only_if.question].label
        answer = str(ANSWER_WORDS.get(question.only_if.answer, question.only_if.answer))
        parts.insert(
            0,
            _("Only if you answered “%(answer)s” to “%(question)s”.")
            % {"answer": answer, "question": named},
        )
    return " ".join(part for part in parts if part)


def _one_of(question: Question) -> forms.Field:
    choices = [(each, str(ANSWER_WORDS.get(each, each))) for each in question.answers]
    if len(choices) >= MANY_OPTIONS:
        return forms.ChoiceField(choices=[("", _("Choose…")), *choices])
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)


def _number() -> forms.Field:
    narrow = {"inputmode": "decimal", "class": "govuk-input--width-5"}
    return forms.CharField(max_length=20, widget=forms.TextInput(attrs=narrow))


def _day() -> forms.Field:
    invalid = {"invalid": WHY[Wrong.NOT_A_DATE]}
    return forms.DateField(widget=DateFieldsInput, error_messages=invalid)


def _long() -> forms.Field:
    box = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(max_length=LONGEST_LONG, widget=box)


_WRITTEN: Mapping[QuestionKind, Callable[[], forms.Field]] = {
    QuestionKind.SHORT: lambda: forms.CharField(max_length=LONGEST_SHORT),
    QuestionKind.LONG: _long,
    QuestionKind.DATE: _day,
    QuestionKind.NUMBER: _number,
    QuestionKind.CERTIFY: forms.BooleanField,
}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else ""
    return value.isoformat() if isinstance(value, date) else str(value or "")
