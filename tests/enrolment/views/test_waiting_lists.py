"""Waiting lists on screen: what a family reads of its own, what clerks do."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django_tenants.utils import tenant_context

from catalog.models import Service
from enrolment.enums import RequestStatus
from enrolment.models import AccessRequest, PlaceOffer
from enrolment.services.waiting_list import Place, offer_place
from tenants.townhall.models import Department, StaffScope
from tests.enrolment.request_builders import make_clerk, sign_in
from tests.enrolment.waiting_builders import (
    ask_for_place,
    make_creche,
    make_file,
    put_on_list,
)
from tests.families.builders import NOW, TODAY, make_family

#: Of the whole page, its menu and its frame.
LIST_QUERIES = 20
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


@pytest.fixture
def creche(rochebelle):
    return make_creche(shows_rank=True)


@pytest.fixture
def clerk(rochebelle):
    return make_clerk()


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina")


@pytest.fixture
def listed(family, creche, clerk):
    return put_on_list(ask_for_place(family, creche), clerk)


def offered(request, clerk):
    today = date.today()  # noqa: DTZ011 - the page reads the real clock.
    place = Place(date(2027, 9, 1), today + timedelta(days=10), "Lundi et mardi")
    return offer_place(
        request=request, place=place, reviewer=clerk, now=NOW, today=today
    )


def page_of(request):
    return f"/my/requests/{request.public_id}/"


def test_a_family_reads_its_rank_and_nothing_of_the_others(listed, creche, clerk):
    other = make_family("paul@example.com", "Zébulon")
    second = put_on_list(ask_for_place(other, creche, at=LATER), clerk)
    paul = sign_in(other.account)

    own = paul.get(page_of(second)).content.decode()
    theirs = paul.get(page_of(listed))

    assert "rank today: 2" in own
    assert "Lina" not in own
    assert listed.tracking_number not in own
    assert theirs.status_code == 404


def test_the_rank_is_hidden_where_the_town_hides_it(listed, creche, family):
    Service.objects.filter(pk=creche.pk).update(shows_rank=False)

    page = sign_in(family.account).get(page_of(listed)).content.decode()

    assert "waiting list" in page
    assert "rank today" not in page


def test_a_family_takes_its_place_and_goes_on_with_the_next_step(
    rochebelle, listed, creche, clerk, family
):
    make_file(creche)
    offered(listed, clerk)
    claire = sign_in(family.account)

    home = claire.get("/my/").content.decode()
    page = claire.get(f"{page_of(listed)}offer/").content.decode()
    wrong = claire.post(f"{page_of(listed)}offer/", {})
    after = claire.post(
        f"{page_of(listed)}offer/", {"answer": "accept"}, follow=True
    ).content.decode()

    assert f"{page_of(listed)}offer/" in home
    assert "Lundi et mardi" in page
    assert wrong.context["form"].errors
    assert 'value="creche-dossier"' in after
    assert "/my/bookings/" not in after.split("<main", 1)[1]
    with tenant_context(rochebelle):
        listed.refresh_from_db()
    assert listed.status == RequestStatus.ACCEPTED


def test_another_household_cannot_answer_an_offer(rochebelle, listed, clerk):
    offered(listed, clerk)
    paul = sign_in(make_family("paul@example.com", "Zoé").account)

    answer = paul.post(f"{page_of(listed)}offer/", {"answer": "leave"})

    assert answer.status_code == 404
    with tenant_context(rochebelle):
        assert PlaceOffer.objects.get().state == "open"


def test_an_offer_that_is_over_leads_back_to_the_request(listed, family):
    page = sign_in(family.account).get(f"{page_of(listed)}offer/")

    assert page["Location"] == page_of(listed)


def test_a_clerk_puts_on_the_list_offers_and_takes_off(
    rochebelle, creche, clerk, family
):
    request = ask_for_place(family, creche)
    proof = request.requested_proofs.get().proof
    desk = sign_in(clerk)
    review = f"/admin/requests/{request.public_id}/"
    place = f"/admin/waiting-lists/places/{request.public_id}/"

    desk.post(
        f"{review}proofs/{proof.public_id}/accept/",
        {f"p{proof.public_id.hex}-valid_from": TODAY},
    )
    shown = desk.get(review).content.decode()
    desk.post(f"{review}accept/")
    rows = desk.get(f"/admin/waiting-lists/{creche.public_id}/").content.decode()
    file = desk.get(f"/admin/waiting-lists/{creche.public_id}/file/").content.decode()
    first = desk.get(place).content.decode()
    late = desk.post(
        f"{place}offer/", {"place-starts_on": "2027-09-01", "place-answer_by": TODAY}
    )
    desk.post(
        f"{place}offer/",
        {
            "place-starts_on": "2027-09-01",
            "place-answer_by": TODAY + timedelta(days=900),
            "place-words": "Lundi",
        },
    )
    desk.post(f"{place}take-back/")
    desk.post(f"{place}take-off/", {"off-reason": "Parti."})

    assert "Put on the waiting list" in shown
    assert "Lina Martin" in rows
    assert "Lina Martin" in file
    assert "Lundi et mardi" in first
    assert 'value="2027-09-01"' in first
    assert late.status_code == 200
    with tenant_context(rochebelle):
        request.refresh_from_db()
        assert PlaceOffer.objects.get().state == "taken_back"
    assert (request.status, request.reason) == (RequestStatus.REFUSED, "Parti.")
    assert "Parti." in mail.outbox[-1].body


def test_answers_stand_where_a_document_would(rochebelle, creche, clerk, family):
    request = ask_for_place(family, creche)

    page = sign_in(clerk).get(f"/admin/requests/{request.public_id}/").content.decode()

    place = page.split('class="review-document"')[1].split("</section>")[0]
    assert "<dt>Quels jours ?</dt><dd>Lundi et mardi</dd>" in place
    assert page.count("Lundi et mardi") == 1
    assert "No document was given." not in page


def test_a_clerk_of_another_department_sees_no_list(rochebelle, listed, creche):
    other = Department.objects.create(code="voirie", name="Voirie")
    stranger = make_clerk("voirie@mairie.example")
    scope = StaffScope.objects.create(account=stranger, all_departments=False)
    scope.departments.set([other])
    desk = sign_in(stranger)

    lists = desk.get("/admin/waiting-lists/").content.decode()
    gone = [
        desk.get(f"/admin/waiting-lists/{creche.public_id}/"),
        desk.get(f"/admin/waiting-lists/{creche.public_id}/file/"),
        desk.get(f"/admin/waiting-lists/places/{listed.public_id}/"),
        desk.post(f"/admin/waiting-lists/places/{listed.public_id}/take-back/"),
    ]

    assert creche.name not in lists
    assert {each.status_code for each in gone} == {404}


def test_a_list_reads_as_much_for_one_child_as_for_thirty(
    rochebelle, listed, creche, clerk, django_assert_num_queries
):
    desk = sign_in(clerk)
    address = f"/admin/waiting-lists/{creche.public_id}/"
    desk.get(address)
    with django_assert_num_queries(LIST_QUERIES):
        desk.get(address)
    with tenant_context(rochebelle):
        for number in range(29):
            family = make_family(f"f{number}@example.com", f"Enfant{number}")
            AccessRequest.objects.create(
                tracking_number=f"X{number}",
                household=family.household,
                child=family.children[0],
                service=creche,
                situation=listed.situation,
                status=RequestStatus.LISTED,
                submitted_by=family.account,
                submitted_at=LATER,
            )

    with django_assert_num_queries(LIST_QUERIES):
        desk.get(address)
