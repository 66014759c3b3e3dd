"""How far a household is with a service."""

from datetime import date
from typing import Any

from django.dispatch import receiver

from catalog.domain.steps import Progress
from catalog.models import Service
from catalog.signals import progress_asked
from enrolment.enums import LISTED_REQUESTS, BookingStatus, RequestStatus
from enrolment.models import Access, AccessRequest, Booking
from families.models import Child, Household
from families.models.children import ChildQuerySet


@receiver(progress_asked, dispatch_uid="enrolment-progress")
def tell_progress(
    service: Service, household: Household, today: date, **_kwargs: Any
) -> Progress:
    """Tell what was done for a service, in four or five queries."""
    accesses = Access.objects.filter(household=household)
    before = service.comes_after
    asked = set(
        AccessRequest.objects.filter(
            household=household,
            service=service,
            status__in=[RequestStatus.SUBMITTED, *LISTED_REQUESTS],
        ).values_list("status", flat=True)
    )
    booked = Booking.objects.filter(
        household=household,
        session__activity__service=service,
        status=BookingStatus.BOOKED,
    )
    return Progress(
        has_children=_children(service, household).exists(),
        is_past_before=before is not None
        and accesses.on(today).filter(service=before).exists(),
        has_asked=RequestStatus.SUBMITTED in asked,
        is_listed=RequestStatus.LISTED in asked,
        is_offered=RequestStatus.OFFERED in asked,
        is_accepted=accesses.on(today).filter(service=service).exists(),
        has_booked=booked.exists(),
    )


def _children(service: Service, household: Household) -> ChildQuerySet:
    """Return the children that the service takes: born, or to be born too."""
    family = Child.objects.in_family(household)
    return family if service.takes_expected_children else family.born()
