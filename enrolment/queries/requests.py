"""Reads of access requests. Nothing of another household is ever returned."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from catalog.enums import PeriodKind
from catalog.models import Activity, CalendarPeriod, Service
from enrolment.enums import RequestStatus
from enrolment.models import Access, AccessRequest
from families.models import Child, Household
from foundation.journal.models import Entry
from foundation.periods import school_year_of
from foundation.references import tidy_reference
from tenants.domain.scope import Scope

_READ_ALONG = (
    "child",
    "service__commune",
    "service__department",
    "situation",
    "access",
)
# Whether there is something to book in the service, once accepted.
_IS_BOOKED = Exists(Activity.objects.filter(service=OuterRef("service")))


def requests_of(household: Household) -> QuerySet[AccessRequest]:
    """Return a household's requests, newest first, with what a list shows of them."""
    return (
        AccessRequest.objects.filter(household=household)
        .select_related(*_READ_ALONG)
        .annotate(is_booked=_IS_BOOKED)
        .order_by("-created_at", "-id")
    )


def get_request(household: Household, public_id: UUID) -> AccessRequest:
    """Return a request of the household.

    Raises Http404 for any other request, exactly as for one that does not exist.
    """
    return get_object_or_404(
        AccessRequest.objects.filter(household=household)
        .select_related("household", *_READ_ALONG)
        .annotate(is_booked=_IS_BOOKED),
        public_id=public_id,
    )


def find_by_tracking_number(household: Household, typed: str) -> AccessRequest | None:
    """Return the household's request of this number, however it was typed."""
    return (
        AccessRequest.objects.filter(
            household=household, tracking_number=tidy_reference(typed)
        )
        .exclude(status=RequestStatus.DRAFT)
        .first()
    )


def accesses_of(household: Household, *, on: date) -> QuerySet[Access]:
    """Return the accesses that hold on a day or start later."""
    return (
        Access.objects.filter(
            Q(until_on=None) | Q(until_on__gt=on), household=household
        )
        .select_related("child", "service__commune", "situation")
        .order_by("child__birth_date", "service__position", "from_on")
    )


def find_latest_access(
    *, household: Household, child: Child, service: Service, on: date
) -> Access | None:
    """Return the access that ends last, among those that hold on a day or later."""
    known = accesses_of(household, on=on).filter(child=child, service=service)
    return known.order_by("-from_on").first()


def season_end(day: date) -> date:
    """Return the first day after the town's school year that holds a day."""
    written = CalendarPeriod.objects.filter(
        kind=PeriodKind.SCHOOL_YEAR, from_on__lte=day, until_on__gt=day
    ).first()
    return written.until_on if written else _end_of_school_year(day)


def history_of(request: AccessRequest) -> QuerySet[Entry]:
    """Return what happened to a request, oldest first, with who did it."""
    about = Entry.objects.about(AccessRequest._meta.label_lower, request.public_id)  # noqa: SLF001 - _meta is public in practice.
    return about.select_related("actor")


def count_waiting(scope: Scope) -> int:
    """Return how many requests wait for a clerk."""
    return AccessRequest.objects.waiting().in_scope(scope).count()


def _end_of_school_year(day: date) -> date:
    until = school_year_of(day).until
    assert until is not None  # noqa: S101 - a school year always ends.
    return until
