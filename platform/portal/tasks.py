"""Jobs of the roof: what is over is swept away, town by town."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django_tenants.utils import tenant_context
from procrastinate.contrib.django import app

from foundation.cache.models import CacheEntry
from foundation.town import enter_public
from tenants.models import Town

EVERYWHERE = "portal.tasks.sweep_everywhere"


@app.periodic(cron="23 * * * *")
@app.task(name=EVERYWHERE, queueing_lock=EVERYWHERE)
def sweep_everywhere(timestamp: int) -> None:
    """Sweep each open town and the platform's own schema, every hour.

    The cache drops what is over only once it is full, and then it must not have to.
    """
    enter_public()
    now = timezone.now()
    try:
        sweep(now=now)
        for town in Town.objects.open():
            with tenant_context(town):
                sweep(now=now)
    finally:
        enter_public()


@transaction.atomic
def sweep(*, now: datetime) -> None:
    """Forget counts, sessions and devices of the current schema that are over."""
    CacheEntry.objects.filter(expires__lt=now).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    alive = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
