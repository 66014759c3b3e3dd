"""The bookings' part of the family's home page."""

from datetime import date
from typing import Any

from babel import Locale
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _, ngettext

from enrolment.enums import BookingStatus
from enrolment.models import Booking
from enrolment.queries.bookings import next_and_held
from families.domain.home import Card, Line, Link, Panel, Task
from families.models import Household
from families.signals import home_shown
from foundation.days import format_date

SHOWN = 5


@receiver(home_shown, dispatch_uid="enrolment-bookings")
def show_bookings(household: Household, today: date, **_kwargs: Any) -> Panel:
    """Show the next days booked, and what waits in the basket. One query."""
    found = next_and_held(household, now=timezone.now(), today=today, most=SHOWN)
    upcoming = [each for each in found if each.status == BookingStatus.BOOKED]
    mine = reverse("enrolment:bookings")
    return Panel(
        position=30,
        tasks=_basket_task(len(found) - len(upcoming)),
        cards=(
            Card(
                title=_("My bookings"),
                icon="calendar",
                lines=tuple(_line(each) for each in upcoming),
                links=(
                    Link(_("Book"), mine, icon="plus"),
                    Link(_("All my bookings"), mine),
                ),
                empty=_("Nothing is booked for the days to come."),
            ),
        ),
    )


def _basket_task(count: int) -> tuple[Task, ...]:
    if not count:
        return ()
    title = ngettext(
        "Confirm %(count)s place in your basket",
        "Confirm %(count)s places in your basket",
        count,
    )
    return (
        Task(
            title=title % {"count": count},
            href=reverse("enrolment:basket"),
            status=_("Kept for a short time"),
            tone="warning",
        ),
    )


def _line(booking: Booking) -> Line:
    session = booking.session
    locale = Locale.parse((get_language() or "en").replace("-", "_"))
    day = format_date(session.starts_on, "EEEE d MMMM", locale=locale)
    name = session.name or session.activity.name
    return Line(
        text=f"{booking.child.first_name}, {name}",
        meta=day,
        person=booking.child.first_name,
    )
