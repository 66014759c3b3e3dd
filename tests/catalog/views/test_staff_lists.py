import re
from datetime import date, timedelta

import pytest

from catalog.models import Activity, CalendarPeriod, Closure, Service, Session
from catalog.signals import session_cancelled
from families.models import ProofType
from foundation.journal.models import Entry
from tests.catalog.views.staff_steps import administrator, family, fields_of, inside

LISTS = (
    "services",
    "activities",
    "sessions",
    "proof-types",
    "calendar-periods",
    "closures",
    "communes",
    "departments",
)


@pytest.fixture
def desk(rochebelle):
    return administrator(rochebelle)


def address_of(name, record):
    return f"/admin/{name}/edit/{record.pk}/"


@pytest.mark.parametrize("name", LISTS)
def test_an_administrator_opens_each_list_and_each_new_form(rochebelle, desk, name):
    assert desk.get(f"/admin/{name}/").status_code == 200
    assert desk.get(f"/admin/{name}/new/").status_code == 200


@pytest.mark.parametrize("name", [*LISTS, "catalogue/tariffs", "town", "users"])
def test_the_back_office_does_not_exist_for_families(rochebelle, name):
    assert family(rochebelle).get(f"/admin/{name}/").status_code == 404


@pytest.mark.parametrize("name", [*LISTS, "catalogue/tariffs", "town", "users"])
def test_another_towns_administrator_is_sent_to_sign_in(rochebelle, etangs, name):
    desk = administrator(etangs, host="etangs.localhost")

    response = desk.get(
        f"/admin/{name}/",
        headers={"host": "rochebelle.localhost"},
        SERVER_NAME="rochebelle.localhost",
    )

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_a_service_gains_a_situation_and_the_journal_knows(rochebelle, desk):
    service = Service.objects.get(code="cantine")
    form = fields_of(desk.get(address_of("services", service)))
    form |= {
        "summary": "Midi et demi.",
        "situations-TOTAL_FORMS": "3",
        "situations-2-id": "",
        "situations-2-name": "Deux parents travaillent",
        "situations-2-code": "",
        "situations-2-help_text": "",
        "situations-2-points": "0",
        "situations-2-position": "2",
        "situations-2-DELETE": "",
    }

    response = desk.post(address_of("services", service), form)

    with inside(rochebelle):
        assert response.status_code == 302
        service.refresh_from_db()
        assert service.summary == "Midi et demi."
        codes = set(service.situations.values_list("code", flat=True))
        assert codes == {"ecole", "exterieur", "deux-parents-travaillent"}
        entry = Entry.objects.about("catalog.service", service.public_id).latest("id")
        assert entry.action == "service changed"
        assert set(entry.new) == {"summary", "situations"}


def test_a_proof_is_not_asked_for_twice(rochebelle, desk):
    service = Service.objects.get(code="cantine")
    form = fields_of(desk.get(address_of("services", service)))
    form["requirements-1-proof_type"] = form["requirements-0-proof_type"]

    response = desk.post(address_of("services", service), form)

    with inside(rochebelle):
        assert response.status_code == 200
        assert Entry.objects.filter(kind="catalog.service").count() == 0


@pytest.mark.parametrize("number", ["1' OR '1'='1", "2147483646", "another's"])
@pytest.mark.parametrize("rows", ["situations", "requirements"])
def test_a_row_that_is_not_there_is_told_in_words(rochebelle, desk, rows, number):
    service = Service.objects.get(code="cantine")
    form = fields_of(desk.get(address_of("services", service)))
    if number == "another's":
        with inside(rochebelle):
            other = Service.objects.exclude(pk=service.pk).earliest("pk")
            situation = other.situations.create(name="Autre", code="autre")
            proof = other.requirements.create(
                proof_type=ProofType.objects.earliest("pk")
            )
        number = str({"situations": situation, "requirements": proof}[rows].pk)
    form[f"{rows}-0-id"] = number

    response = desk.post(address_of("services", service), form)

    assert response.status_code == 200
    assert "Load the page again." in response.content.decode()


def test_an_activity_keeps_its_deadlines_through_the_form(rochebelle, desk):
    activity = Activity.objects.get(code="repas")
    before = (activity.weekdays, activity.booking_deadline)
    form = fields_of(desk.get(address_of("activities", activity)))

    response = desk.post(address_of("activities", activity), form)

    with inside(rochebelle):
        activity.refresh_from_db()
        assert response.status_code == 302
        assert (activity.weekdays, activity.booking_deadline) == before


def test_a_deadline_by_weekday_must_speak_of_each_opening_day(rochebelle, desk):
    activity = Activity.objects.get(code="repas")
    form = fields_of(desk.get(address_of("activities", activity)))
    form |= {
        "booking_deadline-rule": "weekday_before",
        "booking_deadline-at": "09:00",
        "booking_deadline-on-monday": "friday",
        "booking_deadline-on-tuesday": "friday",
        "booking_deadline-on-thursday": "tuesday",
    }

    refused = desk.post(address_of("activities", activity), form)
    form["booking_deadline-on-friday"] = "tuesday"
    accepted = desk.post(address_of("activities", activity), form)

    with inside(rochebelle):
        activity.refresh_from_db()
        assert "booking_deadline" in refused.context["form"].errors
        assert accepted.status_code == 302
        assert activity.booking_deadline == {
            "rule": "weekday_before",
            "at": "09:00",
            "days": {
                "monday": "friday",
                "tuesday": "friday",
                "thursday": "tuesday",
                "friday": "tuesday",
            },
        }


def test_the_form_of_an_activity_says_its_deadlines_in_words(rochebelle, desk):
    activity = Activity.objects.get(code="repas")

    page = desk.get(address_of("activities", activity)).content.decode()

    assert "09:00" in page
    assert "bo-deadline" in page


def test_sessions_are_shown_first_then_made_once(rochebelle, desk):
    activity = Activity.objects.get(code="repas")
    Session.objects.filter(activity=activity).delete()
    form = {
        "activity": str(activity.public_id),
        "first_day": "2026-12-14",
        "last_day": "2026-12-22",
        "capacity": "40",
        "in_school_time": "on",
    }
    address = "/admin/catalogue/sessions/make/"

    shown = desk.post(address, form)
    with inside(rochebelle):
        assert not Session.objects.filter(activity=activity).exists()
    for _time in range(2):
        desk.post(address, {**form, "confirm": "1"})

    with inside(rochebelle):
        days = [date(2026, 12, 14), date(2026, 12, 15)]
        days += [date(2026, 12, 17), date(2026, 12, 18)]
        made = Session.objects.filter(activity=activity).order_by("starts_on")
        assert shown.context["days"] == days
        assert [session.starts_on for session in made] == days


def test_a_session_is_cancelled_with_a_reason_that_others_hear(
    rochebelle, desk, django_capture_on_commit_callbacks
):
    session = Session.objects.filter(activity__code="repas").earliest("starts_on")
    address = f"/admin/catalogue/sessions/{session.public_id}/cancel/"
    heard = []

    def hear(**told):
        heard.append(told)

    session_cancelled.connect(hear)
    without = desk.post(address, {"reason": ""})
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address, {"reason": "Grève"})
    session_cancelled.disconnect(hear)

    with inside(rochebelle):
        session.refresh_from_db()
        assert without.status_code == 200
        assert session.cancelled_at is not None
        assert [each["reason"] for each in heard] == ["Grève"]
        entry = Entry.objects.about("catalog.session", session.public_id).latest("id")
        assert entry.reason == "Grève"


def test_a_record_in_use_is_not_deleted(rochebelle, desk):
    proof = ProofType.objects.get(code="domicile")

    response = desk.post(f"/admin/proof-types/delete/{proof.pk}/")

    with inside(rochebelle):
        assert response.status_code == 302
        assert ProofType.objects.filter(pk=proof.pk).exists()
        assert not Entry.objects.filter(action="prooftype deleted").exists()


def test_a_new_record_makes_its_code_from_its_name(rochebelle, desk):
    form = fields_of(desk.get("/admin/calendar-periods/new/"))
    form |= {
        "name": "Vacances de printemps",
        "kind": "holiday",
        "from_on": "2027-04-17",
        "until_on": "2027-05-03",
        "code": "",
    }

    desk.post("/admin/calendar-periods/new/", form)

    with inside(rochebelle):
        period = CalendarPeriod.objects.get(code="vacances-de-printemps")
        assert Entry.objects.about("catalog.calendarperiod", period.public_id).exists()


def test_lists_ask_the_same_number_of_queries_for_one_row_and_for_thirty(
    rochebelle, desk, django_assert_num_queries
):
    service = Service.objects.get(code="cantine")
    Closure.objects.all().delete()
    days = [date(2027, 3, 1) + timedelta(days=number) for number in range(30)]
    one = {"service": service, "reason": "Travaux"}
    Closure.objects.create(**one, from_on=days[0], until_on=days[1])
    desk.get("/admin/closures/")

    with django_assert_num_queries(QUERIES):
        desk.get("/admin/closures/")
    with inside(rochebelle):
        Closure.objects.bulk_create(
            Closure(**one, from_on=day, until_on=day + timedelta(days=1))
            for day in days[1:]
        )

    with django_assert_num_queries(QUERIES):
        desk.get("/admin/closures/")


QUERIES = 14


@pytest.mark.parametrize(
    ("kind", "record", "boxes"),
    [
        ("services", Service, ["requests_open_at", "bookings_open_at"]),
        ("sessions", Session, ["starts_on", "ends_on", "start_time", "end_time"]),
    ],
)
def test_days_and_hours_are_asked_with_the_browsers_own_boxes(
    desk, rochebelle, kind, record, boxes
):
    with inside(rochebelle):
        address = address_of(kind, record.objects.earliest("pk"))

    page = desk.get(address)

    for name in boxes:
        kinds = {"on": "date", "me": "time", "at": "datetime-local"}
        box = re.search(rf'<input[^>]*name="{name}"[^>]*>', page.text)
        assert box is not None
        assert f'type="{kinds[name[-2:]]}"' in box[0]
