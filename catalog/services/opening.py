"""Write the catalogue of a pack, in a town that opens or in one that is open.

What is there already is recognised by its code (a version of a tariff by its first
day, a closure by its days) and becomes what the pack says; what the pack does not
name stays. Nothing is deleted, and a published version of a tariff never changes.
"""

from dataclasses import asdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from catalog.domain.pack import (
    CALENDAR,
    SERVICES,
    SHARED,
    TARIFFS,
    CalendarFacts,
    TariffFacts,
)
from catalog.domain.pack.calendar import ClosureFacts
from catalog.domain.pack.tariffs import VersionFacts
from catalog.gateways.public_holidays import public_holidays
from catalog.models import (
    CalendarPeriod,
    Closure,
    Service,
    SharedPlaces,
    Tariff,
    TariffVersion,
)
from catalog.services.pack_import import put_service, put_steps
from foundation.problems import Problem
from tenants.domain.packs import Pack
from tenants.models import Town

ONE_DAY = timedelta(days=1)


def fill_catalog(*, town: Town, pack: Pack, now: datetime) -> None:
    """Write the calendar, the tariffs (published) and the services of the pack."""
    _put_catalog(town=town, pack=pack, published_at=now)


def put_catalog(*, town: Town, pack: Pack) -> list[Problem]:
    """Put a pack's catalogue onto an open town; return what stands in the way.

    New versions of tariffs wait as drafts: a clerk publishes them. New closures
    cancel no session.
    """
    return _put_catalog(town=town, pack=pack, published_at=None)


def _put_catalog(
    *, town: Town, pack: Pack, published_at: datetime | None
) -> list[Problem]:
    put_calendar(pack.get(CALENDAR), locale=town.locale)
    problems = []
    for tariff in pack.get(TARIFFS):
        problems += _put_tariff(tariff, published_at=published_at)
    for shared in pack.get(SHARED):
        SharedPlaces.objects.update_or_create(code=shared.code, defaults=asdict(shared))
    zone = ZoneInfo(town.time_zone)
    for service in pack.get(SERVICES):
        found, refused = put_service(service, zone=zone)
        problems += refused
        put_closures(service.closures, service=found)
    services = pack.get(SERVICES)
    put_steps(services)
    return problems


def put_calendar(calendar: CalendarFacts, *, locale: str) -> None:
    """Write periods and closures; public holidays become closures with their name."""
    for period in calendar.periods:
        CalendarPeriod.objects.update_or_create(
            code=period.code, defaults=asdict(period)
        )
    put_closures(calendar.closures, service=None)
    if not calendar.periods:
        return
    first = min(period.from_on for period in calendar.periods)
    last = max(period.until_on for period in calendar.periods)
    years = range(first.year, last.year + 1)
    found = public_holidays(calendar.place, years=years, language=locale)
    put_closures(
        [
            ClosureFacts(None, day, day + ONE_DAY, name)
            for day, name in found.items()
            if first <= day < last
        ],
        service=None,
    )


def put_closures(
    closures: tuple[ClosureFacts, ...] | list[ClosureFacts], *, service: Service | None
) -> list[Closure]:
    """Write the closures that miss, of a service or of the whole town."""
    known = set(
        Closure.objects.filter(service=service).values_list(
            "from_on", "until_on", "reason"
        )
    )
    return Closure.objects.bulk_create(
        Closure(
            service=service,
            from_on=each.from_on,
            until_on=each.until_on,
            reason=each.reason,
        )
        for each in closures
        if (each.from_on, each.until_on, each.reason) not in known
    )


def _put_tariff(facts: TariffFacts, *, published_at: datetime | None) -> list[Problem]:
    values = {"name": facts.name}
    tariff, _new = Tariff.objects.update_or_create(code=facts.code, defaults=values)
    problems = []
    for version in facts.versions:
        place = f"tariffs[{facts.code}].versions[{version.effective_from}]"
        if not _put_version(tariff, version, published_at=published_at):
            problems.append(Problem(place, "published_never_changes"))
    return problems


def _put_version(
    tariff: Tariff, facts: VersionFacts, *, published_at: datetime | None
) -> bool:
    """Write a version that misses; return False when another one is published."""
    values = {
        "rules": dict(facts.rules),
        "vote_number": facts.vote_number,
        "voted_on": facts.voted_on,
    }
    there = tariff.versions.filter(effective_from=facts.effective_from)
    published = there.filter(published_at__isnull=False).first()
    if published is not None:
        return all(getattr(published, key) == value for key, value in values.items())
    if not there.filter(**values).exists():
        TariffVersion.objects.create(
            tariff=tariff,
            effective_from=facts.effective_from,
            published_at=published_at,
            **values,
        )
    return True
