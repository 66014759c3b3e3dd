"""What a family has asked for or booked, when it wants to close its account."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.utils.translation import gettext as _, ngettext

from enrolment.models import AccessRequest, Booking
from enrolment.queries.bookings import upcoming_of
from families.models import Household
from families.signals import account_closing, households_in_use_asked


@receiver(account_closing, dispatch_uid="enrolment-booked")
def ask_to_cancel_first(household: Household, today: date, **_kwargs: Any) -> list[str]:
    """Name what is booked from today on, and what still waits for an answer."""
    reasons = []
    booked = upcoming_of(household, today=today).count()
    if booked:
        reasons.append(
            ngettext(
                "You have %(count)s booking to come: cancel it first.",
                "You have %(count)s bookings to come: cancel them first.",
                booked,
            )
            % {"count": booked}
        )
    waiting = AccessRequest.objects.waiting().filter(household=household).count()
    if waiting:
        reasons.append(_("A request of yours waits for its answer: withdraw it first."))
    return reasons


@receiver(households_in_use_asked, dispatch_uid="enrolment-in-use")
def tell_who_books(since: datetime, **_kwargs: Any) -> list[QuerySet[Any]]:
    """Name who asked or booked since then, or has a day to come."""
    return [
        AccessRequest.objects.filter(submitted_at__gte=since).values("household"),
        AccessRequest.objects.waiting().values("household"),
        Booking.objects.filter(
            Q(booked_at__gte=since) | Q(session__ends_on__gte=since.date())
        ).values("household"),
    ]
