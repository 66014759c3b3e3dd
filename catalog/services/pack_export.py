"""What the catalogue of a town says in its pack.

Drafts of tariffs and cancelled sessions stay in the town. Dated units that are alike
are written in one line a series, with their days.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from catalog.enums import ActivityKind
from catalog.models import (
    Activity,
    CalendarPeriod,
    Closure,
    Requirement,
    Service,
    Session,
    SharedPlaces,
    Situation,
    Tariff,
    TariffVersion,
)
from catalog.services.pack_requests import (
    requirement_facts,
    situation_facts,
    waiting_list_facts,
)
from catalog.services.sessions import period_of
from tenants.domain.pack_writing import moment, weekdays, without_blanks

_SERVICE = {
    "requires_access": True,
    "published": True,
    "silence": "nothing",
    "silence_months": 2,
    "alert_days": 14,
}
_ACTIVITY = {"units": 1, "late_booking": False, "residents_only": False}
_NO_DEADLINE = {
    "booking_deadline": {"rule": "none"},
    "cancellation_deadline": {"rule": "none"},
}


def catalog_facts(*, zone: ZoneInfo) -> dict[str, Any]:
    """Return the catalogue's sections of a pack, as plain data; hours are local."""
    periods = list(CalendarPeriod.objects.order_by("from_on", "-until_on", "code"))
    closures = Closure.objects.filter(service=None)
    calendar = {
        "periods": [_period(each) for each in periods],
        "closures": _closures(closures),
    }
    return without_blanks(
        {
            "calendar": without_blanks(calendar),
            "tariffs": [_tariff(each) for each in _tariffs()],
            "shared_places": [
                {"code": each.code, "name": each.name, "capacity": each.capacity}
                for each in SharedPlaces.objects.order_by("code")
            ],
            "services": [_service(each, periods, zone) for each in _services()],
        }
    )


def _period(row: CalendarPeriod) -> dict[str, Any]:
    return without_blanks(
        {
            "code": row.code,
            "name": row.name,
            "kind": row.kind,
            "from": row.from_on,
            "until": row.until_on,
        }
    )


def _closures(rows: Iterable[Closure]) -> list[dict[str, Any]]:
    ordered = sorted(rows, key=lambda each: (each.from_on, each.until_on, each.reason))
    return [
        without_blanks(
            {"from": each.from_on, "until": each.until_on, "reason": each.reason}
        )
        for each in ordered
    ]


def _tariffs() -> Iterable[Tariff]:
    published = TariffVersion.objects.filter(published_at__isnull=False)
    return Tariff.objects.order_by("code").prefetch_related(
        Prefetch("versions", published.order_by("effective_from"))
    )


def _tariff(row: Tariff) -> dict[str, Any]:
    versions = [
        without_blanks(
            {
                "vote_number": each.vote_number,
                "voted_on": each.voted_on,
                "effective_from": each.effective_from,
                "rules": each.rules,
            }
        )
        for each in row.versions.all()
    ]
    return without_blanks({"code": row.code, "name": row.name, "versions": versions})


def _services() -> Iterable[Service]:
    asked = Requirement.objects.select_related(
        "proof_type", "situation", "only_if_proof"
    )
    sessions = Session.objects.not_cancelled().select_related("period")
    activities = Activity.objects.select_related("tariff", "shared_places")
    return (
        Service.objects.select_related("commune", "department", "comes_after")
        .order_by("position", "code")
        .prefetch_related(
            Prefetch("situations", Situation.objects.order_by("position", "code")),
            Prefetch("requirements", asked.order_by("position", "id")),
            "closures",
            Prefetch(
                "activities",
                activities.order_by("position", "code").prefetch_related(
                    "windows",
                    Prefetch(
                        "sessions", sessions.order_by("starts_on", "start_time", "name")
                    ),
                ),
            ),
        )
    )


def _service(
    row: Service, periods: list[CalendarPeriod], zone: ZoneInfo
) -> dict[str, Any]:
    facts = {
        "code": row.code,
        "name": row.name,
        "commune": row.commune.code if row.commune else None,
        "department": row.department.code,
        "summary": row.summary,
        "description": row.description,
        "billing_mode": row.billing_mode,
        "requires_access": row.requires_access,
        "requests_open_at": moment(row.requests_open_at, zone),
        "bookings_open_at": moment(row.bookings_open_at, zone),
        "published": row.is_published,
        "silence": row.silence,
        "silence_months": row.silence_months,
        "alert_days": row.alert_days,
        "appeal": row.appeal,
        "comes_after": row.comes_after.code if row.comes_after else None,
        "once_accepted": row.once_accepted,
        "waiting_list": waiting_list_facts(row),
        "situations": [situation_facts(each) for each in row.situations.all()],
        "requirements": [requirement_facts(each) for each in row.requirements.all()],
        "closures": _closures(row.closures.all()),
        "activities": [_activity(each, periods, zone) for each in row.activities.all()],
    }
    return without_blanks(facts, _SERVICE)


def _activity(
    row: Activity, periods: list[CalendarPeriod], zone: ZoneInfo
) -> dict[str, Any]:
    series, sessions = _split(row, periods)
    facts = {
        "code": row.code,
        "name": row.name,
        "description": row.description,
        "kind": row.kind,
        "tariff": row.tariff.code,
        "units": row.units,
        "weekdays": weekdays(row.weekdays),
        "start_time": row.start_time,
        "end_time": row.end_time,
        "booking_deadline": row.booking_deadline,
        "cancellation_deadline": row.cancellation_deadline,
        "late_booking": row.late_booking,
        "age_min": row.age_min,
        "age_max": row.age_max,
        "school_classes": sorted(row.school_classes),
        "residents_only": row.residents_only,
        "quota_per_period": row.quota_per_period,
        "quota_group": row.quota_group,
        "shared_places": row.shared_places.code if row.shared_places else None,
        "windows": _windows(row, zone),
        "series": series,
        "sessions": [_session(each, row) for each in sessions],
    }
    return without_blanks(facts, _ACTIVITY | _NO_DEADLINE)


def _windows(row: Activity, zone: ZoneInfo) -> list[dict[str, Any]]:
    ordered = sorted(
        row.windows.all(), key=lambda each: (each.opens_at, each.residence)
    )
    return [
        without_blanks(
            {
                "residence": each.residence,
                "from": moment(each.opens_at, zone),
                "until": moment(each.closes_at, zone),
            }
        )
        for each in ordered
    ]


def _split(
    row: Activity, periods: list[CalendarPeriod]
) -> tuple[list[dict[str, Any]], list[Session]]:
    """Sort the sessions into series of days alike, and those written one by one."""
    alike: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    alone = []
    for each in row.sessions.all():
        if _is_plain(each, row, periods):
            key = (each.start_time, each.end_time, each.capacity)
            alike[key].append(each.starts_on.isoformat())
        else:
            alone.append(each)
    series = [
        _with_hours({"days": days, "capacity": capacity}, start, end, row)
        for (start, end, capacity), days in alike.items()
    ]
    return series, alone


def _is_plain(each: Session, row: Activity, periods: list[CalendarPeriod]) -> bool:
    """Tell whether a session is one day, without name, in the calendar's period."""
    return (
        row.kind == ActivityKind.DATED
        and each.ends_on == each.starts_on
        and each.price_minor is None
        and not (each.name or each.meets_on or each.born_from or each.born_until)
        and each.period == period_of(each.starts_on, periods)
    )


def _session(each: Session, row: Activity) -> dict[str, Any]:
    facts = {
        "name": each.name,
        "period": each.period.code if each.period else None,
        "first_day": each.starts_on,
        "last_day": None if each.ends_on == each.starts_on else each.ends_on,
        "meets_on": each.meets_on,
        "born_from": each.born_from,
        "born_until": each.born_until,
        "capacity": each.capacity,
        "price": _price(each),
    }
    return _with_hours(facts, each.start_time, each.end_time, row)


def _price(each: Session) -> str | None:
    """Write the session's own price; currencies here have two decimals."""
    minor = each.price_minor
    return None if minor is None else f"{minor // 100}.{minor % 100:02d}"


def _with_hours(
    facts: dict[str, Any], start: Any, end: Any, row: Activity
) -> dict[str, Any]:
    """Add the hours, unless they are those of the activity."""
    hours = {"start_time": start, "end_time": end}
    usual = {"start_time": row.start_time, "end_time": row.end_time}
    return without_blanks({**facts, **hours}, usual)
