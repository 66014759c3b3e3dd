"""Jobs of enrolment: places held too long go back to the other families."""

from contextlib import suppress

from django.utils import timezone
from django_tenants.utils import tenant_context
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from enrolment.models import Booking
from enrolment.services.holding import release_lapsed
from foundation.jobs.town import town_task
from foundation.town import enter_public
from tenants.models import Town

EVERYWHERE = "enrolment.tasks.free_lapsed_places_everywhere"


@town_task()
def free_lapsed_places() -> None:
    """Free what was held too long in one town."""
    release_lapsed(now=timezone.now())


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
