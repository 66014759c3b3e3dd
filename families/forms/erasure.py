"""Ask for an erasure, and answer; ask a copy for somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AskErasureForm(forms.Form):
    """One box: it is not asked by a slip of the finger."""

    sure = forms.BooleanField(
        label=_("I want the town to erase the file of my family"),
        error_messages={"required": _("Tick the box to ask for it.")},
    )


class AnswerErasureForm(forms.Form):
    """Why the town erases a file."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )


class RefuseErasureForm(AnswerErasureForm):
    """Why the town keeps a file; it stands on the same page as the other form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "refuse_%s"
        self.fields["reason"].help_text = _("The family reads it.")


class CopyForForm(forms.Form):
    """Why a clerk asks a copy for somebody, and how the person gets it."""

    SPACE, COUNTER = "space", "counter"

    reason = forms.CharField(
        label=_("Who asked, and how?"),
        max_length=300,
        help_text=_("For example: letter of 3 March, identity paper seen."),
        error_messages={"required": _("Say who asked.")},
    )
    way = forms.ChoiceField(
        label=_("How the person gets it"),
        choices=[
            (SPACE, _("In their space: a message tells them")),
            (COUNTER, _("At the counter: you download it and give it to them")),
        ],
        widget=forms.RadioSelect,
        initial=SPACE,
    )

    @property
    def is_for_counter(self) -> bool:
        """Whether the person comes for it."""
        return bool(self.cleaned_data["way"] == self.COUNTER)
