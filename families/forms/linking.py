"""What somebody knows of the file that the town already holds."""

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.domain.invoices import InvoiceFacts
from families.services.finding_files import (
    Knowledge,
    NumberAndBirth,
    PaperInvoice,
    PostedCode,
)
from foundation.ui.forms import BirthDateField
from foundation.ui.widgets import AmountInput, DateFieldsInput, HintedLabel
from tenants.townhall.models import LinkingMethod

_AMOUNT = re.compile(r"\d{1,7}([.,]\d{1,2})?")
_WIDE = {"autocomplete": "off", "class": "govuk-input--width-20"}


_IN_HAND = (
    (
        LinkingMethod.FILE_NUMBER,
        HintedLabel(_("A file number"), _("On your former invoices.")),
    ),
    (
        LinkingMethod.SUBSCRIBER_CODE,
        HintedLabel(_("A subscriber code"), _("On a letter from the town.")),
    ),
    (
        LinkingMethod.INVOICE,
        HintedLabel(_("One of my invoices"), _("On paper or as a PDF.")),
    ),
)
_ASK = HintedLabel(
    _("I need a file number"), _("Ask the town: one for each member of the family.")
)
_NONE = HintedLabel(
    _("I have none: open a new file"), _("Your family is new to these services.")
)


class LinkForm(forms.Form):
    """One way to reach a file; checks against robots may be added here."""

    def to_knowledge(self) -> Knowledge:
        """Return the valid answers."""
        raise NotImplementedError


class FileNumberForm(LinkForm):
    """A number and a birth date."""

    number = forms.CharField(
        label=_("File number"),
        max_length=30,
        help_text=_(
            "It is on your former invoices: F- and eight digits. "
            "Your own person code works too."
        ),
        widget=forms.TextInput(attrs=_WIDE),
        error_messages={"required": _("Enter the file number.")},
    )
    born_on = BirthDateField(
        label=_("Your date of birth"),
        help_text=_("As the town knows it."),
        widget=DateFieldsInput(own_birthday=True),
        error_messages={"required": _("Enter your date of birth.")},
    )

    def to_knowledge(self) -> Knowledge:
        """Return the valid answers."""
        answers = self.cleaned_data
        return NumberAndBirth(answers["number"], answers["born_on"])


class PostedCodeForm(LinkForm):
    """The code of a letter."""

    code = forms.CharField(
        label=_("Subscriber code"),
        max_length=40,
        help_text=_("It is on the letter that the town sent you."),
        widget=forms.TextInput(attrs=_WIDE),
        error_messages={"required": _("Enter the code of your letter.")},
    )

    def to_knowledge(self) -> Knowledge:
        """Return the valid answers."""
        return PostedCode(self.cleaned_data["code"])


class PaperInvoiceForm(LinkForm):
    """Four facts of one invoice."""

    emission_code = forms.CharField(
        label=_("Issue code"),
        max_length=20,
        help_text=_("At the foot of each page of the invoice."),
        widget=forms.TextInput(attrs=_WIDE),
        error_messages={"required": _("Enter the issue code of the invoice.")},
    )
    reference = forms.CharField(
        label=_("Reference of the invoice"),
        max_length=30,
        help_text=_("At the top of the invoice, beside “Invoice”."),
        widget=forms.TextInput(attrs=_WIDE),
        error_messages={"required": _("Enter the reference of the invoice.")},
    )
    amount = forms.CharField(
        label=_("Total of the invoice"),
        max_length=20,
        help_text=_("The whole amount, even if a part is paid. For example, 86.40."),
        widget=AmountInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": _("Enter the amount of the invoice.")},
    )
    person_code = forms.CharField(
        label=_("Person code"),
        max_length=20,
        help_text=_("Of the person the invoice is addressed to: eight signs."),
        widget=forms.TextInput(attrs=_WIDE),
        error_messages={"required": _("Enter the person code of the invoice.")},
    )

    def clean_amount(self) -> Decimal:
        """Read "1 086,40 €" as well as "1086.40"."""
        typed = "".join(self.cleaned_data["amount"].split()).rstrip("$€")
        if not _AMOUNT.fullmatch(typed) or not typed.isascii():
            raise forms.ValidationError(_("Write the amount like 86.40."))
        return Decimal(typed.replace(",", "."))

    def clean_reference(self) -> str:
        """Leave out spaces; letters are capitals."""
        reference: str = self.cleaned_data["reference"]
        return "".join(reference.upper().split())

    def to_knowledge(self) -> Knowledge:
        """Return the valid answers."""
        return PaperInvoice(InvoiceFacts(**self.cleaned_data))


FORMS: dict[str, type[LinkForm]] = {
    LinkingMethod.FILE_NUMBER: FileNumberForm,
    LinkingMethod.SUBSCRIBER_CODE: PostedCodeForm,
    LinkingMethod.INVOICE: PaperInvoiceForm,
}


class KnownFileForm(forms.Form):
    """What somebody has in hand, or that they have nothing."""

    ASK = "ask"
    NONE = "none"

    has = forms.ChoiceField(
        label=_("What do you have?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you have, or “I have none”.")},
    )

    def __init__(self, *args: Any, methods: Collection[str], **kwargs: Any) -> None:
        """Offer what the town accepts."""
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, object]] = [
            (method, label) for method, label in _IN_HAND if method in methods
        ]
        if LinkingMethod.FILE_NUMBER in methods:
            choices.append((self.ASK, _ASK))
        choices.append((self.NONE, _NONE))
        self.fields["has"].choices = choices  # type: ignore[attr-defined] # A ChoiceField.


class TrackingForm(forms.Form):
    """A tracking number, typed from a message."""

    mark_optional = False
    number = forms.CharField(
        label=_("Tracking number"),
        max_length=40,
        help_text=_("It is in the message we sent you: ten signs, like 7K4MX-9QHTB."),
        widget=forms.TextInput(attrs=_WIDE),
        error_messages={"required": _("Enter the tracking number.")},
    )


class UnlinkForm(forms.Form):
    """Why a clerk takes an account out of a file."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The account's holder reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )
