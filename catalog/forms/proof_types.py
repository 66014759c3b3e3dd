"""The form of a type of proof, with its blank form to download."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from catalog.forms.codes import CodeFromName
from families.domain.blank_forms import KILOBYTE, MOST_BYTES, PDF_HEAD
from families.services.blank_forms import refuse_weight, sent_form
from foundation.errors import DomainError

PDF_NAME = ".pdf"


class ProofTypeForm(CodeFromName):
    """Takes a PDF only as the blank form: any telephone opens it.

    It is cleaned like any file, and light enough for the town's pack to carry it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what is taken."""
        super().__init__(*args, **kwargs)
        if "template" in self.fields:
            said = _("A PDF of %(kilobytes)s KB at most.")
            self.fields["template"].help_text = said % {
                "kilobytes": MOST_BYTES // KILOBYTE
            }

    def clean_template(self) -> Any:
        """Return the blank form as families may open it; refuse what they could not."""
        file = self.cleaned_data.get("template")
        if "template" not in self.changed_data:
            return file
        if not file:
            self.instance.template_sha256 = ""
            return file
        head = file.read(len(PDF_HEAD))
        file.seek(0)
        if head != PDF_HEAD or not file.name.lower().endswith(PDF_NAME):
            raise forms.ValidationError(
                _("Attach a PDF: any telephone opens it. Print the document to a PDF.")
            )
        try:
            form = sent_form(file, name=file.name)
            refuse_weight(form, replacing=self.instance)
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error
        self.instance.template_sha256 = form.sha256
        return ContentFile(form.content, name=form.name)
