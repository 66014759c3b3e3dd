"""Forms of sessions: one by one, or all those of a period at once."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from catalog.enums import ActivityKind
from catalog.forms.days import DatesField
from catalog.models import Activity
from foundation.backoffice.boxes import day_box
from foundation.periods import Period
from foundation.ui.fields import PlainDecimalField
from tenants.domain.scope import Scope

# Families hold places for these: moving them would book another day for them.
FIXED_ONCE_TAKEN = ("activity", "starts_on", "ends_on", "start_time", "end_time")
# Minor units of a major one: cents, in every currency that towns bill in.
DIGITS = 2
LONGEST = timedelta(days=400)


class MinorField(PlainDecimalField):
    """An amount typed in major units, kept in minor units."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0, max_digits=9, decimal_places=DIGITS, localize=True, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        """Show minor units as an amount."""
        return Decimal(value).scaleb(-DIGITS) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Return minor units, None when it is empty."""
        amount = super().clean(value)
        return None if amount is None else int(amount.scaleb(DIGITS))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare amounts."""
        return super().has_changed(self.prepare_value(initial), data)


class SessionForm(WagtailAdminModelForm):
    """Keeps what families booked: the day and the hours stay, places may be added."""

    price_minor = MinorField(
        label=_("Price of its own"),
        required=False,
        help_text=_(
            "For tariffs that ask for it, as for an outing. Places already booked keep "
            "their price."
        ),
    )

    meets_on = DatesField(
        label=_("Days"),
        required=False,
        help_text=_(
            "For a course that skips days: 21/12/2026, 22/12/2026. "
            "Empty: every day from the first to the last."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Check the days against each other, and the places against bookings."""
        data: dict[str, Any] = super().clean()
        self._check_meetings(data)
        self._check_births(data)
        taken = self.instance.seats_taken
        capacity = data.get("capacity")
        if capacity is not None and capacity < taken:
            message = ngettext(
                "%(count)s place is taken: keep at least as many.",
                "%(count)s places are taken: keep at least as many.",
                taken,
            )
            self.add_error("capacity", message % {"count": taken})
        if taken:
            self._keep_fixed()
        return data

    def _check_meetings(self, data: dict[str, Any]) -> None:
        first, last = data.get("starts_on"), data.get("ends_on")
        days = data.get("meets_on") or []
        if first and last and days:
            outside = not first.isoformat() <= days[0] <= days[-1] <= last.isoformat()
            if outside:
                message = _("A day is before the first day or after the last one.")
                self.add_error("meets_on", message)

    def _check_births(self, data: dict[str, Any]) -> None:
        first, last = data.get("born_from"), data.get("born_until")
        if first and last and last < first:
            self.add_error("born_until", _("This day is before the other one."))

    def _keep_fixed(self) -> None:
        for name in FIXED_ONCE_TAKEN:
            if name in self.changed_data:
                message = _("Families have booked. Cancel this session, make another.")
                self.add_error(name, message)


class ActivityField(forms.ModelChoiceField):  # type: ignore[type-arg] # Not generic at run time.
    """Names an activity with its service."""

    def label_from_instance(self, obj: Activity) -> str:
        """Say both."""
        return f"{obj.service} – {obj}"  # noqa: RUF001 - a dash.


class MakeSessionsForm(forms.Form):
    """Which sessions to make, from the calendar of the town."""

    activity = ActivityField(
        label=_("Activity"), queryset=Activity.objects.none(), to_field_name="public_id"
    )
    first_day = forms.DateField(label=_("First day"), widget=day_box())
    last_day = forms.DateField(label=_("Last day"), widget=day_box())
    capacity = forms.IntegerField(
        label=_("Places in each session"),
        min_value=1,
        max_value=9999,
        required=False,
        help_text=_("Leave empty for no limit."),
    )
    in_school_time = forms.BooleanField(
        label=_("In school time"), required=False, initial=True
    )
    in_holidays = forms.BooleanField(label=_("In the holidays"), required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        """Offer the activities of a clerk's departments."""
        super().__init__(*args, **kwargs)
        choices = self.fields["activity"]
        if isinstance(choices, forms.ModelChoiceField):
            choices.queryset = (
                Activity.objects.in_scope(scope)
                .filter(kind=ActivityKind.DATED)
                .select_related("service")
                .order_by("service__name", "position", "name")
            )

    def clean(self) -> dict[str, Any]:
        """Check the days, and that something opens on them."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("This day is before the first one."))
        elif first and last and last - first > LONGEST:
            self.add_error("last_day", _("Make at most a year of sessions at once."))
        if not data.get("in_school_time") and not data.get("in_holidays"):
            message = _("Tick school time, the holidays, or both.")
            self.add_error("in_school_time", message)
        return data

    @property
    def within(self) -> Period:
        """The days chosen, both included."""
        last = self.cleaned_data["last_day"]
        return Period(self.cleaned_data["first_day"], last + timedelta(days=1))


class CancelSessionForm(forms.Form):
    """Why a session does not take place."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Families who booked read it."),
    )
