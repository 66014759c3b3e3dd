"""The files of an import of families."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from foundation.spreadsheets import MAX_BYTES

MOST_FILES = 6


class ManyFilesInput(forms.FileInput):
    """A button that takes several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, in the order they were chosen."""

    widget = ManyFilesInput

    def clean(
        self, data: Sequence[UploadedFile[Any]] | None, initial: Any = None
    ) -> list[UploadedFile[Any]]:
        """Check each file as Django checks one."""
        files = list(data or [])
        if not files:
            raise forms.ValidationError(self.error_messages["required"], "required")
        return [super(ManyFilesField, self).clean(each, initial) for each in files]


class ImportForm(forms.Form):
    """One XLSX with a sheet for each table, or one CSV for each."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    tables = ManyFilesField(
        label=_("Files"),
        help_text=_(
            "XLSX or CSV: households, adults, children, balances. "
            "Nothing is written before you have seen what they hold."
        ),
        widget=ManyFilesInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": _("Choose the files to read."),
            "empty": _("This file is empty. Choose another one."),
        },
    )

    def clean_tables(self) -> list[tuple[str, bytes]]:
        """Return names and contents; refuse too many files, or a heavy one."""
        files: list[UploadedFile[Any]] = self.cleaned_data["tables"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("Choose %(most)s files at most.") % {"most": MOST_FILES}
            )
        if any((each.size or 0) > MAX_BYTES for each in files):
            raise forms.ValidationError(
                _("A file is over 20 MB. Divide it, or save it as CSV.")
            )
        names = [each.name or "" for each in files]
        if len(names) != len(set(names)):
            raise forms.ValidationError(_("Two files have the same name. Rename one."))
        return [(each.name or "", each.read()) for each in files]
