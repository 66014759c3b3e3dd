"""What a clerk types to find a family."""

from django import forms
from django.utils.translation import gettext_lazy as _

from families.domain.search import query_of


class SearchForm(forms.Form):
    """One box for everything."""

    q = forms.CharField(
        label=_("Find a family"),
        required=False,
        max_length=120,
        strip=True,
        help_text=_("Name, child, file number, telephone, e-mail, birth date, street."),
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )

    @property
    def is_too_short(self) -> bool:
        """Whether there is too little to look for."""
        return not query_of(self.text)

    @property
    def text(self) -> str:
        """What was typed; nothing when it is too long."""
        return self.cleaned_data["q"] if self.is_valid() else ""
