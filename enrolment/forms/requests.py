"""What a family answers to ask for a service: one short form for each page."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from catalog.models import Service, Situation
from families.enums import ProofKind
from families.models import Child, ProofType
from foundation.records import Record
from foundation.ui.widgets import DocumentInput, HintedLabel
from foundation.uploads.cleaning import CleanFile
from foundation.uploads.forms import ProofFileField
from tenants.townhall.models import Commune

Chosen = TypeVar("Chosen", bound=Record)

MOST_FILES = 5


class OneChoiceForm(forms.Form, Generic[Chosen]):
    """One question with one answer, drawn as radio buttons."""

    name: ClassVar[str]
    label: ClassVar[Any]
    missing: ClassVar[Any]

    def __init__(
        self,
        *args: Any,
        among: Iterable[Chosen],
        hint_of: Callable[[Chosen], str] = lambda _each: "",
        **kwargs: Any,
    ) -> None:
        """Offer `among`, by their public ids."""
        super().__init__(*args, **kwargs)
        self.among = {str(each.public_id): each for each in among}
        self.fields[self.name] = forms.ChoiceField(
            label=self.label,
            choices=[
                (key, _labelled(str(each), hint_of(each)))
                for key, each in self.among.items()
            ],
            widget=forms.RadioSelect,
            error_messages={
                "required": self.missing,
                "invalid_choice": self.missing,
            },
        )

    @property
    def chosen(self) -> Chosen:
        """The answer, once the form is valid."""
        return self.among[self.cleaned_data[self.name]]


class ChildChoiceForm(OneChoiceForm[Child]):
    """Ask for the child."""

    name = "child"
    label = _("Which child is it for?")
    missing = _("Choose a child.")


class CommuneChoiceForm(OneChoiceForm[Commune]):
    """Ask for the commune."""

    name = "commune"
    label = _("In which commune?")
    missing = _("Choose a commune.")


class ServiceChoiceForm(OneChoiceForm[Service]):
    """Ask for the service."""

    name = "service"
    label = _("Which service?")
    missing = _("Choose a service.")


class SituationForm(OneChoiceForm[Situation]):
    """Ask for the situation."""

    name = "situation"
    label = _("What is your situation?")
    missing = _("Choose your situation.")


class DocumentsInput(DocumentInput):
    """Several files at once."""

    allow_multiple_selected = True


class ProofFilesField(ProofFileField):
    """Accept several files; those that are good are kept when another is refused.

    `cleaned_data` is a list of CleanFile; `good` holds it even when one is refused.
    """

    widget = DocumentsInput

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.good: list[CleanFile] = []

    def clean(self, data: Any, initial: Any = None) -> list[CleanFile]:
        """Clean each file, and say which one is refused and why."""
        received = [each for each in data or [] if each]
        self.good = []
        if not received and self.required:
            raise forms.ValidationError(self.error_messages["required"], "required")
        if len(received) > MOST_FILES:
            raise forms.ValidationError(
                gettext("Send %(most)s files at a time at most.")
                % {"most": MOST_FILES},
                "too_many",
            )
        refusals: list[forms.ValidationError] = []
        for file in received:
            try:
                self.good.append(super().clean(file, initial))
            except forms.ValidationError as refusal:
                refusals += [
                    forms.ValidationError(f"{file.name}: {message}", refusal.code)
                    for message in refusal.messages
                ]
        if refusals:
            raise forms.ValidationError(refusals)
        return self.good


class ProofStepForm(forms.Form):
    """What one type of proof asks for."""

    def __init__(
        self, *args: Any, proof_type: ProofType, is_required: bool, **kwargs: Any
    ) -> None:
        """Ask for files, or for a text."""
        super().__init__(*args, **kwargs)
        if proof_type.kind == ProofKind.FILE:
            self.fields["files"] = ProofFilesField(
                label=_("Your document") if is_required else _("Another page or file"),
                required=is_required,
                error_messages={"required": _("Choose a file or take a photo.")},
            )
        else:
            self.fields["value"] = _value_field(proof_type, is_required=is_required)

    @property
    def good_files(self) -> list[CleanFile]:
        """The clean files, even when another one is refused."""
        field = self.fields.get("files")
        return field.good if isinstance(field, ProofFilesField) else []

    @property
    def value(self) -> str:
        """The text given, if any."""
        text: str = self.cleaned_data.get("value", "")
        return text


class CheckForm(forms.Form):
    """The last page: the family certifies what it sends."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    certified = forms.BooleanField(
        label=_("I certify that these answers and these proofs are exact"),
        error_messages={"required": _("Tick the box to certify your answers.")},
    )


def _value_field(proof_type: ProofType, *, is_required: bool) -> forms.CharField:
    is_iban = proof_type.kind == ProofKind.IBAN
    hint = _("Your bank writes it on each statement. It starts with two letters.")
    return forms.CharField(
        label=_("IBAN") if is_iban else proof_type.name,
        help_text=hint if is_iban else "",
        max_length=60 if is_iban else 500,
        required=is_required,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "class": "govuk-input--width-30" if is_iban else "",
            }
        ),
        error_messages={"required": _("Enter what is asked.")},
    )


def _labelled(label: str, hint: str) -> str | HintedLabel:
    return HintedLabel(label, hint) if hint else label
