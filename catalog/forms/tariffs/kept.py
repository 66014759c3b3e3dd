"""A part of a tariff that the lines have no words for: kept, shown, removable."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _


class RuleField(forms.CharField):
    """A rule or an adjustment as data, carried along by the page."""

    widget = forms.HiddenInput

    def prepare_value(self, value: Any) -> Any:
        """Write the data as text."""
        return json.dumps(value) if isinstance(value, Mapping) else value

    def to_python(self, value: Any) -> Any:
        """Read it back; whether it is sound is for the tariff to say."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            data = json.loads(text)
        except ValueError as error:
            raise forms.ValidationError(_("Load the page again.")) from error
        if not isinstance(data, dict):
            raise forms.ValidationError(_("Load the page again."))
        return data

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the texts."""
        return (self.prepare_value(initial) or "") != (data or "")


class KeptForm(forms.Form):
    """A line that may hold a rule written as text; `words` say it."""

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    kept = RuleField(required=False, max_length=60_000)

    #: What the kept part says, given by the page.
    words: Any = ""

    @property
    def is_kept(self) -> bool:
        """Whether there is nothing to fill in: the part is kept as it is."""
        if self.is_bound:
            return bool(self.data.get(self.add_prefix("kept")))
        return bool(self.initial.get("kept"))
