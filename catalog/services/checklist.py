"""What is missing before services open: prices, sessions, dates, proofs, régie, texts.

Every check is read for all the services at once: as many queries for thirty services
as for one. Billing and the pages add their own lines through a signal.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from catalog.domain.checklist import Gap
from catalog.enums import ActivityKind, PeriodKind
from catalog.models import (
    Activity,
    CalendarPeriod,
    Closure,
    RegistrationWindow,
    Requirement,
    Service,
    Session,
    TariffVersion,
)
from catalog.signals import services_checked


@dataclass(frozen=True, slots=True)
class _Known:
    """What is read once for all."""

    today: date
    first_prices: Mapping[int, date]
    proofs: Mapping[int, int]
    closed: Collection[int]
    has_school_year: bool


def check_services(
    services: Collection[Service], *, today: date
) -> dict[int, list[Gap]]:
    """Return the gaps of each service, the blocking ones first."""
    ids = [each.pk for each in services]
    known = _read(ids, today)
    activities = _activities(ids, today)
    found: dict[int, list[Gap]] = {
        each.pk: [
            *_of_service(each, known),
            *_of_activities(each, activities[each.pk], known),
        ]
        for each in services
    }
    for _who, more in services_checked.send(sender=Service, services=services):
        theirs: Any = more
        for pk, gaps in theirs.items():
            found[pk] += gaps
    return {pk: sorted(gaps, key=_advice_last) for pk, gaps in found.items()}


def gaps_of(service: Service, *, today: date) -> list[Gap]:
    """Return the gaps of one service."""
    return check_services([service], today=today)[service.pk]


def _read(ids: list[int], today: date) -> _Known:
    published = TariffVersion.objects.filter(published_at__isnull=False)
    prices = published.filter(tariff__activities__service__in=ids)
    first = prices.values("tariff").annotate(first=Min("effective_from"))
    asked = Requirement.objects.filter(service__in=ids).values("service")
    years = CalendarPeriod.objects.filter(kind=PeriodKind.SCHOOL_YEAR)
    return _Known(
        today,
        {row["tariff"]: row["first"] for row in first},
        {row["service"]: row["count"] for row in asked.annotate(count=Count("pk"))},
        _closed(ids, today),
        years.filter(until_on__gt=today).exists(),
    )


def _closed(ids: list[int], today: date) -> set[int]:
    """Return the activities that have a session on a day of closure."""
    sessions = Session.objects.not_cancelled().filter(
        activity__service__in=ids,
        activity__kind=ActivityKind.DATED,
        starts_on__gte=today,
    )
    own = Closure.objects.filter(
        from_on__lte=OuterRef("starts_on"), until_on__gt=OuterRef("starts_on")
    )
    town = Subquery(own.filter(service=None).values("pk")[:1])
    its = Subquery(own.filter(service=OuterRef("activity__service")).values("pk")[:1])
    closed = sessions.annotate(shut=Coalesce(town, its)).exclude(shut=None)
    return set(closed.values_list("activity", flat=True))


def _activities(ids: list[int], today: date) -> Mapping[int, list[Activity]]:
    coming = Session.objects.not_cancelled().filter(
        activity=OuterRef("pk"), ends_on__gte=today
    )
    rows = (
        Activity.objects.filter(service__in=ids)
        .annotate(
            next_on=Subquery(coming.order_by("starts_on").values("starts_on")[:1])
        )
        .prefetch_related(
            Prefetch("windows", RegistrationWindow.objects.order_by("pk"))
        )
        .order_by("position", "name")
    )
    by_service: dict[int, list[Activity]] = defaultdict(list)
    for each in rows:
        by_service[each.service_id].append(each)
    return by_service


def _of_service(service: Service, known: _Known) -> Iterator[Gap]:
    mine = reverse("services:edit", args=[service.pk])
    if service.requires_access and not known.proofs.get(service.pk):
        yield Gap(_("No proof is asked for with a request."), mine)
    if not service.summary:
        yield Gap(_("Families read no summary of this service."), mine)
    if not service.department.reply_to:
        address = reverse("departments:edit", args=[service.department_id])
        yield Gap(_("Messages of the department have no address for answers."), address)
    if not known.has_school_year:
        address = reverse("catalog_staff:add_school_year")
        yield Gap(_("The calendar has no school year from today on."), address)


def _of_activities(
    service: Service, activities: list[Activity], known: _Known
) -> Iterator[Gap]:
    """Yield the gaps of activities; a service that is only asked for needs none."""
    if not activities:
        address = reverse("activities:add")
        text = _("Nothing can be booked: add an activity.")
        if service.requires_access:
            text = _("Nothing is booked here: families only send requests.")
        yield Gap(text, address, is_blocking=not service.requires_access)
    for each in activities:
        yield from _of_activity(each, known)


def _of_activity(activity: Activity, known: _Known) -> Iterator[Gap]:
    mine = reverse("activities:edit", args=[activity.pk])
    about = {"activity": activity.name}
    yield from _of_sessions(activity, known)
    yield from _of_prices(activity, known)
    windows = list(activity.windows.all())
    if windows and all(_is_over(each, known.today) for each in windows):
        text = _("%(activity)s: registration is over, and no new period is set.")
        yield Gap(text % about, mine, is_blocking=True)
    if activity.booking_deadline.get("rule", "none") == "none":
        text = _("%(activity)s: families may book until it begins. Set a deadline?")
        yield Gap(text % about, mine)


def _is_over(window: RegistrationWindow, today: date) -> bool:
    return window.closes_at is not None and localdate(window.closes_at) < today


def _of_sessions(activity: Activity, known: _Known) -> Iterator[Gap]:
    about = {"activity": activity.name}
    if activity.next_on is None:
        address = reverse("sessions:add")
        if activity.kind == ActivityKind.DATED:
            address = reverse("catalog_staff:make_sessions")
            address = f"{address}?activity={activity.public_id}"
        text = _("%(activity)s: no session ahead.")
        yield Gap(text % about, address, is_blocking=True)
    if activity.pk in known.closed:
        text = _("%(activity)s: sessions fall on days of closure.")
        yield Gap(text % about, reverse("closures:index"))


def _of_prices(activity: Activity, known: _Known) -> Iterator[Gap]:
    first = known.first_prices.get(activity.tariff_id)
    needed = activity.next_on or known.today
    if first is None or first > needed:
        text = _("%(activity)s: no published price on the day of its first session.")
        about = {"activity": activity.name}
        yield Gap(text % about, reverse("catalog_staff:tariffs"), is_blocking=True)


def _advice_last(gap: Gap) -> bool:
    return not gap.is_blocking
