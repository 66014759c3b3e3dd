"""Staff: who is expected today, and who came."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.models import Activity
from enrolment.enums import Attendance
from enrolment.forms.day import AttendanceForm, DayForm, PickupForm
from enrolment.models import Booking
from enrolment.policies import may_record_attendance
from enrolment.queries.day_list import DayList, day_list, listed_activities
from enrolment.services.attendance import record_attendance
from enrolment.services.late_pickup_rows import late_day
from enrolment.services.late_pickups import (
    Writing,
    remove_late_pickup,
    write_late_pickup,
)
from enrolment.views.pages import read_clock
from families.policies import may_see_photos, may_view_health
from foundation.backoffice.access import ClerkRequest, clerk_who
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.journal.models import ReadingSubject
from foundation.journal.services import record_reading
from foundation.periods import ONE_DAY
from tenants.domain.scope import Scope
from tenants.townhall.queries import scope_of

#: The buttons of each child.
ANSWERS = [
    Attendance.PRESENT,
    Attendance.ABSENT_JUSTIFIED,
    Attendance.ABSENT_UNJUSTIFIED,
]


@require_GET
@clerk_who(may_record_attendance)
def day(request: ClerkRequest) -> HttpResponse:
    """List the children expected in an activity, on a day."""
    today = read_clock().today
    scope = scope_of(request.user)
    among = list(listed_activities(scope))
    asked = DayForm(request.GET, among=among, today=today)
    activity, on = asked.chosen, asked.chosen_day
    shown = {"activity": activity.public_id if activity else "", "day": on}
    listed = _listed(request, activity, on, scope)
    late = late_day(activity, on, listed.bookings)
    context: dict[str, Any] = {
        "form": DayForm(initial=shown, among=among, today=today),
        "activity": activity,
        "day": on,
        "previous": on - ONE_DAY,
        "next": on + ONE_DAY,
        "listed": listed,
        "late": late,
        "rows": [(*row, late.rows.get(row[0].pk)) for row in listed.rows],
        "may_view_health": may_view_health(request.user),
        "may_see_photos": may_see_photos(request.user),
        "is_to_come": on > today,
        "answers": ANSWERS,
    }
    page = "enrolment/day/day.html"
    return staff_page(request, page, title=_("Day list"), **context)


def _listed(
    request: ClerkRequest, activity: Activity | None, on: date, scope: Scope
) -> DayList:
    """Return the list; showing health is one reading, of the activity."""
    if activity is None:
        return DayList([])
    with_health = may_view_health(request.user)
    listed = day_list(activity, on, scope=scope, with_health=with_health)
    if with_health and listed.shows_health:
        record_reading(
            actor=request.user,
            subject=ReadingSubject.HEALTH,
            what=f"day list of {on:%Y-%m-%d}",
            target=activity,
        )
    return listed


@require_POST
@clerk_who(may_record_attendance)
def attendance(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Write one answer and return to the list, at the same child."""
    booking = _get(request, public_id)
    form = AttendanceForm(request.POST)
    if form.is_valid():
        try:
            record_attendance(
                booking=booking,
                attendance=Attendance(form.cleaned_data["attendance"]),
                actor=request.user,
                today=read_clock().today,
            )
        except DomainError as error:
            messages.error(request, str(error))
    return _back(request, booking)


@require_POST
@clerk_who(may_record_attendance)
def collected(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Write when a child was collected, or take the hour back when it is empty."""
    booking = _get(request, public_id)
    form = PickupForm(request.POST)
    if not form.is_valid():
        for error in form.errors.get("pickup_time", []):
            messages.error(request, str(error))
        return _back(request, booking)
    clock = read_clock()
    writing = Writing(request.user, clock.now, clock.zone)
    day, hour = form.cleaned_data["day"], form.cleaned_data["pickup_time"]
    try:
        if hour is None:
            remove_late_pickup(booking=booking, day=day, writing=writing)
        else:
            write_late_pickup(
                booking=booking, day=day, pickup_time=hour, writing=writing
            )
    except DomainError as error:
        messages.error(request, str(error))
    return _back(request, booking)


def _get(request: ClerkRequest, public_id: UUID) -> Booking:
    found = Booking.objects.in_scope(scope_of(request.user))
    return get_object_or_404(
        found.select_related("session__activity"), public_id=public_id
    )


def _back(request: ClerkRequest, booking: Booking) -> HttpResponse:
    """Return to the list of the day, at the same child."""
    on = request.POST.get("day", "")
    query = urlencode({"activity": booking.session.activity.public_id, "day": on})
    return redirect(f"{reverse('enrolment_day:day')}?{query}#b-{booking.public_id}")
