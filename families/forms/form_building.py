"""The rows of a form that a clerk builds: one question each, in plain words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.domain.proof_forms import MOST_QUESTIONS, NO, YES, QuestionKind
from foundation.problems import ConfigurationError, explain

KINDS = (
    (QuestionKind.SHORT, _("A few words")),
    (QuestionKind.LONG, _("A text")),
    (QuestionKind.YES_NO, _("Yes or no")),
    (QuestionKind.CHOICE, _("A choice between answers")),
    (QuestionKind.DATE, _("A date")),
    (QuestionKind.NUMBER, _("A number")),
    (QuestionKind.CERTIFY, _("A box to tick, to certify")),
)
#: What a clerk may type for the answers of a question by yes or no.
_TYPED = {"oui": YES, "non": NO, "yes": YES, "no": NO}
_FIELDS = {
    "label": "label",
    "kind": "kind",
    "help_text": "help_text",
    "options": "options",
    "only_if": "only_if",
    "code": "label",
}
#: Empty rows at the end: more come each time the form is saved.
SPARE = 3


class QuestionForm(forms.Form):
    """One question."""

    position = forms.IntegerField(
        label=_("Order"), required=False, widget=forms.NumberInput(attrs={"min": 1})
    )
    label = forms.CharField(label=_("Question"), max_length=200, required=False)
    help_text = forms.CharField(label=_("Help"), max_length=500, required=False)
    kind = forms.ChoiceField(label=_("Answer"), choices=KINDS, required=False)
    options = forms.CharField(
        label=_("Answers to choose between, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_mandatory = forms.BooleanField(
        label=_("Compulsory"), required=False, initial=True
    )
    only_if = forms.ChoiceField(label=_("Ask only if"), required=False)
    answer = forms.CharField(
        label=_("is answered with"),
        required=False,
        max_length=120,
        help_text=_("Yes, no, or one of the answers of the choice."),
    )
    is_removed = forms.BooleanField(label=_("Remove this question"), required=False)
    code = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, earlier: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        """Offer the questions saved already as conditions."""
        super().__init__(*args, **kwargs)
        self.fields["only_if"].choices = [("", _("Always asked")), *earlier]  # type: ignore[attr-defined] # A ChoiceField.

    @property
    def row(self) -> dict[str, Any] | None:
        """The question as a pack writes it; None for a row that is empty or removed."""
        given = self.cleaned_data
        if given.get("is_removed") or not given.get("label"):
            return None
        row: dict[str, Any] = {
            "code": given["code"],
            "label": given["label"],
            "kind": given["kind"] or QuestionKind.SHORT,
            "mandatory": given["is_mandatory"],
        }
        options = [each.strip() for each in given["options"].splitlines()]
        if any(options):
            row["options"] = [each for each in options if each]
        if given["help_text"]:
            row["help_text"] = given["help_text"]
        if given["only_if"]:
            typed = given["answer"].strip()
            answer = _TYPED.get(typed.lower(), typed)
            row["only_if"] = {"question": given["only_if"], "is": answer}
        return row


class QuestionFormSet(forms.BaseFormSet[QuestionForm]):
    """All the questions, in the order of their numbers."""

    def rows(self) -> list[tuple[QuestionForm, dict[str, Any]]]:
        """Return the questions to keep with their forms; those without number last."""
        kept = [(form, row) for form in self.forms if (row := form.row) is not None]
        last = len(self.forms) + 1
        return sorted(kept, key=lambda each: each[0].cleaned_data["position"] or last)

    def tell(self, error: ConfigurationError) -> None:
        """Note each problem on the question and the field it is about."""
        kept = [form for form, _row in self.rows()]
        for problem in error.problems:
            index, _dot, rest = problem.path.removeprefix("questions[").partition("]")
            field = _FIELDS.get(rest.strip(".").partition(".")[0].partition("[")[0])
            if index.isdecimal() and int(index) < len(kept):
                kept[int(index)].add_error(field, explain(problem))
            else:
                self._non_form_errors.append(explain(problem))  # type: ignore[attr-defined] # Django's own list.


def initial_rows(questions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what the forms start with."""
    return [
        {
            "position": index * 10,
            "code": each["code"],
            "label": each["label"],
            "kind": each["kind"],
            "help_text": each.get("help_text", ""),
            "options": "\n".join(each.get("options", ())),
            "is_mandatory": each.get("mandatory", True),
            "only_if": each.get("only_if", {}).get("question", ""),
            "answer": each.get("only_if", {}).get("is", ""),
        }
        for index, each in enumerate(questions, start=1)
    ]


QuestionRows = forms.formset_factory(
    QuestionForm,
    QuestionFormSet,
    extra=SPARE,
    max_num=MOST_QUESTIONS + SPARE,
    absolute_max=MOST_QUESTIONS + SPARE,
)
