"""Screens of a new season: calendar, copy, checklist, previews, closures."""

from datetime import date

import pytest

from catalog.models import (
    Activity,
    CalendarPeriod,
    Closure,
    SeasonCopy,
    Service,
    Session,
    SharedPlaces,
)
from tenants.models import Town
from tests.catalog.views.staff_steps import administrator, family, fields_of, inside
from tests.enrolment.booking_builders import accepted_family, book, lunch

ADD_YEAR = "/admin/catalogue/school-years/add/"
COPY = "/admin/catalogue/seasons/copy/"


@pytest.fixture
def desk(rochebelle):
    return administrator(rochebelle)


@pytest.fixture
def next_year(rochebelle):
    with inside(rochebelle):
        return CalendarPeriod.objects.create(
            code="annee-2027",
            name="Année scolaire 2027-2028",
            kind="school_year",
            from_on=date(2027, 9, 1),
            until_on=date(2028, 7, 5),
        )


def count(rochebelle, model):
    with inside(rochebelle):
        return model.objects.count()


def test_a_school_year_is_looked_at_then_added(rochebelle, desk):
    before = count(rochebelle, CalendarPeriod)
    answers = {"zone": "A", "year": "2025", "place": "FR"}

    seen = desk.post(ADD_YEAR, answers)
    assert count(rochebelle, CalendarPeriod) == before
    done = desk.post(ADD_YEAR, {**answers, "confirm": "1"})

    assert "Add them" in seen.content.decode() or "Ajouter" in seen.content.decode()
    assert done.status_code == 302
    assert count(rochebelle, CalendarPeriod) == before + 6
    with inside(rochebelle):
        assert Closure.objects.filter(from_on=date(2026, 5, 1), service=None).exists()


def test_a_quebec_town_is_offered_its_own_calendar_first(rochebelle, desk):
    france = fields_of(desk.get(ADD_YEAR))
    with inside(rochebelle):
        Town.objects.filter(pk=rochebelle.pk).update(locale="fr-ca")

    quebec = fields_of(desk.get(ADD_YEAR))

    assert (france["zone"], france["place"]) == ("A", "FR")
    assert (quebec["zone"], quebec["place"]) == ("QC", "CA-QC")


def test_a_season_is_looked_at_copied_and_undone(rochebelle, desk, next_year):
    before = count(rochebelle, Session)
    answers = {"service": "", "old": "annee-2026", "new": "annee-2027"}

    seen = desk.post(COPY, answers)
    assert seen.status_code == 200
    assert count(rochebelle, Session) == before
    done = desk.post(COPY, {**answers, "confirm": "1"})

    assert done.status_code == 302
    assert count(rochebelle, Session) > before
    with inside(rochebelle):
        copies = list(SeasonCopy.objects.all())
    assert len(copies) == 2
    for each in copies:
        address = f"/admin/catalogue/seasons/{each.public_id}/undo/"
        assert desk.post(address).status_code == 302
    assert count(rochebelle, Session) == before


def test_a_season_before_is_refused(rochebelle, desk, next_year):
    response = desk.post(
        COPY, {"service": "", "old": "annee-2027", "new": "annee-2026", "confirm": "1"}
    )

    assert response.status_code == 200
    assert count(rochebelle, SeasonCopy) == 0


def test_the_checklist_and_the_preview_of_a_hidden_service(rochebelle, desk):
    with inside(rochebelle):
        Service.objects.filter(code="cantine").update(is_published=False)
        service = Service.objects.get(code="cantine")
        Session.objects.filter(activity__service=service).delete()

    page = f"/admin/catalogue/services/{service.public_id}/"
    listed = desk.get(f"{page}checklist/").content.decode()
    shown = desk.get(f"{page}preview/").content.decode()
    home = desk.get("/admin/").content.decode()

    assert "/admin/catalogue/sessions/make/?activity=" in listed
    assert "Cantine" in shown
    assert f"{page}checklist/" in home


def test_an_unsaved_form_is_previewed_and_nothing_is_saved(rochebelle, desk):
    with inside(rochebelle):
        service = Service.objects.get(code="cantine")
    address = f"/admin/services/edit/{service.pk}/"
    form = fields_of(desk.get(address))
    form |= {"summary": "Un résumé jamais enregistré", "preview": "1"}

    response = desk.post(address, form)

    assert response.status_code == 200
    assert "Un résumé jamais enregistré" in response.content.decode()
    with inside(rochebelle):
        service.refresh_from_db()
        assert service.summary == "Le repas de midi à l'école."


def test_the_classes_of_an_activity_are_previewed_then_saved(rochebelle, desk):
    with inside(rochebelle):
        activity = Activity.objects.get(code="repas")
        shared = SharedPlaces.objects.create(code="s", name="Salle", capacity=9)
    address = f"/admin/activities/edit/{activity.pk}/"
    form = fields_of(desk.get(address))
    form |= {"school_classes": ["cp", "ps"], "shared_places": str(shared.pk)}

    shown = desk.post(address, {**form, "preview": "1"})
    saved = desk.post(address, form)

    assert "CP" in shown.content.decode()
    assert saved.status_code == 302
    with inside(rochebelle):
        activity.refresh_from_db()
        assert activity.school_classes == ["cp", "ps"]
        assert activity.shared_places == shared


def test_a_service_in_which_nothing_can_be_booked_is_not_shown(rochebelle, desk):
    with inside(rochebelle):
        Service.objects.filter(code="cantine").update(is_published=False)
        Session.objects.filter(activity__code="repas").delete()
        service = Service.objects.get(code="cantine")
    address = f"/admin/services/edit/{service.pk}/"
    form = {**fields_of(desk.get(address)), "is_published": "on"}

    response = desk.post(address, form)

    assert response.status_code == 200
    with inside(rochebelle):
        service.refresh_from_db()
        assert not service.is_published


def closing(**changed):
    return {
        "reason": "Grève",
        "service": "",
        "from_on": "2026-12-01",
        "until_on": "2026-12-02",
        **changed,
    }


def test_a_closure_asks_before_it_cancels_what_families_booked(
    rochebelle, desk, mailoutbox
):
    with inside(rochebelle):
        book(accepted_family(), lunch("2026-12-01"))

    asked = desk.post("/admin/closures/new/", closing())
    assert asked.status_code == 200
    assert count(rochebelle, Closure) == len(inside_closures(rochebelle))
    done = desk.post("/admin/closures/new/", closing(confirmed="on"))

    assert done.status_code == 302
    with inside(rochebelle):
        assert lunch("2026-12-01").cancelled_at is not None
        closure = Closure.objects.get(reason="Grève")
    lifted = desk.post(f"/admin/closures/delete/{closure.pk}/")
    assert lifted.status_code == 302
    with inside(rochebelle):
        assert lunch("2026-12-01").cancelled_at is None
        assert not Closure.objects.filter(reason="Grève").exists()


def inside_closures(rochebelle):
    with inside(rochebelle):
        return list(Closure.objects.exclude(reason="Grève"))


@pytest.mark.parametrize("address", [ADD_YEAR, COPY])
def test_families_never_see_these_pages(rochebelle, address):
    assert family(rochebelle).get(address).status_code == 404
