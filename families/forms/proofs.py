"""A proof handed in: files, a text, an IBAN, a BIC, or the answers of a form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.domain.proof_forms import QuestionKind
from families.enums import ProofKind, ProofSubject
from families.forms.proof_files import KnownDocumentsField, ProofFilesField
from families.forms.questions import check_answers, initial_answers, question_fields
from families.models import Child, Document, Person, ProofType
from families.services.documents import clean_copy
from families.services.proof_answers import questions_of
from families.services.proof_values import Given
from foundation.uploads.cleaning import CleanFile

_TYPED: Mapping[str, tuple[Any, Any, int]] = {
    ProofKind.IBAN: (
        _("IBAN"),
        _("Your bank writes it on each statement. It starts with two letters."),
        60,
    ),
    ProofKind.BIC: (
        _("BIC"),
        _("Your bank writes it beside the IBAN: 8 or 11 letters and digits."),
        20,
    ),
}


class ProofForm(forms.Form):
    """What one type of proof asks for; built for the type and the household."""

    def __init__(  # noqa: PLR0913 - each says one thing of the page, named.
        self,
        *args: Any,
        proof_type: ProofType,
        children: Sequence[Child] = (),
        adults: Sequence[Person] = (),
        known: Sequence[Document] = (),
        answers: Mapping[str, str] | None = None,
        is_required: bool = True,
        is_certified: bool = False,
        **kwargs: Any,
    ) -> None:
        """Ask whom it is about, then what the type asks for.

        `known` are documents to take again, `answers` those of the form given before;
        `is_certified` asks for the tick that the whole is exact.
        """
        super().__init__(*args, **kwargs)
        self.proof_type, self.is_required = proof_type, is_required
        self.questions = questions_of(proof_type)
        self.given_answers: dict[str, str] = {}
        self._ask_whom(children, adults)
        self._ask_what(known, answers or {})
        if is_certified and not self._certifies_itself:
            self.fields["certified"] = forms.BooleanField(
                label=_("I certify that what I send is exact"),
                error_messages={"required": _("Tick the box to certify it.")},
            )

    def clean(self) -> dict[str, Any]:
        """Check the answers, and that something was given."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.proof_type.kind == ProofKind.FORM:
            self.given_answers = check_answers(self, self.questions)
        chosen = cleaned.get("files") or cleaned.get("known")
        lacks = "known" in self.fields and self.is_required and not chosen
        if lacks and not self.errors:
            self.add_error("files", _("Choose a file or take a photo."))
        return cleaned

    @property
    def _certifies_itself(self) -> bool:
        """Whether a question of the form is the tick already."""
        return any(
            each.kind == QuestionKind.CERTIFY and each.is_mandatory and not each.only_if
            for each in self.questions
        )

    @property
    def good_files(self) -> list[CleanFile]:
        """The clean files, even when another one is refused."""
        field = self.fields.get("files")
        return field.good if isinstance(field, ProofFilesField) else []

    @property
    def given(self) -> Given:
        """What was given; of a form in error, the files that are good."""
        is_fine, cleaned = self.is_valid(), self.cleaned_data
        again = [clean_copy(each) for each in cleaned.get("known", [])]
        return Given(
            files=[*self.good_files, *(again if is_fine else [])],
            value=cleaned.get("value", "") if is_fine else "",
            answers=self.given_answers if is_fine else {},
            child=self._children.get(cleaned.get("child", "")),
            person=self._adult(cleaned.get("adult", "")),
        )

    def _ask_whom(self, children: Sequence[Child], adults: Sequence[Person]) -> None:
        self._children = {str(each.public_id): each for each in children}
        self._adults = {str(each.public_id): each for each in adults}
        if self.proof_type.subject == ProofSubject.CHILD and children:
            self.fields["child"] = _choice(
                self._children, _("Which child?"), _("Choose a child.")
            )
        if self.proof_type.subject == ProofSubject.ADULT and len(adults) > 1:
            self.fields["adult"] = _choice(
                self._adults, _("Which adult is it about?"), _("Choose an adult.")
            )

    def _ask_what(self, known: Sequence[Document], answers: Mapping[str, str]) -> None:
        if self.proof_type.kind == ProofKind.FILE:
            self._ask_for_files(known)
        elif self.proof_type.kind == ProofKind.FORM:
            self.fields.update(question_fields(self.questions))
            self.initial.update(initial_answers(self.questions, answers))
        else:
            self.fields["value"] = _value_field(
                self.proof_type, required=self.is_required
            )

    def _adult(self, chosen: str) -> Person | None:
        """Return the adult chosen, or the only one there is."""
        if self.proof_type.subject != ProofSubject.ADULT:
            return None
        only = next(iter(self._adults.values()), None)
        return self._adults.get(chosen, only)

    def _ask_for_files(self, known: Sequence[Document]) -> None:
        self.fields["files"] = ProofFilesField(
            label=_("Your document") if self.is_required else _("Another page or file"),
            required=self.is_required and not known,
            error_messages={"required": _("Choose a file or take a photo.")},
        )
        self.fields["files"].is_asked = self.is_required  # type: ignore[attr-defined] # Read by the renderer.
        if known:
            self.fields["known"] = KnownDocumentsField(known)


def _choice(among: Mapping[str, Any], label: Any, missing: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(key, str(each)) for key, each in among.items()],
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )


def _value_field(proof_type: ProofType, *, required: bool) -> forms.CharField:
    label, hint, longest = _TYPED.get(proof_type.kind, (proof_type.name, "", 500))
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=required,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "class": "govuk-input--width-30" if hint else "",
            }
        ),
        error_messages={"required": _("Enter what is asked.")},
    )
