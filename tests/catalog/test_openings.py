"""When registration opens next, for families who ask for a number."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.models import Activity, RegistrationWindow, Service
from catalog.queries.openings import next_opening_of_registration
from families.queries.linking import next_opening

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
SOON, LATER = NOW + timedelta(days=1), NOW + timedelta(days=9)


@pytest.fixture
def closed(rochebelle):
    """A town where nothing opens."""
    RegistrationWindow.objects.all().delete()
    Service.objects.update(requests_open_at=None, bookings_open_at=None)
    return rochebelle


def test_without_an_opening_to_come_there_is_none(closed):
    Service.objects.update(bookings_open_at=NOW)

    assert next_opening_of_registration(now=NOW) is None


def test_the_first_of_windows_and_services_is_told_to_families(closed):
    Service.objects.update(bookings_open_at=LATER)
    activity = Activity.objects.filter(service__is_published=True).first()
    RegistrationWindow.objects.create(activity=activity, opens_at=SOON)

    assert next_opening(now=NOW) == SOON


def test_what_families_do_not_see_does_not_open(closed):
    Service.objects.update(bookings_open_at=SOON, is_published=False)

    assert next_opening(now=NOW) is None
