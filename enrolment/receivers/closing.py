"""What a family has asked for or booked, when it wants to close its account."""

from datetime import date
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _, ngettext

from enrolment.models import AccessRequest
from enrolment.queries.bookings import upcoming_of
from families.models import Household
from families.signals import account_closing


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
