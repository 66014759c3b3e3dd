"""Places of a waiting list: what a clerk offers, what a family answers."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enrolment.enums import OfferAnswer
from enrolment.forms.review import day_field
from enrolment.services.waiting_list import Place


class PlaceForm(forms.Form):
    """A place: from when, what it is, and until when the family answers."""

    starts_on = day_field(_("First day of the place"))
    answer_by = day_field(_("Last day to answer"))
    words = forms.CharField(
        label=_("What is offered, as the family reads it"),
        help_text=_("The place, the days and the hours."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Refuse a last day that leaves no time to answer."""
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_answer_by(self) -> date:
        """Leave at least one day to the family."""
        day: date = self.cleaned_data["answer_by"]
        if day <= self._today:
            raise forms.ValidationError(
                _("Leave the family at least until tomorrow to answer.")
            )
        return day

    @property
    def place(self) -> Place:
        """What is offered."""
        return Place(**self.cleaned_data)


class OfferAnswerForm(forms.Form):
    """Yes, or no; and then on the list or off it."""

    answer = forms.ChoiceField(
        label=_("Do you take this place?"),
        choices=OfferAnswer,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose your answer."),
            "invalid_choice": _("Choose your answer."),
        },
    )
