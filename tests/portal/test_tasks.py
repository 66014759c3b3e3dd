"""What is over is swept from every town."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from foundation.cache.models import CacheEntry
from foundation.town import current_schema
from portal.tasks import sweep_everywhere


def fill(day_of_end):
    key = f"k{day_of_end:%d%H}"
    CacheEntry.objects.update_or_create(
        cache_key=key, defaults={"value": "1", "expires": day_of_end}
    )
    account = Account.objects.create_user(f"{key}@example.com", "x")
    Session.objects.create(session_key=key, session_data="", expire_date=day_of_end)
    UserSession.objects.create(
        user=account, session_key=key, ip="192.0.2.1", user_agent="x"
    )
    return key


def test_counts_and_sessions_that_are_over_leave_every_town(rochebelle, etangs):
    now = timezone.now()
    kept = fill(now + timedelta(days=1))
    over = fill(now - timedelta(days=2))
    with tenant_context(etangs):
        there = fill(now - timedelta(days=2))

    sweep_everywhere(timestamp=0)

    assert current_schema() == "public"
    for town, key, stays in (
        (rochebelle, kept, 1),
        (rochebelle, over, 0),
        (etangs, there, 0),
    ):
        with tenant_context(town):
            assert CacheEntry.objects.filter(cache_key=key).count() == stays
            assert Session.objects.filter(session_key=key).count() == stays
            assert UserSession.objects.filter(session_key=key).count() == stays
