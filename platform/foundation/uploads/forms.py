"""The form field for a proof: the family learns at once why a file is refused."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from foundation.uploads.cleaning import (
    clean_portrait,
    clean_upload,
    refuse_by_size,
)
from foundation.uploads.errors import UploadRefusedError


class ProofFileField(forms.FileField):
    """Accept a PDF or a photo; `cleaned_data` holds a CleanFile.

    A file too heavy is refused from its size, before it is read.
    """

    widget = forms.FileInput
    accepted = "image/*,application/pdf"
    cleaning = staticmethod(clean_upload)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let a telephone offer its camera and its photos."""
        return {**super().widget_attrs(widget), "accept": self.accepted}

    def to_python(self, data: Any) -> Any:
        """Check the size first."""
        if isinstance(data, UploadedFile):
            _in_the_form(refuse_by_size, data.size or 0)
        return super().to_python(data)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the clean file, or what was there when nothing new was sent."""
        received = super().clean(data, initial)
        if not isinstance(received, UploadedFile):
            return received
        received.seek(0)
        return _in_the_form(
            self.cleaning, received, declared_name=str(received.name or "")
        )


class PortraitField(ProofFileField):
    """Accept a photo; `cleaned_data` holds a CleanFile, a small square JPEG."""

    accepted = "image/*"
    cleaning = staticmethod(clean_portrait)


def _in_the_form(check: Any, *args: Any, **kwargs: Any) -> Any:
    try:
        return check(*args, **kwargs)
    except UploadRefusedError as refusal:
        raise forms.ValidationError(
            str(refusal), code=str(refusal.reason_code)
        ) from refusal
