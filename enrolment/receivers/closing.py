"""What a family has asked for or booked, when it wants to close its account."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.utils.translation import gettext as _, ngettext

from enrolment.models import Access, AccessRequest, Booking
from enrolment.queries.bookings import upcoming_of
from enrolment.services.retention import forget_facts_of_prices
from families.models import Household
from families.signals import (
    account_closing,
    children_in_use_asked,
    ending_with_file_asked,
    households_erased,
    households_in_use_asked,
)


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
    listed = AccessRequest.objects.listed().filter(household=household).exists()
    if listed:
        reasons.append(_("Your child waits for a place: leave the waiting list first."))
    if waiting:
        reasons.append(_("A request of yours waits for its answer: withdraw it first."))
    return reasons


@receiver(households_in_use_asked, dispatch_uid="enrolment-in-use")
def tell_who_books(since: datetime, **_kwargs: Any) -> list[QuerySet[Any]]:
    """Name who asked or booked since then, or has a day to come."""
    return [
        AccessRequest.objects.filter(submitted_at__gte=since).values("household"),
        AccessRequest.objects.waiting().values("household"),
        AccessRequest.objects.listed().values("household"),
        Booking.objects.filter(
            Q(booked_at__gte=since) | Q(session__ends_on__gte=since.date())
        ).values("household"),
    ]


@receiver(children_in_use_asked, dispatch_uid="enrolment-children")
def tell_who_comes(
    since: datetime, now: datetime, **_kwargs: Any
) -> list[QuerySet[Any]]:
    """Name the children who are accepted somewhere, or who came since then."""
    may_come = Q(until_on=None) | Q(until_on__gt=now.date())
    return [
        Access.objects.filter(may_come).values("child"),
        AccessRequest.objects.listed().values("child"),
        Booking.objects.seated()
        .filter(session__ends_on__gte=since.date())
        .values("child"),
    ]


@receiver(ending_with_file_asked, dispatch_uid="enrolment-accesses")
def tell_what_ends(household: Household, today: date, **_kwargs: Any) -> list[str]:
    """Name the services that children of a family are accepted in."""
    held = Access.objects.on(today).filter(household=household)
    rows = {
        (each.child.called, each.service.name)
        for each in held.select_related("child", "service")
    }
    said = _("%(child)s's place in %(service)s ends with the file.")
    return [said % {"child": each[0], "service": each[1]} for each in sorted(rows)]


@receiver(households_erased, dispatch_uid="enrolment-erased")
def forget_facts(households: list[int], **_kwargs: Any) -> None:
    """Keep the amounts of what was billed, not what they were made from."""
    forget_facts_of_prices(households)
