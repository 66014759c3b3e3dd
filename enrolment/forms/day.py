"""What staff choose on the day list."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Activity
from enrolment.enums import Attendance


class DayForm(forms.Form):
    """One activity on one day; the first one, today, when nothing is chosen."""

    activity = forms.ChoiceField(label=_("Activity"), required=False)
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, *args: Any, among: list[Activity], today: date, **kwargs: Any
    ) -> None:
        """Offer activities by their public ids."""
        super().__init__(*args, **kwargs)
        self.among = {str(each.public_id): each for each in among}
        self.today = today
        self.fields["activity"].choices = [  # type: ignore[attr-defined]  # A choice field.
            (key, f"{each.service} – {each}")  # noqa: RUF001 - a dash.
            for key, each in self.among.items()
        ]

    @property
    def chosen(self) -> Activity | None:
        """The activity; None when the town has none."""
        self.is_valid()
        known = self.among.get(self.cleaned_data.get("activity", ""))
        return known or next(iter(self.among.values()), None)

    @property
    def chosen_day(self) -> date:
        """The day."""
        self.is_valid()
        return self.cleaned_data.get("day") or self.today


class AttendanceForm(forms.Form):
    """What happened: one button for each answer."""

    attendance = forms.ChoiceField(choices=Attendance.choices)


class PickupForm(forms.Form):
    """When a child was collected that day; an empty hour takes it back."""

    day = forms.DateField()
    pickup_time = forms.TimeField(
        label=_("Collected at"),
        required=False,
        error_messages={"invalid": _("Write an hour, as in 18:45.")},
    )
