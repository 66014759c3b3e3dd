"""Lapsed places are freed town by town, by jobs that name their town."""

import json
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context

from enrolment.models import Booking
from enrolment.tasks import free_lapsed_places, free_lapsed_places_everywhere
from foundation.town import current_schema
from tests.enrolment.booking_builders import accepted_family, course, hold, seats

SWIMMING = "Natation 6-10 ans"


def waiting() -> list[dict[str, object]]:
    """Return the arguments of the jobs that wait to free places."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args::text FROM public.procrastinate_jobs"
            " WHERE task_name = 'enrolment.tasks.free_lapsed_places'"
        )
        return [json.loads(arguments) for (arguments,) in cursor.fetchall()]


def test_only_towns_where_something_lapsed_get_a_job(rochebelle, etangs):
    hold(accepted_family(), "natation", course(SWIMMING))
    Booking.objects.update(held_until=timezone.now() - timedelta(minutes=1))

    free_lapsed_places_everywhere(timestamp=0)

    assert current_schema() == "public"
    assert waiting() == [{"town": rochebelle.schema_name}]


def test_the_job_frees_the_places(rochebelle):
    hold(accepted_family(), "natation", course(SWIMMING))
    Booking.objects.update(held_until=timezone.now() - timedelta(minutes=1))

    free_lapsed_places.run(town=rochebelle.schema_name)

    with tenant_context(rochebelle):
        assert seats(course(SWIMMING)) == 0
        assert Booking.objects.get().status == "expired"
