"""How a child's days are shared, in a form for parents and for clerks."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.enums import CustodyPattern
from families.models import Household
from families.services.custody import Arrangement
from foundation.periods import ONE_DAY

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


def _day(**kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **kwargs)


class CustodyForm(forms.Form):
    """The rhythm, the households, and the days it holds."""

    pattern = forms.ChoiceField(
        label=_("Rhythm"), choices=CustodyPattern, widget=forms.RadioSelect
    )
    household = forms.ChoiceField(
        label=_("With whom?"),
        help_text=_("Always, in even weeks, or on the days ticked below."),
        widget=forms.RadioSelect,
    )
    change_weekday = forms.TypedChoiceField(
        label=_("Day of the change, one week out of two"),
        choices=WEEKDAYS,
        coerce=int,
        initial=0,
        help_text=_("A week is even or odd as the week of its first day."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of the week"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for given days of the week."),
    )
    from_on = _day(label=_("From"))
    last_day = _day(
        label=_("Until, included"),
        required=False,
        help_text=_("Leave empty if there is no end."),
    )
    source = forms.CharField(
        label=_("Judgment or agreement"),
        max_length=200,
        required=False,
        help_text=_("For example: judgment of 12 March 2026."),
    )

    def __init__(
        self, *args: Any, households: Mapping[Household, str], **kwargs: Any
    ) -> None:
        """Offer the households of the child, by the names given."""
        super().__init__(*args, **kwargs)
        self.known = {str(each.public_id): each for each in households}
        self.fields["household"].choices = [  # type: ignore[attr-defined] # A choice.
            (str(each.public_id), name) for each, name in households.items()
        ]

    def to_arrangement(self) -> Arrangement:
        """Return the valid answers; the rest of the time is the other household's."""
        given = self.cleaned_data
        chosen = self.known[given["household"]]
        others = [each for each in self.known.values() if each != chosen]
        last_day = given["last_day"]
        shared = given["pattern"] != CustodyPattern.ALWAYS
        return Arrangement(
            pattern=CustodyPattern(given["pattern"]),
            household=chosen,
            other_household=others[0] if shared and len(others) == 1 else None,
            from_on=given["from_on"],
            until_on=last_day + ONE_DAY if last_day else None,
            change_weekday=given["change_weekday"],
            weekdays=tuple(given["weekdays"]),
            source=given["source"],
        )


class StaffCustodyForm(CustodyForm):
    """The same, written by a clerk."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    is_correction = forms.BooleanField(
        label=_("I correct a mistake: it may start in the past"), required=False
    )
    reason = forms.CharField(label=_("Why?"), max_length=300)
