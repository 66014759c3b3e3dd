"""What a family answers to ask for a service: one short form for each page."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Service, Situation
from families.models import Child
from foundation.records import Record
from foundation.ui.widgets import HintedLabel
from tenants.townhall.models import Commune

Chosen = TypeVar("Chosen", bound=Record)


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


class CheckForm(forms.Form):
    """The last page: the family certifies what it sends."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    certified = forms.BooleanField(
        label=_("I certify that these answers and these proofs are exact"),
        error_messages={"required": _("Tick the box to certify your answers.")},
    )


def _labelled(label: str, hint: str) -> str | HintedLabel:
    return HintedLabel(label, hint) if hint else label
