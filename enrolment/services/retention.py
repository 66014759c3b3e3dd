"""What requests and bookings keep too long, and what stays of them once erased."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models

from enrolment.enums import RequestStatus
from enrolment.models import AccessRequest, Booking, LatePickup
from families.services.privacy.rules import Act, Finder

Rows = models.QuerySet[Any]


def _drafts(limit: datetime, _now: datetime) -> Rows:
    """Find requests begun before a moment and never sent."""
    return AccessRequest.objects.filter(
        status=RequestStatus.DRAFT, created_at__lt=limit
    )


def _remove(rows: Rows, _limit: datetime, _act: Act) -> object:
    return rows.delete()


def forget_facts_of_prices(households: Collection[int]) -> None:
    """Take out of billed bookings what a price was made from: quotient, age, home.

    The invoice keeps its own copy, which the accounts need; the amount stays.
    """
    Booking.objects.filter(household__in=households).update(trace={})
    late = LatePickup.objects.filter(booking__household__in=households)
    late.update(trace={})


FINDERS = {"drafts": Finder(_drafts, "created_at", _remove)}
