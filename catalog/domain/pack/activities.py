"""The activities of a service in a pack, with their sessions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from catalog.domain.deadlines import MIDNIGHT, NoDeadlineForDayError, parse_deadline
from catalog.domain.pack.calendar import PERIODS, read_span
from catalog.domain.pack.shared import SHARED_DECLARED
from catalog.domain.pack.tariffs import TARIFFS_DECLARED
from catalog.domain.prices import Residence
from catalog.enums import ActivityKind
from foundation.problems import ConfigurationError
from foundation.reading import WEEKDAYS, Node
from tenants.domain.packs import Register

A_MONDAY = date(2024, 1, 1)
CLASSES = "school_classes"
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """When a category of households may register; hours are local to the town."""

    residence: str
    opens_at: datetime
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A course, or one dated unit; both days are included."""

    name: str
    period: str | None
    starts_on: date
    ends_on: date
    start_time: time | None
    end_time: time | None
    meets_on: tuple[str, ...]
    born_from: date | None
    born_until: date | None
    capacity: int | None
    price_minor: int | None = None


@dataclass(frozen=True, slots=True)
class GenerationFacts:
    """Sessions made from the calendar, between two days, the last one excluded."""

    from_on: date
    until_on: date
    in_school_time: bool
    in_holidays: bool
    capacity: int | None


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """Dated units written day by day, alike but for their days."""

    days: tuple[date, ...]
    start_time: time | None
    end_time: time | None
    capacity: int | None


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """An activity; `fields` are those of its record."""

    code: str
    tariff: str
    fields: Mapping[str, Any]
    windows: tuple[WindowFacts, ...]
    sessions: tuple[SessionFacts, ...]
    generate: GenerationFacts | None
    series: tuple[SeriesFacts, ...] = ()
    shared_places: str | None = None


def read_activity(node: Node, register: Register) -> ActivityFacts:
    """Read one activity."""
    kind = node.choice("kind", ActivityKind.values) or ""
    weekdays = _read_weekdays(node)
    times = _read_times(node)
    activity = ActivityFacts(
        code=register.declare("activities", node),
        tariff=register.refer(TARIFFS_DECLARED, node, "tariff") or "",
        fields={
            "kind": kind,
            "weekdays": weekdays,
            **times,
            **_read_fields(node, register),
            "booking_deadline": _read_deadline(node, "booking_deadline", weekdays),
            "cancellation_deadline": _read_deadline(
                node, "cancellation_deadline", weekdays
            ),
        },
        windows=tuple(
            _read_window(child) for child in node.children("windows", required=False)
        ),
        sessions=_read_sessions(node, register),
        generate=_read_generation(node),
        series=tuple(
            _read_series(child) for child in node.children("series", required=False)
        ),
        shared_places=register.refer(
            SHARED_DECLARED, node, "shared_places", required=False
        ),
    )
    if activity.sessions and activity.generate is not None:
        node.refuse("generate", "sessions_and_generate")
    node.close()
    return activity


def _read_fields(node: Node, register: Register) -> dict[str, Any]:
    youngest = node.integer("age_min", required=False, at_most=120)
    oldest = node.integer("age_max", required=False, at_most=120)
    if youngest is not None and oldest is not None and oldest < youngest:
        node.refuse("age_max", "too_small", at_least=str(youngest))
    return {
        "name": node.text("name", at_most=120),
        "description": node.text("description", required=False),
        "units": node.integer("units", required=False, at_least=1) or 1,
        "late_booking": node.flag("late_booking"),
        "age_min": youngest,
        "age_max": oldest,
        "school_classes": sorted(
            node.codes(CLASSES, register.known(CLASSES), required=False)
        ),
        "residents_only": node.flag("residents_only"),
        "quota_per_period": node.integer(
            "quota_per_period", required=False, at_least=1
        ),
        "quota_group": node.code("quota_group", required=False) or "",
    }


def _read_times(node: Node) -> dict[str, time]:
    start, end = node.time("start_time"), node.time("end_time")
    if start is not None and end is not None and end <= start:
        node.refuse("end_time", "not_after_from", start=f"{start:%H:%M}")
    return {"start_time": start or MIDNIGHT, "end_time": end or time.max}


def _read_weekdays(node: Node) -> list[int]:
    days = node.weekdays("weekdays", required=False)
    return sorted(day + 1 for day in days)


def _read_deadline(node: Node, key: str, weekdays: list[int]) -> dict[str, Any]:
    """Check a deadline, and that it says something of each day of opening."""
    child = node.child(key, required=False)
    if child is None or not child.is_sound:
        return {}
    try:
        rule = parse_deadline(child.data)
    except ConfigurationError as error:
        for problem in error.problems:
            child.refuse(problem.path.strip("."), problem.reason, **problem.params)
        return {}
    for weekday in weekdays:
        try:
            rule.local(A_MONDAY.replace(day=weekday), frozenset())
        except NoDeadlineForDayError:
            child.refuse("", "day_without_deadline", weekday=WEEKDAYS[weekday - 1])
    return child.data


def _read_window(node: Node) -> WindowFacts:
    opens_at, closes_at = node.moment("from"), node.moment("until", required=False)
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        node.refuse("until", "not_after_from", start=f"{opens_at:%Y-%m-%dT%H:%M}")
    residence = node.choice("residence", tuple(Residence), required=False)
    node.close()
    return WindowFacts(
        residence or "",
        opens_at or datetime.min,  # noqa: DTZ901 - refused: the value is dropped.
        closes_at,
    )


def _read_sessions(node: Node, register: Register) -> tuple[SessionFacts, ...]:
    found: list[SessionFacts] = []
    for child in node.children("sessions", required=False):
        session = _read_session(child, register)
        same = [(s.name, s.starts_on, s.start_time) for s in found]
        if (session.name, session.starts_on, session.start_time) in same:
            child.refuse("", "repeated_code")
        found.append(session)
    return tuple(found)


def _read_session(node: Node, register: Register) -> SessionFacts:
    first, last = node.day("first_day"), node.day("last_day", required=False)
    if first is not None and last is not None and last < first:
        node.refuse("last_day", "not_after_from", start=str(first))
    session = SessionFacts(
        name=node.text("name", required=False, at_most=120),
        period=register.refer(PERIODS, node, "period", required=False),
        starts_on=first or date.min,
        ends_on=last or first or date.max,
        start_time=node.time("start_time", required=False),
        end_time=node.time("end_time", required=False),
        meets_on=_read_meetings(node, first, last),
        born_from=node.day("born_from", required=False),
        born_until=node.day("born_until", required=False),
        capacity=node.integer("capacity", required=False, at_most=9999),
        price_minor=_read_price(node),
    )
    node.close()
    return session


def _read_price(node: Node) -> int | None:
    """Read a session's own price, in minor units: currencies here have two decimals."""
    price = node.decimal("price", required=False)
    if price is None:
        return None
    if price != price.quantize(CENT):
        node.refuse("price", "not_a_decimal")
        return None
    return int(price.scaleb(2))


def _read_series(node: Node) -> SeriesFacts:
    days = node.days("days")
    if len(set(days)) < len(days):
        node.refuse("days", "repeated_code")
    series = SeriesFacts(
        days,
        start_time=node.time("start_time", required=False),
        end_time=node.time("end_time", required=False),
        capacity=node.integer("capacity", required=False, at_most=9999),
    )
    node.close()
    return series


def _read_meetings(
    node: Node, first: date | None, last: date | None
) -> tuple[str, ...]:
    days = node.days("meets_on", required=False)
    for index, day in enumerate(days):
        if first is not None and not first <= day <= (last or first):
            node.refuse(f"meets_on[{index}]", "outside_session")
    return tuple(day.isoformat() for day in days)


def _read_generation(node: Node) -> GenerationFacts | None:
    child = node.child("generate", required=False)
    if child is None:
        return None
    if not node.has("weekdays"):
        node.refuse("weekdays", "missing")
    start, until = read_span(child)
    facts = GenerationFacts(
        start,
        until,
        in_school_time=child.flag("in_school_time", default=True),
        in_holidays=child.flag("in_holidays"),
        capacity=child.integer("capacity", required=False, at_most=9999),
    )
    child.close()
    return facts
