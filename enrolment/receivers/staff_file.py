"""Requests, accesses and bookings on a family's file, as clerks see it."""

from datetime import date
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from enrolment.enums import BookingStatus, RequestStatus
from enrolment.models import Access, AccessRequest, Booking
from enrolment.policies import may_review_requests
from enrolment.services.request_lines import TONES, last_day
from families.domain.home import Line
from families.domain.staff_file import FilePart, FileSection
from families.models import Household
from families.signals import file_shown
from foundation.accounts.models import Account
from foundation.days import date_format
from tenants.domain.scope import Scope

MOST = 20
_ALONG = ("session__activity__service", "child")


@receiver(file_shown, dispatch_uid="enrolment-file")
def show_enrolment(
    household: Household, account: Account, scope: Scope, today: date, **_kwargs: Any
) -> FilePart:
    """Show requests, accesses, then bookings to come and past: four queries."""
    leads = may_review_requests(account)
    requests = _requests(household, scope)
    accesses = _accesses(household, scope)
    coming, past = _bookings(household, scope, today)
    sections = (
        ("requests", _("Requests"), [_request(each, leads=leads) for each in requests]),
        ("accesses", _("Accepted in"), [_access(each) for each in accesses]),
        ("bookings", _("Bookings to come"), [_booking(each) for each in coming]),
        ("attendance", _("Attendance"), [_attendance(each) for each in past]),
    )
    return FilePart(position=30, sections=tuple(_section(*each) for each in sections))


def _requests(household: Household, scope: Scope) -> list[AccessRequest]:
    return list(
        AccessRequest.objects.in_scope(scope)
        .filter(household=household)
        .exclude(status=RequestStatus.DRAFT)
        .select_related("service", "child")
        .order_by("-submitted_at", "-id")[: MOST + 1]
    )


def _accesses(household: Household, scope: Scope) -> list[Access]:
    return list(
        Access.objects.in_scope(scope)
        .filter(household=household)
        .select_related("service", "child", "situation")
        .order_by("-from_on", "-id")[: MOST + 1]
    )


def _bookings(
    household: Household, scope: Scope, today: date
) -> tuple[list[Booking], list[Booking]]:
    """Return what is to come, the next first, and what is past, the last first."""
    booked = (
        Booking.objects.in_scope(scope)
        .filter(household=household, status=BookingStatus.BOOKED)
        .select_related(*_ALONG)
        .defer("trace", "split")
    )
    coming = booked.filter(session__ends_on__gte=today)
    past = booked.filter(session__ends_on__lt=today)
    return (
        list(
            coming.order_by("session__starts_on", "session__start_time", "id")[
                : MOST + 1
            ]
        ),
        list(past.order_by("-session__starts_on", "-id")[: MOST + 1]),
    )


def _section(key: str, title: str, lines: list[Line]) -> FileSection:
    return FileSection(
        key=key,
        title=title,
        lines=tuple(lines[:MOST]),
        empty=_("Nothing yet."),
        more=_("The rest is left out.") if len(lines) > MOST else "",
    )


def _request(request: AccessRequest, *, leads: bool) -> Line:
    sent = date_format(request.submitted_at or request.created_at, "DATE_FORMAT")
    page = reverse("enrolment_review:review", args=[request.public_id])
    return Line(
        text=f"{request.service}, {request.child.called}",
        href=page if leads else "",
        meta=f"{request.tracking_number} · {sent}",
        status=str(request.get_status_display()),
        tone=TONES[request.status],
    )


def _access(access: Access) -> Line:
    days = _("from %(day)s") % {"day": date_format(access.from_on, "DATE_FORMAT")}
    if access.until_on:
        days = _("%(from)s to %(day)s") % {
            "from": days,
            "day": last_day(access.until_on),
        }
    return Line(
        text=f"{access.service}, {access.child.called}",
        meta=" · ".join(part for part in (days, str(access.situation or "")) if part),
    )


def _booking(booking: Booking) -> Line:
    session = booking.session
    return Line(
        text=f"{session.name or session.activity.name}, {booking.child.called}",
        meta=date_format(session.starts_on, "DATE_FORMAT"),
    )


def _attendance(booking: Booking) -> Line:
    line = _booking(booking)
    return Line(line.text, meta=line.meta, status=str(booking.get_attendance_display()))
