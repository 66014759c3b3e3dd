"""The catalogue as anybody reads it, without an account: what is published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from catalog.enums import ActivityKind
from catalog.models import (
    Activity,
    RegistrationWindow,
    Requirement,
    Service,
    Session,
    Situation,
    TariffVersion,
)
from tenants.townhall.models import Commune

_ASKED = ("proof_type", "situation", "only_if_proof")


@dataclass(frozen=True, slots=True)
class Group:
    """The services of a commune; without one, those of the whole community."""

    commune: Commune | None
    services: tuple[Service, ...]


def services_shown() -> QuerySet[Service]:
    """Return the published services with their activities, in two queries."""
    return (
        Service.objects.published()
        .select_related("commune", "department")
        .prefetch_related(Prefetch("activities", _in_order(Activity.objects.all())))
        .order_by("position", "name")
    )


def services_with_documents() -> QuerySet[Service]:
    """Return the published services that ask for documents, in two queries."""
    asked = _in_order(Requirement.objects.select_related(*_ASKED))
    return (
        Service.objects.published()
        .filter(requirements__isnull=False)
        .distinct()
        .select_related("commune")
        .prefetch_related(Prefetch("requirements", asked))
        .order_by("position", "name")
    )


def grouped(services: Iterable[Service]) -> list[Group]:
    """Group services by commune in the town's order, the community's own first.

    Where one commune at most has services, there is nothing to group.
    """
    services = list(services)
    if len({service.commune_id for service in services} - {None}) < 2:
        return [Group(None, tuple(services))] if services else []
    by_commune: dict[Commune | None, list[Service]] = {}
    for service in services:
        by_commune.setdefault(service.commune, []).append(service)
    return [
        Group(commune, tuple(by_commune[commune]))
        for commune in sorted(by_commune, key=_place)
    ]


def get_service_shown(
    code: str, *, on: date, among: QuerySet[Service] | None = None
) -> Service:
    """Return a published service with all that its page shows, or raise Http404.

    `among` widens it to services that families do not see yet, for a preview.

    Courses come with their sessions that are not over; tariffs with the versions
    published so far, the latest first, those still to come among them.
    """
    sessions = Session.objects.not_cancelled().filter(
        activity__kind=ActivityKind.COURSE, ends_on__gte=on
    )
    versions = TariffVersion.objects.published(on=on)
    listed = Activity.objects.select_related("tariff", "shared_places")
    activities = _in_order(listed).prefetch_related(
        Prefetch("sessions", sessions.order_by("starts_on", "start_time", "name")),
        Prefetch("tariff__versions", versions),
        Prefetch("windows", RegistrationWindow.objects.order_by("opens_at")),
    )
    services = Service.objects.published() if among is None else among
    asked = _in_order(Requirement.objects.select_related(*_ASKED))
    service = (
        services.select_related("commune", "department")
        .prefetch_related(
            Prefetch("activities", activities),
            Prefetch("situations", _in_order(Situation.objects.all())),
            Prefetch("requirements", asked),
        )
        .filter(code=code)
        .first()
    )
    if service is None:
        raise Http404
    return service


def version_in_force(activity: Activity) -> TariffVersion | None:
    """Return the version that applies, of an activity read by `get_service_shown`."""
    begun = (each for each in activity.tariff.versions.all() if each.applies)  # type: ignore[attr-defined] # Annotated.
    return next(begun, None)


def version_on(activity: Activity, day: date) -> TariffVersion | None:
    """Return the version that applies on a day, of an activity read likewise."""
    versions = activity.tariff.versions.all()
    return next((each for each in versions if each.effective_from <= day), None)


def first_day_of_prices(activity: Activity, *, after: date) -> date | None:
    """Return the first day after another on which a version starts, or None."""
    starts = [each.effective_from for each in activity.tariff.versions.all()]
    return min((each for each in starts if each > after), default=None)


def _place(commune: Commune | None) -> tuple[int, str]:
    return (-1, "") if commune is None else (commune.position, commune.name)


def _in_order(records: QuerySet) -> QuerySet:  # type: ignore[type-arg] # Of any model.
    return records.order_by("position", "id")
