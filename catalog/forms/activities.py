"""The form of an activity: days of the week, deadlines, ages, registration periods."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.deadlines import NoDeadlineForDayError, parse_deadline
from catalog.enums import ActivityKind
from catalog.forms.codes import CodeFromName
from catalog.forms.days import WEEKDAYS, WeekdaysField
from catalog.forms.deadlines import DeadlineField
from families.enums import CLASS_LABELS

# Any week: the rules look at weekdays only.
A_MONDAY = date(2026, 3, 9)


class ActivityForm(CodeFromName):
    """Checks what one field alone cannot say."""

    weekdays = WeekdaysField(
        label=_("Days of the week"),
        required=False,
        help_text=_("The days on which sessions are made."),
    )
    school_classes = forms.MultipleChoiceField(
        label=_("School classes"),
        choices=list(CLASS_LABELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: every class may come."),
    )
    booking_deadline = DeadlineField(label=_("Deadline to book"))
    cancellation_deadline = DeadlineField(label=_("Deadline to cancel"))

    def clean_school_classes(self) -> list[str]:
        """Keep the classes in one order, whatever the browser sent."""
        return sorted(self.cleaned_data["school_classes"])

    def clean(self) -> dict[str, Any]:
        """Check ages, hours, days and that each day has its deadline."""
        data: dict[str, Any] = super().clean()
        youngest, oldest = data.get("age_min"), data.get("age_max")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("age_max", _("The oldest age is under the youngest."))
        if data.get("kind") == ActivityKind.DATED and not data.get("weekdays"):
            self.add_error("weekdays", _("Tick at least one day of the week."))
        for name in ("booking_deadline", "cancellation_deadline"):
            self._check_days(name, data)
        return data

    def _check_days(self, name: str, data: dict[str, Any]) -> None:
        rule = data.get(name)
        if rule is None:
            return
        for number in data.get("weekdays") or []:
            day = A_MONDAY.replace(day=A_MONDAY.day + number - 1)
            try:
                parse_deadline(rule).local(day, frozenset())
            except NoDeadlineForDayError:
                label = dict(WEEKDAYS)[number]
                message = _("Choose until when one may decide for %(day)s.")
                self.add_error(name, message % {"day": label})
