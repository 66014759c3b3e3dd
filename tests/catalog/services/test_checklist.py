"""What misses before a service opens, and where to put it right."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.models import Regie
from catalog.models import (
    CalendarPeriod,
    Closure,
    RegistrationWindow,
    Requirement,
    Service,
    Session,
    TariffVersion,
)
from catalog.services.checklist import check_services, gaps_of

pytestmark = pytest.mark.usefixtures("rochebelle")

TODAY = date(2026, 11, 21)


def gaps(code="cantine", *, blocking=True, today=TODAY):
    service = Service.objects.select_related("department").get(code=code)
    return {
        each.text: each.href
        for each in gaps_of(service, today=today)
        if each.is_blocking is blocking
    }


def test_a_service_that_is_ready_misses_nothing_that_blocks():
    assert gaps() == {}


def test_without_session_ahead_it_leads_to_where_they_are_made():
    Session.objects.filter(activity__code="repas").delete()

    found = gaps()

    activity = Service.objects.get(code="cantine").activities.get()
    assert found == {
        "Repas: no session ahead.": (
            f"/admin/catalogue/sessions/make/?activity={activity.public_id}"
        )
    }


def test_without_a_published_price_on_its_first_day_it_does_not_open():
    versions = TariffVersion.objects.filter(tariff__code="stage")

    # The frozen version begins after the first session.
    Session.objects.filter(activity__code="patinage").update(starts_on=date(2026, 8, 1))
    found = gaps("stages", today=date(2026, 7, 1))

    assert versions.exists()
    text = "Patinage: no published price on the day of its first session."
    assert found[text] == "/admin/catalogue/tariffs/"


def test_without_a_regie_nobody_bills():
    Regie.services.through.objects.all().delete()

    assert "No régie bills this service." in gaps()


def test_paid_at_the_booking_it_needs_cards():
    Regie.objects.update(takes_cards=False)

    assert "It is paid at the booking, and its régie takes no card yet." in gaps(
        "stages"
    )
    assert gaps("cantine") == {}


def test_registration_that_is_over_is_told():
    RegistrationWindow.objects.filter(activity__code="patinage")

    found = gaps("stages", today=date(2026, 12, 20))

    assert "Patinage: registration is over, and no new period is set." in found


def test_advice_does_not_block():
    Requirement.objects.all().delete()
    Service.objects.update(summary="")
    CalendarPeriod.objects.filter(kind="school_year").update(until_on=date(2026, 11, 1))
    Closure.objects.create(
        from_on=date(2026, 12, 1), until_on=date(2026, 12, 2), reason="Pont"
    )

    advice = gaps(blocking=False)

    assert {
        "No proof is asked for with a request.",
        "Families read no summary of this service.",
        "The calendar has no school year from today on.",
        "Repas: sessions fall on days of closure.",
    } <= set(advice)
    assert gaps() == {}


def test_an_empty_service_says_so():
    model = Service.objects.get(code="cantine")
    Service.objects.create(
        code="neuf", name="Neuf", department=model.department, requires_access=False
    )

    assert "Nothing can be booked: add an activity." in gaps("neuf")


def test_a_service_that_is_only_asked_for_may_open_without_activity_nor_regie():
    model = Service.objects.get(code="cantine")
    Service.objects.create(code="ecole", name="École", department=model.department)

    assert gaps("ecole") == {}
    advice = gaps("ecole", blocking=False)
    assert "Nothing is booked here: families only send requests." in advice


def count(services):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        check_services(services, today=TODAY)
    return len(queries)


def test_thirty_services_take_as_many_queries_as_one():
    model = Service.objects.select_related("department").get(code="cantine")
    for number in range(30):
        Service.objects.create(
            code=f"s-{number}", name=f"S{number}", department=model.department
        )
    everything = list(Service.objects.select_related("department"))

    assert count(everything) == count([model])
