"""Courses, the basket, and what can go wrong on the way."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from enrolment.models import Booking, Order
from tests.enrolment.booking_builders import (
    NOW,
    accepted_family,
    activity,
    book,
    course,
    hold,
    lunch,
    missing,
)
from tests.enrolment.request_builders import sign_in
from tests.families.builders import Family

pytestmark = pytest.mark.usefixtures("clock")

SWIMMING = "Natation 6-10 ans"


def courses_url() -> str:
    return f"/my/bookings/courses/{activity('natation').public_id}/"


def pair(family: Family, child: int = 0) -> str:
    return f"{family.children[child].public_id}:{course(SWIMMING).public_id}"


def check_form(client: Client) -> dict[str, list[str]]:
    html = client.get("/my/basket/check/").content.decode()
    data: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(form_key|line)" value="([^"]+)"', html):
        data.setdefault(name, []).append(value)
    return data


def test_several_children_choose_a_course_and_confirm_once(rochebelle):
    family = accepted_family("claire@example.com", "Lina", "Zoé")
    client, url = sign_in(family.account), courses_url()
    with tenant_context(rochebelle):
        places = [pair(family, child) for child in (0, 1)]
    page = client.get(url).content.decode()

    added = client.post(url, {"place": places})
    basket = client.get("/my/basket/").content.decode()
    data = check_form(client)
    confirmed = [client.post("/my/basket/check/", data) for _ in range(2)]

    assert all(place in page for place in places)
    assert added["Location"] == "/my/basket/"
    assert "48,00" in basket
    assert len({answer["Location"] for answer in confirmed}) == 1
    assert client.get(confirmed[0]["Location"]).status_code == 200
    with tenant_context(rochebelle):
        assert Order.objects.get().total_minor == 4800
        assert Booking.objects.filter(status="booked").count() == 2


def test_adding_twice_holds_once(rochebelle):
    family = accepted_family()
    client, url = sign_in(family.account), courses_url()
    with tenant_context(rochebelle):
        place = pair(family)

    answers = [client.post(url, {"place": place})["Location"] for _ in range(2)]

    assert answers == ["/my/basket/", "/my/basket/"]
    with tenant_context(rochebelle):
        assert Booking.objects.count() == 1


def test_coming_back_after_confirming_says_it_is_done(rochebelle):
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))
    client = sign_in(family.account)
    client.post("/my/basket/check/", check_form(client))

    check = client.get("/my/basket/check/")
    basket = client.get("/my/basket/").content.decode()

    with tenant_context(rochebelle):
        order = Order.objects.get()
    assert check["Location"] == "/my/basket/"
    assert f"/my/bookings/orders/{order.public_id}/" in basket


def test_a_lapsed_place_is_told_and_the_others_are_kept(rochebelle, clock):
    family = accepted_family("claire@example.com", "Lina", "Zoé")
    hold(family, "natation", course(SWIMMING))
    hold(
        family,
        "natation",
        course(SWIMMING),
        child=1,
        now=NOW + timedelta(minutes=20),
    )
    client = sign_in(family.account)
    data = check_form(client)
    clock(NOW + timedelta(minutes=35))

    refused = client.post("/my/basket/check/", data, follow=True).content.decode()

    with tenant_context(rochebelle):
        assert not Order.objects.exists()
        lost = Booking.objects.order_by("pk")[0].public_id
    assert f"/my/basket/{lost}/again/" in refused
    assert "Zoé" in refused
    assert len(check_form(client)["line"]) == 1


def test_a_lapsed_place_is_kept_again_when_it_is_free(rochebelle, clock):
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))
    client = sign_in(family.account)
    clock(NOW + timedelta(minutes=35))
    with tenant_context(rochebelle):
        lost = Booking.objects.get().public_id

    client.post(f"/my/basket/{lost}/again/")

    with tenant_context(rochebelle):
        assert Booking.objects.filter(status="held").count() == 1


def test_a_session_filled_meanwhile_says_so(rochebelle, clock):
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))
    later = NOW + timedelta(minutes=35)
    for index in range(2):
        other = accepted_family(f"f{index}@example.com")
        hold(other, "natation", course(SWIMMING), now=later)
    client = sign_in(family.account)
    clock(later)
    with tenant_context(rochebelle):
        lost = Booking.objects.order_by("pk")[0].public_id

    answer = client.post(f"/my/basket/{lost}/again/", follow=True).content.decode()

    assert SWIMMING in answer
    with tenant_context(rochebelle):
        held = Booking.objects.filter(household=family.household, status="held")
        assert not held.exists()


def test_removing_twice_frees_once(rochebelle):
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))
    client = sign_in(family.account)
    with tenant_context(rochebelle):
        url = f"/my/basket/{Booking.objects.get().public_id}/remove/"

    answers = [client.post(url).status_code for _ in range(2)]

    assert answers == [302, 302]
    with tenant_context(rochebelle):
        assert course(SWIMMING).seats_taken == 0


def test_another_family_s_things_do_not_exist(rochebelle, etangs):
    mine, other = accepted_family(), accepted_family("other@example.com")
    hold(other, "natation", course(SWIMMING))
    held = Booking.objects.get()
    done = book(other, lunch("2026-12-03"))
    assert done.order is not None
    booked = Booking.objects.get(order=done.order)
    client, owner = sign_in(mine.account), sign_in(other.account)
    known = [held.public_id, booked.public_id, done.order.public_id]

    for public_id in [*known, missing()]:
        gets = [
            f"/my/bookings/{public_id}/cancel/",
            f"/my/bookings/orders/{public_id}/",
        ]
        posts = [
            f"/my/basket/{public_id}/remove/",
            f"/my/basket/{public_id}/again/",
            f"/my/bookings/{public_id}/cancel/",
        ]
        assert [client.get(url).status_code for url in gets] == [404, 404]
        assert [client.post(url).status_code for url in posts] == [404, 404, 404]
    client.post(
        "/my/basket/check/", {"form_key": str(uuid4()), "line": str(held.public_id)}
    )

    with tenant_context(rochebelle):
        held = Booking.objects.get(pk=held.pk)
        assert held.status == "held"
        assert Order.objects.count() == 1
    elsewhere = owner.get(
        f"/my/bookings/{booked.public_id}/cancel/",
        headers={"host": "etangs.localhost"},
    )
    assert elsewhere.status_code in {302, 404}


def test_cancelling_says_the_terms_then_does_it_once(rochebelle):
    family = accepted_family()
    book(family, lunch("2026-12-03"))
    client = sign_in(family.account)
    with tenant_context(rochebelle):
        url = f"/my/bookings/{Booking.objects.get().public_id}/cancel/"
    html = client.get(url).content.decode()
    (key,) = re.findall(r'name="form_key" value="([^"]+)"', html)

    answers = [client.post(url, {"form_key": key}).status_code for _ in range(2)]

    assert "09:00" in html
    assert answers == [302, 302]
    with tenant_context(rochebelle):
        assert Booking.objects.get().status == "cancelled"
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("path", ["/my/bookings/", "/my/bookings/history/"])
def test_the_same_queries_for_one_booking_or_thirty(
    rochebelle, django_assert_num_queries, path, clock
):
    alone, many = accepted_family("a@example.com"), accepted_family("m@example.com")
    from catalog.models import Session  # noqa: PLC0415 - read in the town.

    days = list(Session.objects.filter(activity__code="repas")[15:45])
    book(alone, days[0])
    book(many, *days)
    if "history" in path:
        clock(NOW + timedelta(days=100))
    clients = [sign_in(alone.account), sign_in(many.account)]
    for client in clients:
        client.get(path)
    expected = 14 if path.endswith("bookings/") else 10

    for client in clients:
        with django_assert_num_queries(expected):
            client.get(path)


def test_the_basket_takes_the_same_queries_for_one_line_or_three(
    rochebelle, django_assert_num_queries
):
    alone = accepted_family("a@example.com")
    many = accepted_family("m@example.com", "Ana", "Bo", "Cléo")
    ice = activity("patinage").sessions.first()
    assert ice is not None
    hold(alone, "natation", course(SWIMMING))
    for child in range(3):
        hold(many, "patinage", ice, child=child)
    clients = [sign_in(alone.account), sign_in(many.account)]
    for client in clients:
        client.get("/my/basket/")

    for client in clients:
        # One of them asks whether what is paid at once bears taxes.
        with django_assert_num_queries(10):
            client.get("/my/basket/")
