"""The hour of a late pick-up, written on the day list and read by the family."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from billing.services.runs import draft_run, issue_run
from enrolment.models import Booking, LatePickup
from foundation.periods import month_of
from tenants.models import Town
from tenants.townhall.models import School
from tenants.townhall.services import limit_staff
from tests.billing.builders import a_regie
from tests.billing.conftest import speak_english
from tests.enrolment.booking_builders import accepted_family, activity, book, lunch
from tests.enrolment.late_builders import (
    a_late_family,
    collected,
    present,
    price_lateness,
    prices,
    there,
)
from tests.enrolment.request_builders import make_clerk, sign_in

pytestmark = pytest.mark.usefixtures("clock")

DAY = "2026-12-01"
EVENING = datetime(2026, 12, 1, 20, tzinfo=UTC)


@pytest.fixture
def evening(clock, rochebelle):
    speak_english(rochebelle)
    clock(EVENING)


def attendant() -> Client:
    clerk = make_clerk("pointage@mairie.example")
    clerk.user_permissions.add(Permission.objects.get(codename="change_booking"))
    return sign_in(clerk)


def in_town() -> tenant_context:
    return tenant_context(Town.objects.get(name="Rochebelle"))


def list_of(client: Client, day: str = DAY) -> str:
    with in_town():
        chosen = str(activity("repas").public_id)
    page = client.get("/admin/day/", {"activity": chosen, "day": day})
    return page.content.decode().replace("\xa0", " ")


def write(client: Client, booking: Booking, hour: str, day: str = DAY) -> Any:
    url = f"/admin/day/{booking.public_id}/collected/"
    return client.post(url, {"day": day, "pickup_time": hour}, follow=True)


def said(answer: Any) -> str:
    text: str = answer.content.decode()
    return text.replace("\xa0", " ")


def test_a_clerk_writes_the_hour_beside_a_child_who_is_there(evening):
    family, (booking,) = a_late_family(DAY)
    client = attendant()
    assert 'name="pickup_time"' in list_of(client)

    answer = write(client, booking, "13:50")

    assert answer.redirect_chain[-1][0].endswith(f"#b-{booking.public_id}")
    page = said(answer)
    assert 'value="13:50"' in page
    assert "20 minutes late, €3.00" in page
    assert "Total: €3.00." in page
    with in_town():
        assert prices(family.household) == [(1, 300)]


def test_an_hour_is_corrected_then_emptied(evening):
    family, (booking,) = a_late_family(DAY)
    client = attendant()
    write(client, booking, "13:50")

    corrected = said(write(client, booking, "14:10"))
    emptied = said(write(client, booking, ""))

    assert "40 minutes late" in corrected
    assert "minutes late" not in emptied
    with in_town():
        assert prices(family.household) == []


def test_a_refusal_is_said_on_the_list(evening):
    _family, (booking,) = a_late_family(DAY)
    client = attendant()

    for hour, sentence in (
        ("13:00", "this is not late. Leave the hour empty."),
        ("13:33", "The price list asks nothing for 3 minutes late."),
        ("23:30", "This hour has not come yet. Check it."),
        ("abc", "Write an hour, as in 18:45."),
    ):
        assert sentence in said(write(client, booking, hour))
    with in_town():
        assert not LatePickup.objects.exists()


def test_no_hour_is_asked_for_an_absent_child_nor_without_a_price(evening):
    family = accepted_family()
    booking = there(family, DAY)
    client = attendant()
    without_price = list_of(client)
    with in_town():
        price_lateness(until="2026-12-03")
        there(family, "2026-12-03")
        Booking.objects.filter(pk=booking.pk).update(attendance="unknown")
    unticked = list_of(client)
    with in_town():
        present(booking)

    assert 'name="pickup_time"' not in without_price
    assert 'name="pickup_time"' not in unticked
    assert 'name="pickup_time"' in list_of(client)
    # The vote that follows prices none.
    assert 'name="pickup_time"' not in list_of(client, "2026-12-03")


def test_only_clerks_of_the_day_list_write_and_only_for_their_schools(evening):
    family, (booking,) = a_late_family(DAY)
    stranger = sign_in(make_clerk("autre@mairie.example"))
    parent = sign_in(family.account)
    elsewhere = make_clerk("jaures@mairie.example")
    elsewhere.user_permissions.add(Permission.objects.get(codename="change_booking"))
    limit_staff(
        account=elsewhere,
        all_departments=True,
        departments=[],
        all_schools=False,
        schools=School.objects.filter(code="jaures"),
        actor=None,
    )
    mine = attendant()
    url = f"/admin/day/{booking.public_id}/collected/"
    asked = {"day": DAY, "pickup_time": "13:50"}

    answers = [
        client.post(url, asked).status_code
        for client in (stranger, parent, sign_in(elsewhere))
    ]

    assert answers[2] == 404
    assert set(answers[:2]) <= {302, 403, 404}
    assert mine.get(url).status_code == 405
    with in_town():
        assert not LatePickup.objects.exists()


def test_an_absence_is_not_ticked_over_a_late_pick_up(evening):
    _family, (booking,) = a_late_family(DAY)
    client = attendant()
    write(client, booking, "13:50")

    answer = client.post(
        f"/admin/day/{booking.public_id}/",
        {"attendance": "absent_justified", "day": DAY},
        follow=True,
    )

    assert "Empty its hour first." in said(answer)
    with in_town():
        assert Booking.objects.get().attendance == "present"


def test_what_is_on_an_invoice_is_shown_and_no_longer_asked(evening):
    _family, (booking,) = a_late_family(DAY)
    collected(booking, "13:50", now=EVENING)
    later = datetime(2027, 1, 5, 9, tzinfo=UTC)
    run = draft_run(
        regie=a_regie(),
        period=month_of(booking.session.starts_on),
        actor=None,
        now=later,
    )
    issue_run(run=run, actor=None, now=later)
    number = run.invoices.get().reference
    client = attendant()

    page = list_of(client)
    refused = said(write(client, booking, "14:30"))

    assert f"on the invoice {number}" in page
    assert 'name="pickup_time"' not in page
    assert "Give the line back on the page of the invoice." in refused


def test_the_family_reads_what_it_costs_and_why(evening, clock):
    family, (booking,) = a_late_family(DAY)
    collected(booking, "13:50", now=EVENING)
    parent = sign_in(family.account)

    today = said(parent.get("/my/bookings/"))
    clock(datetime(2026, 12, 2, 9, tzinfo=UTC))
    later = said(parent.get("/my/bookings/history/"))

    for page in (today, later):
        assert "Collected late" in page
        assert "€3.00" in page
        assert "Collected 20 minutes late, time number 1." in page


def test_another_family_reads_nothing_of_it(evening):
    _family, (booking,) = a_late_family(DAY)
    collected(booking, "13:50", now=EVENING)
    other = accepted_family("other@example.com", "Zoé")
    book(other, lunch("2026-12-10"))

    page = said(sign_in(other.account).get("/my/bookings/"))

    assert "Zoé" in page
    assert "Collected late" not in page


@pytest.mark.parametrize("path", ["/my/bookings/", "/admin/day/"])
def test_the_same_queries_for_one_late_child_or_many(evening, path):
    price_lateness()
    families = [accepted_family(f"f{index}@example.com") for index in range(12)]
    counts = []
    client = attendant() if "admin" in path else sign_in(families[0].account)

    for some in (families[:1], families):
        with in_town():
            for family in some:
                if not Booking.objects.filter(household=family.household).exists():
                    collected(there(family, DAY), "13:50", now=EVENING)
            chosen = str(activity("repas").public_id)
        asked = {"activity": chosen, "day": DAY}
        client.get(path, asked)
        with CaptureQueriesContext(connection) as context:
            client.get(path, asked)
        counts.append(len(context))

    assert counts[0] == counts[1]
