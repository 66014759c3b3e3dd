"""A household's bookings and orders. Nothing of another household is returned."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from catalog.enums import ActivityKind
from catalog.models import Activity
from enrolment.enums import BookingStatus
from enrolment.models import Access, Booking, Order
from families.models import Child, Household

_ALONG = ("child", "session__activity__service", "order")


def bookings_of(household: Household) -> QuerySet[Booking]:
    """Return a household's bookings with what a list shows of them, in one query."""
    return (
        Booking.objects.filter(household=household)
        .select_related(*_ALONG)
        .defer("trace", "split")
    )


def upcoming_of(household: Household, *, today: date) -> QuerySet[Booking]:
    """Return what is booked from today on, the next first."""
    return (
        bookings_of(household)
        .filter(status=BookingStatus.BOOKED, session__ends_on__gte=today)
        .order_by(
            "session__starts_on", "session__start_time", "child__birth_date", "pk"
        )
    )


def next_and_held(
    household: Household, *, now: datetime, today: date, most: int
) -> list[Booking]:
    """Return the next days booked, at most so many, and all the basket: one query."""
    first = upcoming_of(household, today=today).values("pk")[:most]
    held = Q(status=BookingStatus.HELD, held_until__gt=now)
    return list(
        bookings_of(household)
        .filter(Q(pk__in=first) | held)
        .order_by(
            "session__starts_on", "session__start_time", "child__birth_date", "pk"
        )
    )


def history_of(household: Household, *, today: date) -> QuerySet[Booking]:
    """Return what is over or cancelled, the latest first."""
    over = Q(status=BookingStatus.BOOKED, session__ends_on__lt=today)
    return (
        bookings_of(household)
        .filter(over | Q(status=BookingStatus.CANCELLED))
        .order_by("-session__starts_on", "-session__start_time", "pk")
    )


def get_booking(household: Household, public_id: UUID) -> Booking:
    """Return one booking; raises Http404 for another household's, as for none."""
    return get_object_or_404(
        Booking.objects.filter(household=household).select_related(*_ALONG),
        public_id=public_id,
    )


def get_order(household: Household, public_id: UUID) -> Order:
    """Return one order; raises Http404 for another household's, as for none."""
    return get_object_or_404(Order, household=household, public_id=public_id)


def bookings_in(order: Order) -> QuerySet[Booking]:
    """Return the places of an order, in the order of their days."""
    return (
        Booking.objects.filter(order=order)
        .select_related("child", "session__activity__service")
        .order_by(
            "session__starts_on", "session__start_time", "child__birth_date", "pk"
        )
    )


def booked_in(
    household: Household, activity: Activity, public_ids: Collection[UUID]
) -> list[Booking]:
    """Return bookings of an activity that may be cancelled, among some ids."""
    if not public_ids:
        return []
    return list(
        bookings_of(household).filter(
            status=BookingStatus.BOOKED,
            session__activity=activity,
            public_id__in=public_ids,
        )
    )


@dataclass(frozen=True, slots=True)
class Bookable:
    """An activity, and the children accepted in it; all of them without access."""

    activity: Activity
    children: list[Child]

    @property
    def is_course(self) -> bool:
        """Whether it is booked as a whole."""
        return self.activity.kind == ActivityKind.COURSE


def bookable_by(household: Household, *, today: date) -> list[Bookable]:
    """Return the activities a household may book, in three queries.

    An access that only begins later counts: one may book ahead.
    """
    children = list(Child.objects.of(household))
    accepted = Access.objects.filter(
        Q(until_on=None) | Q(until_on__gt=today), household=household
    ).values_list("service_id", "child_id")
    by_service: dict[int, set[int]] = {}
    for service_id, child_id in accepted:
        by_service.setdefault(service_id, set()).add(child_id)
    activities = (
        Activity.objects.filter(
            Q(service__in=by_service) | Q(service__requires_access=False),
            service__is_published=True,
        )
        .select_related("service")
        .order_by("service__position", "service__name", "position", "name")
    )
    found = (
        Bookable(each, _accepted(each, children, by_service)) for each in activities
    )
    return [each for each in found if each.children]


def latest_order(household: Household, *, since: datetime) -> Order | None:
    """Return what the household confirmed last, if it was not long ago."""
    orders = Order.objects.filter(household=household, placed_at__gte=since)
    return orders.order_by("-placed_at").first()


def _accepted(
    activity: Activity, children: list[Child], by_service: dict[int, set[int]]
) -> list[Child]:
    if not activity.service.requires_access:
        return children
    known = by_service.get(activity.service_id, set())
    return [child for child in children if child.pk in known]
