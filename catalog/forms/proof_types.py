"""The form of a type of proof, with its blank form to download."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.codes import CodeFromName

#: What a PDF begins with, and how its name ends: what families are served.
PDF_HEAD, PDF_NAME = b"%PDF-", ".pdf"


class ProofTypeForm(CodeFromName):
    """Takes a PDF only as the blank form: any telephone opens it."""

    def clean_template(self) -> Any:
        """Refuse what families could not open: another kind would answer nothing."""
        file = self.cleaned_data.get("template")
        if not file or "template" not in self.changed_data:
            return file
        head = file.read(len(PDF_HEAD))
        file.seek(0)
        if head != PDF_HEAD or not file.name.lower().endswith(PDF_NAME):
            raise forms.ValidationError(
                _("Attach a PDF: any telephone opens it. Print the document to a PDF.")
            )
        return file
