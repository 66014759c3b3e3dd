"""Write the services of a pack, with their situations, proofs, activities, sessions.

What exists is recognised by its code, a session by its name, first day and hour. A
session that families booked keeps its days, its hours and at least their places.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from catalog.domain.pack.activities import (
    ActivityFacts,
    GenerationFacts,
    SessionFacts,
)
from catalog.domain.pack.services import RequirementFacts, ServiceFacts
from catalog.models import (
    Activity,
    CalendarPeriod,
    RegistrationWindow,
    Requirement,
    Service,
    Session,
    SharedPlaces,
    Situation,
    Tariff,
)
from catalog.services.sessions import calendar_periods, make_sessions, period_of
from families.models import ProofType
from foundation.periods import Period
from foundation.problems import Problem
from tenants.townhall.models import Commune, Department

#: What families hold places for, and what never moves under them.
FIXED = ("ends_on", "end_time", "meets_on")


def put_service(
    facts: ServiceFacts, *, zone: ZoneInfo
) -> tuple[Service, list[Problem]]:
    """Write a service with all that is inside; return it and what stands in the way."""
    values = {
        "commune": Commune.objects.filter(code=facts.commune).first(),
        "department": Department.objects.get(code=facts.department),
        "requests_open_at": _aware(facts.requests_open_at, zone),
        "bookings_open_at": _aware(facts.bookings_open_at, zone),
        **facts.fields,
    }
    at_first = {**values, "position": Service.objects.count()}
    service, _new = Service.objects.update_or_create(
        code=facts.code, defaults=values, create_defaults=at_first
    )
    _put_situations(service, facts)
    problems = []
    for activity in facts.activities:
        problems += _put_activity(service, activity, zone=zone)
    return service, problems


def put_steps(services: Iterable[ServiceFacts]) -> None:
    """Write which service comes before which, once all of them are there."""
    for each in services:
        before = Service.objects.filter(code=each.comes_after).first()
        Service.objects.filter(code=each.code).update(comes_after=before)


def _put_situations(service: Service, facts: ServiceFacts) -> None:
    for each in facts.situations:
        values = asdict(each)
        at_first = {**values, "position": service.situations.count()}
        Situation.objects.update_or_create(
            service=service,
            code=each.code,
            defaults=values,
            create_defaults=at_first,
        )
    situations = {each.code: each for each in Situation.objects.filter(service=service)}
    proofs = {each.code: each for each in ProofType.objects.all()}
    for asked in facts.requirements:
        situation = situations[asked.situation] if asked.situation else None
        values = _requirement_values(asked, proofs)
        at_first = {**values, "position": service.requirements.count()}
        Requirement.objects.update_or_create(
            service=service,
            proof_type=proofs[asked.proof],
            situation=situation,
            defaults=values,
            create_defaults=at_first,
        )


def _requirement_values(
    asked: RequirementFacts, proofs: dict[str, ProofType]
) -> dict[str, Any]:
    only_if = asked.condition
    return {
        "is_mandatory": asked.is_mandatory,
        "only_if_proof": proofs[only_if.proof] if only_if else None,
        "only_if_question": only_if.question if only_if else "",
        "only_if_answer": only_if.answer if only_if else "",
    }


def _put_activity(
    service: Service, facts: ActivityFacts, *, zone: ZoneInfo
) -> list[Problem]:
    place = f"services[{service.code}].activities[{facts.code}]"
    known = Activity.objects.filter(code=facts.code).first()
    if known is not None and known.service_id != service.pk:
        return [Problem(place, "activity_elsewhere", {"service": str(known.service)})]
    values = {
        "tariff": Tariff.objects.get(code=facts.tariff),
        "shared_places": SharedPlaces.objects.filter(code=facts.shared_places).first(),
        **facts.fields,
    }
    at_first = {**values, "position": service.activities.count()}
    activity, _new = Activity.objects.update_or_create(
        service=service,
        code=facts.code,
        defaults=values,
        create_defaults=at_first,
    )
    _put_windows(activity, facts, zone=zone)
    refused = _put_sessions(activity, facts)
    return [
        Problem(f"{place}.sessions[{day}]", reason, {"name": str(day)})
        for day, reason in refused
    ]


def _put_windows(activity: Activity, facts: ActivityFacts, *, zone: ZoneInfo) -> None:
    for each in facts.windows:
        RegistrationWindow.objects.update_or_create(
            activity=activity,
            residence=each.residence,
            opens_at=each.opens_at.replace(tzinfo=zone),
            defaults={"closes_at": _aware(each.closes_at, zone)},
        )


def _put_sessions(activity: Activity, facts: ActivityFacts) -> list[tuple[date, str]]:
    """Write the sessions listed, and make those that the calendar gives."""
    periods = calendar_periods()
    listed = [*_listed(activity, facts, periods), *_in_series(activity, facts, periods)]
    known = {
        (each.name, each.starts_on, each.start_time): each
        for each in activity.sessions.all()
    }
    new, changed, refused = [], [], []
    for each in listed:
        there = known.get((each.name, each.starts_on, each.start_time))
        if there is None:
            new.append(each)
        elif reason := _change(there, each):
            refused.append((each.starts_on, reason))
        else:
            changed.append(there)
    Session.objects.bulk_create(new)
    Session.objects.bulk_update(changed, _TAKEN_OVER, batch_size=500)
    if facts.generate is not None:
        _generate(activity, facts.generate)
    return refused


def _generate(activity: Activity, facts: GenerationFacts) -> None:
    make_sessions(
        activity=activity,
        within=Period(facts.from_on, facts.until_on),
        capacity=facts.capacity,
        in_school_time=facts.in_school_time,
        in_holidays=facts.in_holidays,
    )


_TAKEN_OVER = (*FIXED, "period", "born_from", "born_until", "capacity", "price_minor")


def _change(there: Session, wanted: Session) -> str:
    """Take over what the pack says of a session; return why not, or nothing."""
    taken = there.seats_taken
    if taken and any(getattr(there, key) != getattr(wanted, key) for key in FIXED):
        return "booked_session"
    if wanted.capacity is not None and wanted.capacity < taken:
        return "fewer_places_than_taken"
    for key in _TAKEN_OVER:
        setattr(there, key, getattr(wanted, key))
    return ""


def _listed(
    activity: Activity, facts: ActivityFacts, periods: list[CalendarPeriod]
) -> Iterator[Session]:
    by_code = {each.code: each for each in periods}
    for each in facts.sessions:
        yield _session(activity, each, by_code)


def _in_series(
    activity: Activity, facts: ActivityFacts, periods: list[CalendarPeriod]
) -> Iterator[Session]:
    for series in facts.series:
        for day in series.days:
            yield Session(
                activity=activity,
                period=period_of(day, periods),
                starts_on=day,
                ends_on=day,
                start_time=series.start_time or activity.start_time,
                end_time=series.end_time or activity.end_time,
                capacity=series.capacity,
            )


def _session(
    activity: Activity, facts: SessionFacts, periods: dict[str, CalendarPeriod]
) -> Session:
    return Session(
        activity=activity,
        name=facts.name,
        period=periods[facts.period] if facts.period else None,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        start_time=facts.start_time or activity.start_time,
        end_time=facts.end_time or activity.end_time,
        meets_on=list(facts.meets_on),
        born_from=facts.born_from,
        born_until=facts.born_until,
        capacity=facts.capacity,
        price_minor=facts.price_minor,
    )


def _aware(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """Return a local moment of the town as an instant."""
    return None if moment is None else moment.replace(tzinfo=zone)
