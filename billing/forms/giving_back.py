"""Which lines of an invoice are given back, and why."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import Charge
from billing.services.words import amount_words
from foundation.days import date_format


class GiveBackForm(forms.Form):
    """Lines to tick, by their public ids, and the reason that the family reads."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    lines = forms.MultipleChoiceField(
        label=_("Lines to give back"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick what you give back."),
            "invalid_choice": _("One of these lines is not on this invoice."),
        },
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("The family reads it on its next invoice."),
        error_messages={"required": _("Say why: the family reads it.")},
    )

    def __init__(self, *args: Any, charges: Iterable[Charge], **kwargs: Any) -> None:
        """Offer the prices of an invoice, as `prices_of` returns them."""
        super().__init__(*args, **kwargs)
        self.charges: dict[str, Any] = {str(each.public_id): each for each in charges}
        self.fields["lines"].choices = [  # type: ignore[attr-defined] # A choice field.
            (key, _label_of(each)) for key, each in self.charges.items()
        ]

    @property
    def has_lines(self) -> bool:
        """Whether something is left to give back."""
        return not all(each.is_given_back for each in self.charges.values())

    @property
    def chosen(self) -> list[Charge]:
        """The lines ticked."""
        return [self.charges[key] for key in self.cleaned_data["lines"]]


def _label_of(charge: Any) -> str:
    amount = amount_words(charge.amount_minor, charge.currency)
    day = date_format(charge.day, "j F Y")
    child = charge.child.first_name if charge.child else ""
    parts = [day, child, charge.description, amount]
    if charge.is_given_back:
        parts.append(_("already given back"))
    return ", ".join(str(part) for part in parts if part)
