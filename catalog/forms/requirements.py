"""The proofs that a service asks for: in which situation, or on which answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from catalog.models import Situation
from families.domain.proof_forms import NO, YES, Question
from families.enums import ProofKind
from families.models import ProofType
from families.services.proof_answers import questions_of
from foundation.backoffice.rows import RowFormSet

#: What a clerk may type for an answer by yes or no.
_TYPED = {"oui": YES, "non": NO, "yes": YES, "no": NO}


class RequirementForm(WagtailAdminModelForm):
    """Offers the questions of forms whose answer may decide."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = _deciding_questions()
        row = self.instance
        self.fields["only_if_question"] = forms.ChoiceField(
            label=_("only on the answer to"),
            required=False,
            choices=[
                ("", _("Always")),
                *(
                    (key, f"{question.label} ({proof_type})")
                    for key, (proof_type, question) in self.questions.items()
                ),
            ],
        )
        if row.only_if_proof_id:
            key = f"{row.only_if_proof_id}:{row.only_if_question}"
            self.initial["only_if_question"] = key

    def clean(self) -> dict[str, Any]:
        """Keep the form that the question belongs to; refuse impossible answers."""
        cleaned: dict[str, Any] = super().clean()
        chosen = self.questions.get(cleaned.get("only_if_question", ""))
        typed = (cleaned.get("only_if_answer") or "").strip()
        answer = _TYPED.get(typed.lower(), typed)
        if chosen is None:
            self.instance.only_if_proof = None
            return {**cleaned, "only_if_question": "", "only_if_answer": ""}
        proof_type, question = chosen
        if answer not in question.answers:
            possible = ", ".join(question.answers)
            self.add_error(
                "only_if_answer",
                _("Write one of its answers: %(answers)s.") % {"answers": possible},
            )
        self.instance.only_if_proof = proof_type
        return {**cleaned, "only_if_question": question.code, "only_if_answer": answer}


class RequirementFormSet(RowFormSet):
    """Offers the situations of this service only."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Limit the choice; a situation must be saved before a proof names it."""
        super().add_fields(form, index)
        form.fields["situation"].queryset = Situation.objects.filter(
            service_id=self.instance.pk
        ).order_by("position", "id")
        form.fields["situation"].empty_label = _("Always")


def _deciding_questions() -> dict[str, tuple[ProofType, Question]]:
    """Return the questions answered by a choice, by the key of their option."""
    types = ProofType.objects.filter(kind=ProofKind.FORM).order_by("name")
    return {
        f"{proof_type.pk}:{question.code}": (proof_type, question)
        for proof_type in types
        for question in questions_of(proof_type)
        if question.answers
    }
