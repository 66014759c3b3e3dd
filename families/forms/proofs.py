"""A proof handed in: a file, a text or an IBAN."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.enums import ProofKind, ProofSubject
from families.models import Child, ProofType
from foundation.ui.widgets import DocumentInput
from foundation.uploads.cleaning import CleanFile
from foundation.uploads.forms import ProofFileField

FILES = ("file", "file_2", "file_3")


class ProofForm(forms.Form):
    """What one type of proof asks for; built for the type."""

    def __init__(
        self,
        *args: Any,
        proof_type: ProofType,
        children: Sequence[Child],
        **kwargs: Any,
    ) -> None:
        """Ask for the child, the files or the value."""
        super().__init__(*args, **kwargs)
        self.children = {str(child.public_id): child for child in children}
        if proof_type.subject == ProofSubject.CHILD:
            self.fields["child"] = forms.ChoiceField(
                label=_("Which child?"),
                choices=[(key, str(child)) for key, child in self.children.items()],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose a child.")},
            )
        if proof_type.kind == ProofKind.FILE:
            self._ask_for_files()
        else:
            self._ask_for_value(proof_type)

    @property
    def files_given(self) -> list[CleanFile]:
        """The clean files, in order."""
        given = (self.cleaned_data.get(name) for name in FILES)
        return [file for file in given if file]

    @property
    def child_given(self) -> Child | None:
        """The child chosen, where the proof is about one."""
        return self.children.get(self.cleaned_data.get("child", ""))

    def _ask_for_files(self) -> None:
        labels = (_("Document"), _("Second page or back"), _("Third page"))
        for name, label in zip(FILES, labels, strict=True):
            self.fields[name] = ProofFileField(
                label=label,
                required=name == "file",
                # What is accepted is said once, under the first.
                widget=DocumentInput() if name == "file" else forms.FileInput(),
                error_messages={"required": _("Choose a file or take a photo.")},
            )

    def _ask_for_value(self, proof_type: ProofType) -> None:
        is_iban = proof_type.kind == ProofKind.IBAN
        self.fields["value"] = forms.CharField(
            label=_("IBAN") if is_iban else proof_type.name,
            max_length=60 if is_iban else 500,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": _("Enter what is asked.")},
        )
