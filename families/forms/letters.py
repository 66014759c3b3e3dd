"""Which households are written to."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.models import Household


class LettersForm(forms.Form):
    """Some of the households of the page, or every one without an account."""

    everybody = forms.BooleanField(required=False)
    households = forms.MultipleChoiceField(required=False)
    form_key = forms.UUIDField()

    def __init__(self, data: Any = None, *, households: Iterable[Household]) -> None:
        super().__init__(data)
        self.fields["households"].choices = [  # type: ignore[attr-defined] # A choice field.
            (str(each.public_id), each.file_number) for each in households
        ]

    def clean(self) -> dict[str, Any]:
        """Want one choice or the other."""
        answers = self.cleaned_data
        if not answers.get("everybody") and not answers.get("households"):
            raise forms.ValidationError(_("Tick the families to write to."))
        return answers
