"""How far a household is with a service."""

from datetime import date
from typing import Any

from django.dispatch import receiver

from catalog.domain.steps import Progress
from catalog.models import Service
from catalog.signals import progress_asked
from enrolment.enums import BookingStatus, RequestStatus
from enrolment.models import Access, AccessRequest, Booking
from families.models import Child, Household


@receiver(progress_asked, dispatch_uid="enrolment-progress")
def tell_progress(
    service: Service, household: Household, today: date, **_kwargs: Any
) -> Progress:
    """Tell what was done for a service: four queries."""
    accesses = Access.objects.filter(household=household, service=service)
    asked = AccessRequest.objects.filter(
        household=household, service=service, status=RequestStatus.SUBMITTED
    )
    booked = Booking.objects.filter(
        household=household,
        session__activity__service=service,
        status=BookingStatus.BOOKED,
    )
    return Progress(
        has_children=Child.objects.of(household).exists(),
        has_asked=asked.exists(),
        is_accepted=accesses.on(today).exists(),
        has_booked=booked.exists(),
    )
