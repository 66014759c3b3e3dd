"""Jobs of enrolment: what lapses, what a cancelled session ends, legal clocks."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.dispatch import receiver
from django.utils import timezone
from django_tenants.utils import tenant_context
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from catalog.models import Session
from catalog.signals import days_closed, days_reopened, session_cancelled
from enrolment.models import Booking, TariffReplay
from enrolment.queries.clocks import is_something_to_do
from enrolment.services.cancelled_sessions import (
    end_bookings_of,
    end_bookings_of_days,
    tell_of_reopening,
)
from enrolment.services.clock_warnings import warn_departments
from enrolment.services.holding import release_lapsed
from enrolment.services.silence import apply_silence
from enrolment.services.waiting_list import expire_offers
from enrolment.services.what_if import work_out
from enrolment.signals import replay_asked
from foundation.jobs.town import town_task
from foundation.town import enter_public
from tenants.models import Town
from tenants.queries import current_town

EVERYWHERE = "enrolment.tasks.free_lapsed_places_everywhere"
CLOCKS = "enrolment.tasks.watch_clocks_everywhere"


@town_task()
def free_lapsed_places() -> None:
    """Free what was held too long in one town."""
    release_lapsed(now=timezone.now())


@town_task()
def end_bookings(*, session_id: int) -> None:
    """End the bookings of one cancelled session and tell the families."""
    zone = ZoneInfo(current_town().time_zone)
    end_bookings_of(session_id=session_id, now=timezone.now(), zone=zone)


@town_task()
def end_bookings_of_closed_days(*, session_ids: list[int]) -> None:
    """End the bookings of the days of a closure; one message a household."""
    zone = ZoneInfo(current_town().time_zone)
    end_bookings_of_days(session_ids=session_ids, now=timezone.now(), zone=zone)


@town_task()
def tell_days_reopened(*, closed_at: dict[str, str]) -> None:
    """Tell those who had a place on days that were closed."""
    moments = {int(key): datetime.fromisoformat(at) for key, at in closed_at.items()}
    tell_of_reopening(closed_at=moments)


@town_task()
def work_out_replay(*, replay_id: int) -> None:
    """Try a version of a tariff on a past period; nothing when it was deleted."""
    found = TariffReplay.objects.select_related("version", "asked_by")
    replay = found.filter(pk=replay_id).first()
    if replay is not None:
        work_out(replay, now=timezone.now())


@receiver(replay_asked, dispatch_uid="enrolment-replay-asked")
def queue_replay(replay_id: int, **_kwargs: Any) -> None:
    """Queue the work, in the transaction that asks for it."""
    work_out_replay.defer(replay_id=replay_id)


@receiver(days_closed, dispatch_uid="enrolment-closed-days-end")
def queue_closed_days(session_ids: list[int], **_kwargs: Any) -> None:
    """Queue the end of bookings, in the transaction of the closure."""
    end_bookings_of_closed_days.defer(session_ids=session_ids)


@receiver(days_reopened, dispatch_uid="enrolment-days-reopened")
def queue_reopened_days(closed_at: dict[int, datetime], **_kwargs: Any) -> None:
    """Queue the messages, in the transaction that lifts the closure."""
    tell_days_reopened.defer(
        closed_at={str(key): at.isoformat() for key, at in closed_at.items()}
    )


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


@town_task()
def watch_clocks() -> None:
    """Warn one town's departments, let silence decide, end offers left unanswered."""
    now = timezone.now()
    zone = ZoneInfo(current_town().time_zone)
    warn_departments(today=now.astimezone(zone).date())
    apply_silence(now=now)
    expire_offers(now=now, today=now.astimezone(zone).date())


@app.periodic(cron="4 * * * *")
@app.task(name=CLOCKS, queueing_lock=CLOCKS)
def watch_clocks_everywhere(timestamp: int) -> None:
    """Each hour, for midnight comes at its own hour in each town."""
    enter_public()
    now = timezone.now()
    try:
        for town in Town.objects.open():
            with tenant_context(town):
                today = now.astimezone(ZoneInfo(town.time_zone)).date()
                if is_something_to_do(today=today):
                    with suppress(AlreadyEnqueued):
                        watch_clocks.defer(queueing_lock="watch clocks")
    finally:
        enter_public()


def _ask() -> None:
    with suppress(AlreadyEnqueued):
        free_lapsed_places.defer(queueing_lock="free lapsed places")
