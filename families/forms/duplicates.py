"""What a clerk says of two records that look the same."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.models import Household
from tenants.domain.scope import Scope

WHY = _("Kept in the history. For example: typed twice at the counter.")


class ApartForm(forms.Form):
    """Two records that are not the same, with the reason."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why?"), max_length=300, help_text=WHY)


class MergeForm(ApartForm):
    """Which of two records stays."""

    kept = forms.ChoiceField(
        label=_("Which one stays?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the one that stays.")},
    )
    is_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ("form_key", "is_confirmed", "kept", "reason")

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = choices  # type: ignore[attr-defined] # A ChoiceField.


class OtherFileForm(forms.Form):
    """The number of the file that is the same family."""

    file_number = forms.CharField(label=_("Number of the other file"), max_length=20)

    def __init__(
        self, *args: Any, known: Household, scope: Scope, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._others = Household.objects.in_scope(scope).exclude(pk=known.pk)

    def clean_file_number(self) -> Household:
        """Return the file; one out of scope is as one that does not exist."""
        number = self.cleaned_data["file_number"].strip()
        found = self._others.filter(file_number__iexact=number).first()
        if found is None:
            raise forms.ValidationError(_("No other file has this number."))
        return found
