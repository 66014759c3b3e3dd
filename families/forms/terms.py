"""Read the terms, and write them."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AcceptTermsForm(forms.Form):
    """One box, never ticked beforehand."""

    accepted = forms.BooleanField(
        label=_("I have read these terms of use and I accept them"),
        error_messages={"required": _("Tick the box to go on, or cancel.")},
    )
    version = forms.UUIDField(widget=forms.HiddenInput)


class TermsForm(forms.Form):
    """The text of the next version."""

    body = forms.CharField(
        label=_("Text"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "Leave an empty line between paragraphs. A line that begins with # is a "
            "heading, lines that begin with a hyphen are a list."
        ),
        error_messages={"required": _("Write the text.")},
    )
