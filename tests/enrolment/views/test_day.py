"""The list of the day, for those who take attendance."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django_tenants.utils import tenant_context

from enrolment.models import Booking
from families.models import Child, MealType
from families.services.authorisations import answer_authorisations
from families.services.contacts import set_contacts
from families.services.health_sheets import HealthDetails, change_health
from foundation.journal.models import Entry, Reading
from tests.enrolment.booking_builders import (
    accepted_family,
    activity,
    book,
    lunch,
    missing,
)
from tests.enrolment.request_builders import make_clerk, sign_in
from tests.families.builders import NOW
from tests.families.services.test_child_file import GRANNY

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


def carer(*codenames: str) -> Client:
    clerk = make_clerk("animation@mairie.example")
    wanted = ("change_booking", *codenames)
    clerk.user_permissions.add(*Permission.objects.filter(codename__in=wanted))
    return sign_in(clerk)


def child_with_care() -> Child:
    family = accepted_family()
    book(family, lunch(DAY))
    child = family.children[0]
    Child.objects.filter(pk=child.pk).update(
        meal_type=MealType.objects.get(code="sans-porc")
    )
    child.refresh_from_db()
    change_health(
        child=child,
        details=HealthDetails(
            measures=("no_egg",),
            precautions="QZX-CANARI-774",
            meal_type=child.meal_type,
        ),
        now=NOW,
        actor=family.account,
    )
    set_contacts(
        child=child,
        household=family.household,
        people=[(uuid4(), GRANNY)],
        now=NOW,
        actor=family.account,
    )
    answer_authorisations(
        child=child,
        household=family.household,
        answers={"photo": False},
        today=NOW.date(),
        now=NOW,
        actor=family.account,
    )
    return child


def test_what_a_carer_needs_is_at_hand_and_one_reading_is_written(rochebelle):
    child_with_care()
    client = carer("view_health", "view_childphoto")

    html = list_of(client)

    for text in ("No egg", "QZX-CANARI-774", "Without pork", "Odile Martin"):
        assert text in html
    assert "Photographs: No" in html
    with tenant_context(rochebelle):
        reading = Reading.objects.get()
        assert reading.kind == "catalog.activity"
        assert reading.what == f"day list of {DAY}"


def test_without_the_right_only_a_sign_is_shown(rochebelle):
    child_with_care()

    html = list_of(attendant())

    assert "QZX-CANARI-774" not in html
    assert "No egg" not in html
    assert "Health information exists" in html
    assert "Without pork" in html
    with tenant_context(rochebelle):
        assert not Reading.objects.exists()
