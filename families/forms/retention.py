"""How long data are kept, and their erasure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from families.domain.retention import BY_KEY
from families.enums.privacy import ErasureKind


class PeriodForm(forms.Form):
    """The town's own period for one rule."""

    rule = forms.ChoiceField(choices=[(key, key) for key in BY_KEY])
    number = forms.IntegerField(min_value=0, max_value=600)
    is_automatic = forms.BooleanField(required=False)


class RunForm(forms.Form):
    """A dry run, or an erasure with its reason."""

    kind = forms.ChoiceField(
        choices=[
            (each.value, each.label) for each in (ErasureKind.TRIAL, ErasureKind.REAL)
        ]
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)
    form_key = forms.UUIDField()
