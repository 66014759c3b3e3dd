"""Days of the week as boxes, and dates typed one after the other."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

WEEKDAYS = (
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
)
_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})|(\d{4})-(\d{2})-(\d{2})")


class WeekdaysField(forms.TypedMultipleChoiceField):
    """Weekdays as the catalogue keeps them: 1 is Monday, 7 is Sunday."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=WEEKDAYS, coerce=int, empty_value=[], **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as texts: the form sends texts, the record holds numbers."""
        return {str(day) for day in initial or []} != set(data or [])


class DatesField(forms.CharField):
    """Dates as a list of ISO texts, typed "21/12/2026, 22/12/2026"."""

    default_error_messages = {
        "not_a_day": _("“%(text)s” is not a date. Write it like 21/12/2026."),
    }

    def prepare_value(self, value: Any) -> Any:
        """Show the dates as they are typed."""
        if not isinstance(value, list):
            return value
        days = [date.fromisoformat(each) for each in value]
        return ", ".join(f"{day:%d/%m/%Y}" for day in days)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override] # A list.
        """Return the dates in order, each once."""
        texts = re.split(r"[,;\s]+", value or "")
        return sorted({self._read(text).isoformat() for text in texts if text})

    def _read(self, text: str) -> date:
        found = _DAY.fullmatch(text)
        try:
            if found and found[1]:
                return date(int(found[3]), int(found[2]), int(found[1]))
            if found:
                return date(int(found[4]), int(found[5]), int(found[6]))
        except ValueError:  # The 31st of a month of 30 days.
            pass
        raise forms.ValidationError(
            self.error_messages["not_a_day"], code="not_a_day", params={"text": text}
        )
