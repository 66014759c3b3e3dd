"""What the catalogue says of an activity: days, hours, ages, places left, dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext as _, ngettext

from catalog.enums import ActivityKind
from catalog.models import Activity, Service, Session
from catalog.queries.shared_places import places_left
from families.enums import CLASS_LABELS
from foundation.days import date_format

FEW_PLACES = 3


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course: its name, dates and places."""

    name: str
    first: date
    last: date
    hours: str
    born: str
    places: str
    tone: str


@dataclass(frozen=True, slots=True)
class ActivityCard:
    """An activity with the facts that people ask about first."""

    activity: Activity
    facts: tuple[str, ...]
    courses: tuple[CourseLine, ...]
    windows: tuple[str, ...]


def cards_of(activities: Iterable[Activity], *, now: datetime) -> list[ActivityCard]:
    """Return what the page says of activities read by `get_service_shown`.

    One query more when some of them share places.
    """
    courses = {
        each: list(each.sessions.all()) if each.kind == ActivityKind.COURSE else []
        for each in activities
    }
    left = places_left(session for each in courses.values() for session in each)
    return [
        ActivityCard(
            activity=activity,
            facts=tuple(part for part in _facts(activity) if part),
            courses=tuple(_course(each, left) for each in sessions),
            windows=tuple(_windows(activity, now)),
        )
        for activity, sessions in courses.items()
    ]


def opening_of(service: Service, *, now: datetime) -> str:
    """Return when requests or bookings open, or nothing when they are open."""
    if service.requires_access and _is_later(service.requests_open_at, now):
        return _("Requests open on %(when)s.") % {
            "when": _when(service.requests_open_at)
        }
    if _is_later(service.bookings_open_at, now):
        return _("Bookings open on %(when)s.") % {
            "when": _when(service.bookings_open_at)
        }
    return ""


def _facts(activity: Activity) -> list[str]:
    hours = _hours(activity.start_time, activity.end_time)
    days = ", ".join(str(WEEKDAYS[day - 1]) for day in activity.weekdays)
    return [
        f"{days[:1].upper()}{days[1:]}, {hours}" if days else hours,
        _ages(activity.age_min, activity.age_max),
        _classes(activity.school_classes),
        _("Residents only") if activity.residents_only else "",
        _quota(activity.quota_per_period),
    ]


def _ages(youngest: int | None, oldest: int | None) -> str:
    if youngest is None and oldest is None:
        return ""
    if oldest is None:
        return _("From %(age)s years old") % {"age": youngest}
    if youngest is None:
        return _("Up to %(age)s years old") % {"age": oldest}
    return _("From %(youngest)s to %(oldest)s years old") % {
        "youngest": youngest,
        "oldest": oldest,
    }


def _classes(codes: list[str]) -> str:
    """Return the classes admitted, in the order of the school."""
    names = [str(label) for code, label in CLASS_LABELS.items() if code in codes]
    return _("Classes: %(names)s") % {"names": ", ".join(names)} if names else ""


def _quota(quota: int | None) -> str:
    if quota is None:
        return ""
    return ngettext(
        "%(count)s course per child and holidays",
        "%(count)s courses per child and holidays",
        quota,
    ) % {"count": quota}


def _course(session: Session, left: Mapping[int, int | None]) -> CourseLine:
    places, tone = _places(left[session.pk])
    return CourseLine(
        name=session.name or session.activity.name,
        first=session.starts_on,
        last=session.ends_on,
        hours=_hours(session.start_time, session.end_time),
        born=_born(session.born_from, session.born_until),
        places=places,
        tone=tone,
    )


def _places(left: int | None) -> tuple[str, str]:
    if left is None:
        return _("Places left"), "success"
    if left <= 0:
        return _("Full"), "neutral"
    text = ngettext("%(count)s place left", "%(count)s places left", left)
    return text % {"count": left}, "warning" if left <= FEW_PLACES else "success"


def _born(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return _("Born from %(first)s to %(last)s") % {
            "first": first.year,
            "last": last.year,
        }
    return _("Born from %(first)s to %(last)s") % {
        "first": date_format(first, "SHORT_DATE_FORMAT"),
        "last": date_format(last, "SHORT_DATE_FORMAT"),
    }


def _windows(activity: Activity, now: datetime) -> Iterable[str]:
    """Say when each category of families registers, windows that closed left out."""
    for window in activity.windows.all():
        if window.closes_at is not None and window.closes_at <= now:
            continue
        who = (
            str(window.get_residence_display()) if window.residence else _("Everybody")
        )
        said = {"who": who, "from": _when(window.opens_at)}
        if window.closes_at is None:
            yield _("%(who)s: from %(from)s") % said
        else:
            said["until"] = _when(window.closes_at)
            yield _("%(who)s: from %(from)s until %(until)s") % said


def _hours(start: time, end: time) -> str:
    return _("%(start)s to %(end)s") % {
        "start": time_format(start, "TIME_FORMAT"),
        "end": time_format(end, "TIME_FORMAT"),
    }


def _when(instant: datetime | None) -> str:
    if instant is None:
        return ""
    local = timezone.localtime(instant)
    return _("%(day)s at %(hour)s") % {
        "day": date_format(local, "DATE_FORMAT"),
        "hour": date_format(local, "TIME_FORMAT"),
    }


def _is_later(instant: datetime | None, now: datetime) -> bool:
    return instant is not None and now < instant
