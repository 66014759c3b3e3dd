"""A request as its family reads it: state, what to do next, what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from catalog.models import Service, Situation
from enrolment.enums import NeedState, RequestStatus
from enrolment.models import AccessRequest
from enrolment.queries.needs import Need
from foundation.days import date_format
from foundation.journal.models import Entry
from foundation.periods import ONE_DAY

BOOKINGS = "/my/bookings/"
TONES: Mapping[str, str] = {
    RequestStatus.DRAFT: "neutral",
    RequestStatus.SUBMITTED: "pending",
    RequestStatus.TO_COMPLETE: "warning",
    RequestStatus.LISTED: "info",
    RequestStatus.OFFERED: "warning",
    RequestStatus.ACCEPTED: "success",
    RequestStatus.REFUSED: "danger",
    RequestStatus.WITHDRAWN: "neutral",
}
NEED_TONES: Mapping[str, str] = {
    NeedState.MISSING: "neutral",
    NeedState.WAITING: "pending",
    NeedState.VALID: "success",
    NeedState.REFUSED: "danger",
    NeedState.EXPIRED: "warning",
}
# What the family reads of the journal: text, icon, tone.
_EVENTS: Mapping[str, tuple[object, str, str]] = {
    "request opened": (gettext_lazy("You started this request"), "edit", "neutral"),
    "request submitted": (gettext_lazy("You sent this request"), "arrow-right", "info"),
    "request completed": (gettext_lazy("You sent what was missing"), "check", "info"),
    "more asked": (gettext_lazy("The town asks for more"), "warning", "warning"),
    "request accepted": (gettext_lazy("Your request is accepted"), "check", "success"),
    "request refused": (gettext_lazy("Your request is refused"), "cross", "danger"),
    "request accepted by silence": (
        gettext_lazy("Your request is accepted: the town did not answer in time"),
        "check",
        "success",
    ),
    "request refused by silence": (
        gettext_lazy("Your request is refused: the town did not answer in time"),
        "cross",
        "danger",
    ),
    "request put on list": (
        gettext_lazy("Your child is on the waiting list"),
        "check",
        "info",
    ),
    "place offered": (
        gettext_lazy("The town offers you a place"),
        "arrow-right",
        "warning",
    ),
    "offer accepted": (gettext_lazy("You took the place"), "check", "success"),
    "offer declined": (gettext_lazy("You declined the place"), "cross", "neutral"),
    "offer expired": (
        gettext_lazy("The offer ended without your answer"),
        "warning",
        "warning",
    ),
    "offer taken back": (
        gettext_lazy("The town took its offer back"),
        "warning",
        "warning",
    ),
    "request taken off list": (
        gettext_lazy("The town took your child off the list"),
        "cross",
        "danger",
    ),
    "birth written": (
        gettext_lazy("You told us that your child is born"),
        "check",
        "success",
    ),
    "request withdrawn": (
        gettext_lazy("You took this request back"),
        "cross",
        "neutral",
    ),
}


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request in a list; without `action_href` there is nothing to do yet."""

    request: AccessRequest
    place: str
    status: str
    tone: str
    action: str
    action_href: str
    note: str


def line_of(request: AccessRequest, *, now: datetime) -> RequestLine:
    """Return what a list shows of a request, with the next thing to do."""
    action, href, note = _next_thing(request, now)
    return RequestLine(
        request=request,
        place=place_of(request.service),
        status=str(request.get_status_display()),
        tone=TONES[request.status],
        action=action,
        action_href=href,
        note=note,
    )


def _next_thing(request: AccessRequest, now: datetime) -> tuple[str, str, str]:
    """Return what to do, where, and a word about it."""
    own = reverse("enrolment:request", args=[request.public_id])
    action, href, note = _("Follow"), own, ""
    match request.status:
        case RequestStatus.DRAFT:
            action, note = _("Continue"), _("Not sent yet.")
        case RequestStatus.TO_COMPLETE:
            action, note = _("Complete"), request.reason
        case RequestStatus.LISTED:
            note = _("We write to you when a place is free.")
        case RequestStatus.OFFERED:
            action, href = _("Answer the offer"), f"{own}offer/"
            note = _("A place is offered to your child: answer in time.")
        case RequestStatus.ACCEPTED if not getattr(request, "is_booked", True):
            action, note = _("See"), _("See what comes next.")
        case RequestStatus.ACCEPTED:
            action, href, note = _booking_action(request.service, own, now)
        case RequestStatus.REFUSED:
            action, note = _("See why"), request.reason
    return action, href, note


def place_of(service: Service) -> str:
    """Return the commune of a service, or words for the whole community."""
    return service.commune.name if service.commune else _("All communes")


def hint_of_situation(situation: Situation) -> str:
    """Explain a situation, with the points it gives on a waiting list."""
    parts = [situation.help_text]
    if situation.service.keeps_waiting_list and situation.points:
        parts.append(
            ngettext(
                "%(points)s point on the waiting list",
                "%(points)s points on the waiting list",
                situation.points,
            )
            % {"points": situation.points}
        )
    return " · ".join(part for part in parts if part)


def events_of(entries: Iterable[Entry]) -> list[dict[str, object]]:
    """Return the family's part of the journal, newest first, without clerks' names."""
    events = []
    for entry in entries:
        if entry.action not in _EVENTS:
            continue
        text, icon, tone = _EVENTS[entry.action]
        events.append(
            {"text": text, "at": entry.at, "by": "", "icon": icon, "tone": tone}
        )
    return events[::-1]


def validity_of(need: Need) -> str:
    """Return until when the proof at hand counts."""
    if need.proof is None or need.state not in {NeedState.VALID, NeedState.EXPIRED}:
        return ""
    if need.proof.valid_until is None:
        return _("valid without limit")
    day = last_day(need.proof.valid_until)
    if need.state == NeedState.EXPIRED:
        return _("it was valid until %(day)s") % {"day": day}
    return _("valid until %(day)s") % {"day": day}


def last_day(until: date) -> str:
    """Write the last day before an excluded bound."""
    return date_format(until - ONE_DAY, "DATE_FORMAT")


def _booking_action(service: Service, own: str, now: datetime) -> tuple[str, str, str]:
    """Offer to book, or say from when it is possible."""
    opens_at = service.bookings_open_at
    if opens_at is None or opens_at <= now:
        return _("Book"), BOOKINGS, ""
    shown = timezone.localtime(opens_at)
    note = _("Bookings open on %(day)s at %(hour)s.") % {
        "day": date_format(shown, "DATE_FORMAT"),
        "hour": date_format(shown, "TIME_FORMAT"),
    }
    return _("See"), own, note
