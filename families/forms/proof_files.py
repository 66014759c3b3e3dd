"""Several files of one proof, and documents given before."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from families.models import Document
from foundation.days import date_format
from foundation.ui.widgets import DocumentInput, HintedLabel
from foundation.uploads.cleaning import CleanFile
from foundation.uploads.forms import ProofFileField

MOST_FILES = 5


class DocumentsInput(DocumentInput):
    """Several files at once."""

    allow_multiple_selected = True


class ProofFilesField(ProofFileField):
    """Accept several files; those that are good are kept when another is refused.

    `cleaned_data` is a list of CleanFile; `good` holds it even when one is refused.
    """

    widget = DocumentsInput

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.good: list[CleanFile] = []

    def clean(self, data: Any, initial: Any = None) -> list[CleanFile]:
        """Clean each file, and say which one is refused and why."""
        received = [each for each in data or [] if each]
        self.good = []
        if not received and self.required:
            raise forms.ValidationError(self.error_messages["required"], "required")
        if len(received) > MOST_FILES:
            raise forms.ValidationError(
                gettext("Send %(most)s files at a time at most.")
                % {"most": MOST_FILES},
                "too_many",
            )
        refusals: list[forms.ValidationError] = []
        for file in received:
            try:
                self.good.append(super().clean(file, initial))
            except forms.ValidationError as refusal:
                refusals += [
                    forms.ValidationError(f"{file.name}: {message}", refusal.code)
                    for message in refusal.messages
                ]
        if refusals:
            raise forms.ValidationError(refusals)
        return self.good


class KnownDocumentsField(forms.MultipleChoiceField):
    """Documents that the household gave before; `cleaned_data` is a list of them."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, known: Sequence[Document]) -> None:
        """Offer each one by its name, with what it was given for and when."""
        self.known: Mapping[str, Document] = {
            str(each.public_id): each for each in known
        }
        super().__init__(
            label=_("Or take a document you already gave"),
            required=False,
            choices=[(key, _label_of(each)) for key, each in self.known.items()],
        )

    def clean(self, value: Any) -> list[Document]:
        """Return the documents chosen."""
        return [self.known[key] for key in super().clean(value)]


def _label_of(document: Document) -> HintedLabel:
    day = date_format(document.created_at, "DATE_FORMAT")
    return HintedLabel(
        document.original_name, f"{document.proof.proof_type.name}, {day}"
    )
