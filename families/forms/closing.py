"""Close an account."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CloseAccountForm(forms.Form):
    """One box: closing is not done by a slip of the finger."""

    sure = forms.BooleanField(
        label=_("I want to close my account"),
        error_messages={"required": _("Tick the box to close your account.")},
    )


class AccountReasonForm(forms.Form):
    """Why the town closes or reopens somebody's account; the person reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads it in the message. It stays in the journal."),
        error_messages={"required": _("Say why.")},
    )
