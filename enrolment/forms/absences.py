"""An absence: of which child, on which booked days."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enrolment.forms.requests import OneChoiceForm
from enrolment.models import Booking
from families.models import Child, ProofType
from foundation.days import date_format


class AbsentChildForm(OneChoiceForm[Child]):
    """Ask for the child."""

    name = "child"
    label = _("Which child was absent?")
    missing = _("Choose a child.")


class AbsenceKindForm(OneChoiceForm[ProofType]):
    """Ask for the kind of reason, where the town has several."""

    name = "kind"
    label = _("What do you have to explain it?")
    missing = _("Choose what you have.")


class AbsentDaysForm(forms.Form):
    """Ask for the days."""

    days = forms.MultipleChoiceField(
        label=_("Which days?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose the days of the absence."),
            "invalid_choice": _("One of these days can no longer be explained."),
        },
    )

    def __init__(self, *args: Any, bookings: Sequence[Booking], **kwargs: Any) -> None:
        """Offer the booked days, the latest first."""
        super().__init__(*args, **kwargs)
        self.bookings = {str(each.public_id): each for each in bookings}
        self.fields["days"].choices = [  # type: ignore[attr-defined] # A ChoiceField.
            (key, _label_of(each)) for key, each in self.bookings.items()
        ]

    @property
    def chosen(self) -> list[Booking]:
        """The bookings chosen."""
        return [self.bookings[key] for key in self.cleaned_data["days"]]


def _label_of(booking: Booking) -> str:
    session = booking.session
    day = date_format(session.starts_on, "l j F")
    return f"{day}, {session.name or session.activity.name}"
