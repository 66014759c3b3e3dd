"""The rules of a version as text, for what the lines cannot say."""

from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.tariffs.version import VoteForm
from catalog.services.tariffs import check_rules
from foundation.problems import ConfigurationError, explain

LONGEST = 60_000


class ExpertForm(VoteForm):
    """YAML in the vocabulary of docs/algorithms/prices.md, checked as the rest."""

    rules = forms.CharField(
        label=_("Rules"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 26, "spellcheck": "false"}),
        help_text=_("Write amounts between quotes: “2.50”."),
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_rules(self) -> dict[str, Any]:
        """Return the rules as data, or every problem with its place."""
        try:
            data = yaml.safe_load(self.cleaned_data["rules"])
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            message = _("Line %(line)s cannot be read. Check its spaces and quotes.")
            raise forms.ValidationError(message, params={"line": line}) from error
        if not isinstance(data, dict):
            raise forms.ValidationError(_("Write keys and values: “currency: EUR”..."))
        try:
            check_rules(data, currency=self.currency)
        except ConfigurationError as error:
            raise forms.ValidationError(
                [f"{each.path}: {explain(each)}" for each in error.problems]
            ) from error
        return data


def write_rules(rules: Any) -> str:
    """Write rules as people edit them."""
    text: str = yaml.safe_dump(rules, allow_unicode=True, sort_keys=False, width=88)
    return text
