"""The catalogue, read without an account."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context

from catalog.models import Activity, Service, Session, SharedPlaces
from tenants.models import Town
from tests.families.builders import browser


@pytest.fixture
def visitor(rochebelle):
    return browser()


@pytest.fixture
def inside():
    def enter():
        return tenant_context(Town.objects.get(name="Rochebelle"))

    return enter


def read(visitor, path, **query):
    return visitor.get(path, query).content.decode()


def test_services_are_listed_without_an_account(visitor):
    page = read(visitor, "/services/")

    assert "Cantine" in page
    assert "Stages sportifs des vacances" in page


def test_a_community_groups_services_by_commune(etangs):
    page = read(browser("etangs.localhost"), "/services/")

    order = [page.index(name) for name in ("Mercredis", "Baneuil", "Chalieu")]
    assert order == sorted(order)
    assert "Stages sportifs" not in page


def test_a_hidden_service_answers_like_one_that_does_not_exist(visitor, inside):
    Service.objects.filter(code="cantine").update(is_published=False)

    assert "/services/cantine/" not in read(visitor, "/services/")
    assert visitor.get("/services/cantine/").status_code == 404
    assert visitor.get("/services/absent/").status_code == 404


def test_a_service_of_another_town_does_not_exist_here(visitor):
    assert visitor.get("/services/garderie/").status_code == 404


def test_a_service_says_what_to_prepare_and_what_it_costs(visitor):
    page = read(visitor, "/services/cantine/")

    assert "Justificatif de domicile" in page
    assert "Enfant scolarisé à Rochebelle" in page
    assert "4,90" in page
    assert "6,50" in page
    assert "2,50" in page
    assert "/my/requests/new/?for=cantine" in page


def test_a_course_says_its_dates_and_the_places_left(visitor, inside):
    session = Session.objects.get(name="Natation 6-10 ans")
    Session.objects.filter(pk=session.pk).update(seats_taken=2)

    page = read(visitor, "/services/stages/")

    assert "Natation 4-5 ans" in page
    assert "12" in page
    assert "Full" in page or "Complet" in page
    assert "/my/bookings/" in page


def test_a_course_promises_no_place_that_another_activity_has_taken(visitor, inside):
    shared = SharedPlaces.objects.create(code="bassin", name="Bassin", capacity=1)
    Activity.objects.filter(code="natation").update(shared_places=shared)
    Session.objects.filter(name="Natation 4-5 ans").update(seats_taken=1)

    page = read(visitor, "/services/stages/")

    with inside():
        free = Session.objects.get(name="Natation 6-10 ans")
    assert free.seats_taken == 0
    assert page.count("Full") == 2


def test_requests_that_open_later_say_when_instead_of_a_button(visitor, inside):
    opens_at = timezone.now() + timedelta(days=3)
    Service.objects.filter(code="cantine").update(requests_open_at=opens_at)

    page = read(visitor, "/services/cantine/")

    assert "?for=cantine" not in page


@pytest.mark.parametrize(
    ("answers", "price"),
    [
        ({"residence": "resident", "quotient": "700"}, "2,35"),
        ({"residence": "resident", "quotient": "639,99"}, "1,75"),
        ({"residence": "outside", "quotient": "700"}, "6,50"),
        ({}, "6,50"),
        ({"residence": "resident"}, "4,90"),
        ({"residence": "resident", "quotient": "700", "late": "on"}, "4,85"),
        (
            {"residence": "resident", "quotient": "700", "variant": "care-plan"},
            "0,80",
        ),
    ],
)
def test_a_price_is_tried_with_its_explanation(visitor, answers, price):
    query = {"price": "1", "activity": "repas", "variant": "standard", **answers}

    page = read(visitor, "/services/cantine/", **query)

    result = page[page.index('role="status"') :]
    assert price in result[: result.index("</div></div>")]


def test_an_answer_that_cannot_be_is_explained_and_gives_no_price(visitor):
    page = read(
        visitor, "/services/cantine/", price="1", activity="repas", quotient="-3"
    )

    assert "govuk-error-message" in page
    assert 'role="status"' not in page


@pytest.mark.parametrize("count", [1, 30])
def test_a_service_reads_as_much_for_one_activity_as_for_thirty(
    visitor, inside, django_assert_num_queries, count
):
    model = Activity.objects.get(code="natation")
    fields = {
        name: getattr(model, name)
        for name in ("service", "kind", "tariff", "start_time", "end_time")
    }
    for number in range(count):
        Activity.objects.create(code=f"a{number}", name=f"A{number}", **fields)
    visitor.get("/services/stages/")

    with django_assert_num_queries(QUERIES_OF_A_SERVICE):
        visitor.get("/services/stages/")


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_reads_as_much_for_one_service_as_for_thirty(
    visitor, inside, django_assert_num_queries, count
):
    department = Service.objects.earliest("pk").department
    for number in range(count):
        Service.objects.create(
            code=f"s{number}",
            name=f"S{number}",
            department=department,
            is_published=True,
        )
    visitor.get("/services/")

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        visitor.get("/services/")


QUERIES_OF_A_SERVICE = 12
QUERIES_OF_THE_LIST = 6
