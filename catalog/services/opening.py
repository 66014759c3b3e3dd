"""Fill the catalogue of a town that opens, from its pack."""

from dataclasses import asdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from catalog.domain.pack import (
    CALENDAR,
    SERVICES,
    TARIFFS,
    CalendarFacts,
    ServiceFacts,
    TariffFacts,
)
from catalog.domain.pack.activities import ActivityFacts, SessionFacts
from catalog.gateways.public_holidays import public_holidays
from catalog.models import (
    Activity,
    CalendarPeriod,
    Closure,
    RegistrationWindow,
    Requirement,
    Service,
    Session,
    Situation,
    Tariff,
    TariffVersion,
)
from catalog.services.sessions import make_sessions
from families.models import ProofType
from foundation.periods import Period
from tenants.domain.packs import Pack
from tenants.models import Town
from tenants.townhall.models import Commune, Department

ONE_DAY = timedelta(days=1)


def fill_catalog(*, town: Town, pack: Pack, now: datetime) -> None:
    """Write the calendar, the tariffs (published) and the services of the pack."""
    fill_calendar(pack.get(CALENDAR), locale=town.locale)
    for tariff in pack.get(TARIFFS):
        _add_tariff(tariff, now=now)
    zone = ZoneInfo(town.time_zone)
    services = pack.get(SERVICES)
    for position, service in enumerate(services):
        _add_service(service, position=position, zone=zone)


def fill_calendar(calendar: CalendarFacts, *, locale: str) -> None:
    """Write periods and closures; public holidays become closures with their name."""
    CalendarPeriod.objects.bulk_create(
        CalendarPeriod(**asdict(period)) for period in calendar.periods
    )
    closures = [
        Closure(from_on=each.from_on, until_on=each.until_on, reason=each.reason)
        for each in calendar.closures
    ]
    if calendar.periods:
        first = min(period.from_on for period in calendar.periods)
        last = max(period.until_on for period in calendar.periods)
        years = range(first.year, last.year + 1)
        found = public_holidays(calendar.place, years=years, language=locale)
        closures += [
            Closure(from_on=day, until_on=day + ONE_DAY, reason=name)
            for day, name in found.items()
            if first <= day < last
        ]
    Closure.objects.bulk_create(closures)


def _add_tariff(facts: TariffFacts, *, now: datetime) -> None:
    tariff = Tariff.objects.create(code=facts.code, name=facts.name)
    TariffVersion.objects.bulk_create(
        TariffVersion(
            tariff=tariff,
            rules=dict(version.rules),
            vote_number=version.vote_number,
            voted_on=version.voted_on,
            effective_from=version.effective_from,
            published_at=now,
        )
        for version in facts.versions
    )


def _add_service(facts: ServiceFacts, *, position: int, zone: ZoneInfo) -> None:
    service = Service.objects.create(
        code=facts.code,
        commune=_commune(facts.commune),
        department=Department.objects.get(code=facts.department),
        requests_open_at=_aware(facts.requests_open_at, zone),
        bookings_open_at=_aware(facts.bookings_open_at, zone),
        position=position,
        **facts.fields,
    )
    Closure.objects.bulk_create(
        Closure(
            service=service,
            from_on=each.from_on,
            until_on=each.until_on,
            reason=each.reason,
        )
        for each in facts.closures
    )
    _add_requirements(service, facts)
    for index, activity in enumerate(facts.activities):
        _add_activity(service, activity, position=index, zone=zone)


def _commune(code: str | None) -> Commune | None:
    return None if code is None else Commune.objects.get(code=code)


def _add_requirements(service: Service, facts: ServiceFacts) -> None:
    situations = {
        each.code: Situation.objects.create(
            service=service, position=index, **asdict(each)
        )
        for index, each in enumerate(facts.situations)
    }
    proofs = {each.code: each for each in ProofType.objects.all()}
    Requirement.objects.bulk_create(
        Requirement(
            service=service,
            proof_type=proofs[each.proof],
            situation=situations[each.situation] if each.situation else None,
            is_mandatory=each.is_mandatory,
            position=index,
        )
        for index, each in enumerate(facts.requirements)
    )


def _add_activity(
    service: Service, facts: ActivityFacts, *, position: int, zone: ZoneInfo
) -> None:
    activity = Activity.objects.create(
        service=service,
        code=facts.code,
        tariff=Tariff.objects.get(code=facts.tariff),
        position=position,
        **facts.fields,
    )
    RegistrationWindow.objects.bulk_create(
        RegistrationWindow(
            activity=activity,
            residence=each.residence,
            opens_at=each.opens_at.replace(tzinfo=zone),
            closes_at=_aware(each.closes_at, zone),
        )
        for each in facts.windows
    )
    _add_sessions(activity, facts)


def _add_sessions(activity: Activity, facts: ActivityFacts) -> None:
    """Write the sessions of the list, or those that the calendar gives."""
    periods = {each.code: each for each in CalendarPeriod.objects.all()}
    Session.objects.bulk_create(
        _session(activity, each, periods) for each in facts.sessions
    )
    if facts.generate is not None:
        make_sessions(
            activity=activity,
            within=Period(facts.generate.from_on, facts.generate.until_on),
            capacity=facts.generate.capacity,
            in_school_time=facts.generate.in_school_time,
            in_holidays=facts.generate.in_holidays,
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
    )


def _aware(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """Return a local moment of the town as an instant."""
    return None if moment is None else moment.replace(tzinfo=zone)
