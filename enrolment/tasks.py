"""Jobs of enrolment: places held too long, and bookings of a cancelled session, end."""

from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from django.dispatch import receiver
from django.utils import timezone
from django_tenants.utils import tenant_context
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from catalog.models import Session
from catalog.signals import session_cancelled
from enrolment.models import Booking
from enrolment.services.cancelled_sessions import end_bookings_of
from enrolment.services.holding import release_lapsed
from foundation.jobs.town import town_task
from foundation.town import enter_public
from tenants.models import Town
from tenants.queries import current_town

EVERYWHERE = "enrolment.tasks.free_lapsed_places_everywhere"


@town_task()
def free_lapsed_places() -> None:
    """Free what was held too long in one town."""
    release_lapsed(now=timezone.now())


@town_task()
def end_bookings(*, session_id: int) -> None:
    """End the bookings of one cancelled session and tell the families."""
    zone = ZoneInfo(current_town().time_zone)
    end_bookings_of(session_id=session_id, now=timezone.now(), zone=zone)


@receiver(session_cancelled, dispatch_uid="enrolment-bookings-end")
def queue_endings(session: Session, **_kwargs: Any) -> None:
    """Queue the end of a session's bookings, in the transaction that cancels it."""
    end_bookings.defer(lock=f"session-{session.pk}", session_id=session.pk)


@app.periodic(cron="*/5 * * * *")
@app.task(name=EVERYWHERE, queueing_lock=EVERYWHERE)
def free_lapsed_places_everywhere(timestamp: int) -> None:
    """Ask each open town where something lapsed to free it, once at a time.

    A hold statement frees the lapsed places of the sessions it wants by itself: this
    only keeps the counts that people read from lagging.
    """
    enter_public()
    now = timezone.now()
    try:
        for town in Town.objects.open():
            with tenant_context(town):
                if Booking.objects.lapsed(now=now).exists():
                    _ask()
    finally:
        enter_public()


def _ask() -> None:
    with suppress(AlreadyEnqueued):
        free_lapsed_places.defer(queueing_lock="free lapsed places")
