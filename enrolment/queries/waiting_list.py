"""Waiting lists: who is on them, in which order, and one's own rank.

The most points of the situation come first, then the oldest request. A rank counts the
whole list of the service, whoever looks, and says nothing of anybody else.
"""

from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from catalog.models import Service
from enrolment.enums import OfferState, RequestStatus
from enrolment.models import AccessRequest, PlaceOffer
from tenants.domain.scope import Scope


def waiting_list(service: Service) -> QuerySet[AccessRequest]:
    """Return who waits for a place, or has one offered, in the order of the list."""
    return _in_order(AccessRequest.objects.listed().filter(service=service))


def ranks_in(service: Service) -> dict[int, int]:
    """Return the rank of each request that waits, from 1: one query."""
    waits = waiting_list(service).filter(status=RequestStatus.LISTED)
    return {pk: rank for rank, pk in enumerate(waits.values_list("pk", flat=True), 1)}


def rank_of(request: AccessRequest) -> int | None:
    """Return the rank of a request, None when it does not wait for a place."""
    if request.status != RequestStatus.LISTED:
        return None
    points = request.situation.points if request.situation else 0
    older = Q(submitted_at__lt=request.submitted_at) | Q(
        submitted_at=request.submitted_at, pk__lt=request.pk
    )
    ahead = waiting_list(request.service).filter(
        Q(points__gt=points) | Q(points=points) & older, status=RequestStatus.LISTED
    )
    return ahead.count() + 1


def counts_points(service: Service) -> bool:
    """Tell whether a situation of the service gives points."""
    return service.situations.filter(points__gt=0).exists()


def lists_in(scope: Scope) -> QuerySet[Service]:
    """Return the services of a clerk that keep a list, with how many wait there."""
    waits = Q(access_requests__status=RequestStatus.LISTED)
    offered = Q(access_requests__status=RequestStatus.OFFERED)
    return (
        Service.objects.in_scope(scope)
        .filter(keeps_waiting_list=True)
        .select_related("commune")
        .annotate(
            waits=Count("access_requests", filter=waits),
            offered=Count("access_requests", filter=offered),
        )
        .order_by("position", "name")
    )


def rows_of_list(service: Service, scope: Scope) -> QuerySet[AccessRequest]:
    """Return the part of a list that a clerk may see, with the offers made."""
    offers = PlaceOffer.objects.order_by("-made_at", "-id")
    seen = AccessRequest.objects.listed().in_scope(scope).filter(service=service)
    return (
        _in_order(seen)
        .select_related("child", "situation", "household")
        .prefetch_related(Prefetch("offers", offers))
    )


def find_open_offer(request: AccessRequest) -> PlaceOffer | None:
    """Return the place offered that waits for the family's answer."""
    return request.offers.filter(state=OfferState.OPEN).first()


def offers_over(*, today: date) -> QuerySet[PlaceOffer]:
    """Return the offers whose last day to answer has passed, the oldest first."""
    over = PlaceOffer.objects.filter(state=OfferState.OPEN, answer_by__lt=today)
    return over.order_by("answer_by", "id")


def _in_order(found: QuerySet[AccessRequest]) -> QuerySet[AccessRequest]:
    return found.annotate(points=Coalesce(F("situation__points"), 0)).order_by(
        "-points", "submitted_at", "id"
    )
