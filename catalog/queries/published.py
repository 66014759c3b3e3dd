"""The published catalogue as other software reads it: services, sessions, tariffs."""

from datetime import date

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from catalog.models import (
    Activity,
    Requirement,
    Service,
    Session,
    Situation,
    TariffVersion,
)


def get_service_described(code: str) -> Service:
    """Return a published service, its situations, proofs and activities.

    Five queries. Raises Http404 for a hidden service as for none.
    """
    asked = Requirement.objects.select_related("proof_type", "situation")
    return get_object_or_404(
        Service.objects.published()
        .select_related("commune", "department")
        .prefetch_related(
            Prefetch("situations", Situation.objects.order_by("position", "id")),
            Prefetch("requirements", asked.order_by("position", "id")),
            Prefetch("activities", Activity.objects.order_by("position", "id")),
        ),
        code=code,
    )


def find_activity_published(code: str) -> Activity | None:
    """Return an activity of a published service with that service, or None."""
    return (
        Activity.objects.filter(service__is_published=True, code=code)
        .select_related("service")
        .first()
    )


def sessions_published(
    activity: Activity, *, first: date, until: date | None
) -> QuerySet[Session]:
    """Return the sessions with a day in a half-open period, without those cancelled.

    Without `until`, all that end on the first day or later.
    """
    found = activity.sessions.filter(cancelled_at=None, ends_on__gte=first)
    if until is not None:
        found = found.filter(starts_on__lt=until)
    return found.order_by("starts_on", "start_time", "name", "id")


def find_version(activity: Activity, *, on: date) -> TariffVersion | None:
    """Return the version of an activity's tariff in force on a day, if any."""
    versions = TariffVersion.objects.filter(tariff=activity.tariff_id)
    return versions.in_force(on=on).first()
