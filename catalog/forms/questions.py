"""The questions that a price may need, in a visitor's words."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.prices import Booking, DayKind, Event, Regime, Residence
from catalog.domain.prices.conditions import MOST_MINUTES
from foundation.ui.fields import PlainDecimalField

UNKNOWN = _("I do not know")
RESIDENCES = [
    (Residence.RESIDENT, _("I live in the town")),
    (Residence.WORKS_HERE, _("I work in the town")),
    (Residence.SCHOOLED_HERE, _("My child goes to school in the town")),
    (Residence.OUTSIDE, _("I live elsewhere")),
]
REGIMES = [
    (Regime.CAF, _("The CAF")),
    (Regime.MSA, _("The MSA")),
    (Regime.NONE, _("Nobody: I have none")),
]
DAY_KINDS = [
    (DayKind.TERM, _("In a school week")),
    (DayKind.HOLIDAYS, _("In the school holidays")),
    (DayKind.PUBLIC_HOLIDAY, _("On a public holiday")),
]
EVENTS = [
    (Event.PRESENCE, _("The usual price")),
    (Event.LATE_PICKUP, _("The child was collected late")),
]
#: What a visitor may ask about besides a booking in time; `late` has its own box.
TIMINGS = [
    (Booking.IN_TIME, _("I book in time")),
    (Booking.LATE, _("I book after the deadline")),
    (Booking.UNBOOKED, _("My child comes without a booking")),
    (Booking.ABSENT_JUSTIFIED, _("My child is absent, with a valid reason")),
    (Booking.ABSENT_UNJUSTIFIED, _("My child is absent, without a valid reason")),
]
MOST_CHILDREN = 6


class QuestionsForm(forms.Form):
    """Every question there is: a price list keeps those that it looks at."""

    activity = forms.ChoiceField(label=_("Activity"))
    variant = forms.ChoiceField(label=_("For whom?"), required=False)
    residence = forms.ChoiceField(
        label=_("Where do you live?"),
        choices=[("", UNKNOWN), *RESIDENCES],
        required=False,
    )
    quotient = PlainDecimalField(
        label=_("Your family quotient"),
        help_text=_("The CAF or the MSA gives it. Leave it empty if you do not know."),
        min_value=Decimal(0),
        max_digits=9,
        decimal_places=2,
        localize=True,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}
        ),
    )
    situation = forms.ChoiceField(label=_("Your situation"), required=False)
    regime = forms.ChoiceField(
        label=_("Who pays your family allowances?"),
        choices=[("", UNKNOWN), *REGIMES],
        required=False,
    )
    children = forms.TypedChoiceField(
        label=_("How many of your children come?"),
        choices=[(count, str(count)) for count in range(1, MOST_CHILDREN + 1)],
        coerce=int,
        required=False,
    )
    child_rank = forms.TypedChoiceField(
        label=_("Which child is it?"),
        choices=[(1, _("The first one")), (2, _("The second one"))]
        + [
            (rank, _("Child number %(rank)s") % {"rank": rank})
            for rank in range(3, MOST_CHILDREN + 1)
        ],
        coerce=int,
        required=False,
    )
    days_a_week = forms.TypedChoiceField(
        label=_("How many days a week?"),
        choices=[("", UNKNOWN), *((days, str(days)) for days in range(1, 8))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    period_kind = forms.ChoiceField(
        label=_("When does your child come?"),
        choices=[("", UNKNOWN), *DAY_KINDS],
        required=False,
    )
    day = forms.DateField(
        label=_("On which day?"),
        help_text=_("Leave it empty for today."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    event = forms.ChoiceField(
        label=_("What is it about?"), choices=EVENTS, required=False
    )
    minutes = forms.IntegerField(
        label=_("How many minutes?"),
        help_text=_("Leave it empty for the whole time of the activity."),
        min_value=0,
        max_value=MOST_MINUTES,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}
        ),
    )
    occurrence = forms.IntegerField(
        label=_("How many times did it happen?"),
        help_text=_("1 for the first time."),
        min_value=1,
        max_value=99,
        initial=1,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}
        ),
    )
    session_amount = PlainDecimalField(
        label=_("Price of the session"),
        help_text=_("It stands beside each session of the activity."),
        min_value=Decimal(0),
        max_digits=9,
        decimal_places=2,
        localize=True,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}
        ),
    )
    booking = forms.ChoiceField(
        label=_("What happens?"), choices=TIMINGS, required=False
    )
    late = forms.BooleanField(label=_("Booked after the deadline"), required=False)
