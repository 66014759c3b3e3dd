"""What a family may ask for: services by commune, and where a child stands in each."""

from django.db.models import Q, QuerySet

from catalog.models import Service
from enrolment.enums import LIVE_REQUESTS
from enrolment.models import Access, AccessRequest
from families.models import Child, Household
from tenants.townhall.models import Commune


def services_to_ask() -> QuerySet[Service]:
    """Return the published services that families ask for."""
    return (
        Service.objects.published()
        .filter(requires_access=True)
        .select_related("commune", "comes_after")
        .order_by("position", "name")
    )


def communes_to_ask() -> list[Commune]:
    """Return the communes that have such a service of their own."""
    offering = services_to_ask().filter(commune__isnull=False).order_by()
    return list(
        Commune.objects.filter(pk__in=offering.values("commune")).order_by(
            "position", "name"
        )
    )


def services_of_commune(commune: Commune | None, *, child: Child) -> list[Service]:
    """Return the services of a commune and those of the whole community.

    Without a commune, all of them. For a child to be born, the lists that take it.
    """
    offered = services_to_ask()
    if child.is_expected:
        offered = offered.filter(takes_expected_children=True)
    if commune is not None:
        offered = offered.filter(Q(commune=commune) | Q(commune=None))
    return list(offered)


def find_service_to_ask(code: str) -> Service | None:
    """Return a service that families ask for, by its code."""
    return services_to_ask().filter(code=code).first()


def open_requests_by_service(
    household: Household, child: Child
) -> dict[int, AccessRequest]:
    """Return the child's undecided requests, by service."""
    found = AccessRequest.objects.filter(
        household=household, child=child, status__in=LIVE_REQUESTS
    )
    return {request.service_id: request for request in found}


def accesses_by_service(household: Household, child: Child) -> dict[int, Access]:
    """Return the child's last access to each service."""
    found = Access.objects.filter(household=household, child=child)
    return {access.service_id: access for access in found.order_by("from_on")}
