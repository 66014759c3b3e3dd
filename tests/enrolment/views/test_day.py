"""The list of the day, for those who take attendance."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django_tenants.utils import tenant_context

from enrolment.models import Booking
from foundation.journal.models import Entry
from tests.enrolment.booking_builders import (
    accepted_family,
    activity,
    book,
    lunch,
    missing,
)
from tests.enrolment.request_builders import make_clerk, sign_in

pytestmark = pytest.mark.usefixtures("clock")

DAY = "2026-11-24"


def attendant() -> Client:
    clerk = make_clerk("pointage@mairie.example")
    clerk.user_permissions.add(Permission.objects.get(codename="change_booking"))
    return sign_in(clerk)


def list_of(client: Client, day: str = DAY) -> str:
    with tenant_context_of():
        chosen = str(activity("repas").public_id)
    return client.get("/admin/day/", {"activity": chosen, "day": day}).content.decode()


def tenant_context_of() -> tenant_context:
    from tenants.models import Town  # noqa: PLC0415 - read in the test's town.

    return tenant_context(Town.objects.get(name="Rochebelle"))


def test_the_list_names_who_is_expected_and_nobody_else(rochebelle):
    book(accepted_family("a@example.com", "Zoé"), lunch(DAY))
    book(accepted_family("b@example.com", "Ana"), lunch("2026-11-26"))
    client = attendant()

    html = list_of(client)

    assert "Zoé" in html
    assert "Ana" not in html


def test_attendance_is_written_once_and_journalled(rochebelle, clock):
    book(accepted_family(), lunch(DAY))
    client = attendant()
    url = f"/admin/day/{Booking.objects.get().public_id}/"
    clock(datetime(2026, 11, 24, 11, tzinfo=UTC))

    answers = [client.post(url, {"attendance": "present", "day": DAY}) for _ in "ab"]

    assert [each.status_code for each in answers] == [302, 302]
    with tenant_context(rochebelle):
        assert Booking.objects.get().attendance == "present"
        assert Entry.objects.filter(action="attendance recorded").count() == 1


def test_nobody_attends_a_day_to_come(rochebelle):
    book(accepted_family(), lunch(DAY))
    client = attendant()
    url = f"/admin/day/{Booking.objects.get().public_id}/"

    client.post(url, {"attendance": "present", "day": DAY})

    with tenant_context(rochebelle):
        assert Booking.objects.get().attendance == "unknown"


def test_only_those_who_may_see_the_list(rochebelle):
    family = accepted_family()
    book(family, lunch(DAY))
    booking = Booking.objects.get().public_id
    clerk = sign_in(make_clerk("autre@mairie.example"))
    parent = sign_in(family.account)

    for client in (clerk, parent):
        shown = client.get("/admin/day/")
        written = client.post(f"/admin/day/{booking}/", {"attendance": "present"})
        assert shown.status_code in {302, 403, 404}
        assert written.status_code in {302, 403, 404}
    with tenant_context(rochebelle):
        assert Booking.objects.get().attendance == "unknown"


def test_a_child_who_does_not_exist_is_not_found(rochebelle):
    client = attendant()

    answer = client.post(f"/admin/day/{missing()}/", {"attendance": "present"})

    assert answer.status_code == 404


def test_the_same_queries_for_one_child_or_thirty(
    rochebelle, django_assert_max_num_queries
):
    from django.db import connection  # noqa: PLC0415 - counted here.
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above.

    for index in range(30):
        book(accepted_family(f"f{index}@example.com"), lunch(DAY))
    book(accepted_family("alone@example.com"), lunch("2026-11-26"))
    client = attendant()
    list_of(client)
    counts = []

    for day in ("2026-11-26", DAY):
        with CaptureQueriesContext(connection) as context:
            list_of(client, day)
        counts.append(len(context))

    assert counts[0] == counts[1]
