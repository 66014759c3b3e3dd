"""What a family sends when it chooses days, places and confirms."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from babel import Locale
from babel.dates import get_day_names
from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext, gettext_lazy as _

from foundation.periods import Period, month_of

#: Days a rhythm may reach ahead: a school year and its summer.
FARTHEST = timedelta(days=400)


def read_month(text: str | None, *, today: date) -> Period:
    """Return the month written YYYY-MM; any other text means the current one."""
    try:
        return month_of(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return month_of(today)


def read_ids(values: Iterable[str]) -> list[UUID]:
    """Return the identifiers among some texts; what is none is left out."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def read_pairs(values: Iterable[str]) -> list[tuple[UUID, UUID]]:
    """Return (child, session) identifiers among texts written "child:session"."""
    found = []
    for value in values:
        ids = read_ids(value.split(":"))
        if len(ids) == 2:
            found.append((ids[0], ids[1]))
    return found


class RhythmForm(forms.Form):
    """The same days every week, until a day."""

    weekday = forms.MultipleChoiceField(
        label=_("Which days?"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={"required": _("Choose at least one day of the week.")},
    )
    until = forms.DateField(
        label=_("Until when?"),
        help_text=_("This day included. Holidays and closed days are left out."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the last day."),
            "invalid": _("Write the day as in 2026-12-18."),
        },
    )

    def __init__(
        self, *args: Any, weekdays: Iterable[int], today: date, **kwargs: Any
    ) -> None:
        """Offer the weekdays of the activity, Monday being 0."""
        super().__init__(*args, **kwargs)
        names = get_day_names("wide", locale=_locale())
        choices = [(str(day), names[day].capitalize()) for day in weekdays]
        self.fields["weekday"].choices = choices  # type: ignore[attr-defined]  # A choice field.
        self.today = today

    def clean_until(self) -> date:
        """Refuse a day that is past, or too far to be planned."""
        until: date = self.cleaned_data["until"]
        if until < self.today:
            raise forms.ValidationError(gettext("Choose a day to come."))
        if until > self.today + FARTHEST:
            raise forms.ValidationError(gettext("Choose a day within the year."))
        return until

    @property
    def days(self) -> set[int]:
        """The weekdays chosen."""
        return {int(day) for day in self.cleaned_data["weekday"]}


class KeyForm(forms.Form):
    """A form with one effect, however often it is sent."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)


class IdsField(forms.Field):
    """Several public identifiers under one name; what is none is left out."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[UUID]:
        """Read the identifiers."""
        return read_ids(value or [])


class ChangesForm(KeyForm):
    """The sessions to book and the bookings to cancel, as the check page listed."""

    add = IdsField(required=False)
    cancel = IdsField(required=False)


class OrderForm(KeyForm):
    """The places of the basket, as the check page listed them."""

    line = IdsField(required=False)


def children_asked(query: QueryDict) -> list[UUID]:
    """Return the children chosen in an address."""
    return read_ids(query.getlist("child"))


def _locale() -> Locale:
    return Locale.parse((get_language() or "en").replace("-", "_"))
