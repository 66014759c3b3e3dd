"""The month of a child, in a browser without scripts."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from catalog.models import Session
from enrolment.models import Booking, Order
from tests.enrolment.booking_builders import (
    accepted_family,
    activity,
    book,
    lunch,
    missing,
)
from tests.enrolment.request_builders import sign_in
from tests.families.builders import Family

pytestmark = pytest.mark.usefixtures("clock")


def url_of(family: Family, child: int = 0) -> str:
    ids = family.children[child].public_id, activity("repas").public_id
    return f"/my/bookings/{ids[0]}/{ids[1]}/"


def cell(html: str, day: int) -> str:
    """Return the sentence that a screen reader says of a day."""
    said = re.findall(r'govuk-visually-hidden">([^<]*)</span>\s*</(?:label|div)>', html)
    found: str = next(
        each for each in said if re.search(rf"\b{day}(er)? décembre", each)
    )
    return found


def form_of(client: Client, url: str) -> dict[str, list[str]]:
    """Return what the check page would send."""
    html = client.get(url).content.decode()
    found = re.findall(r'name="(form_key|add|cancel)" value="([^"]+)"', html)
    data: dict[str, list[str]] = {}
    for name, value in found:
        data.setdefault(name, []).append(value)
    return data


def test_each_day_says_its_state_its_price_and_until_when(rochebelle):
    family = accepted_family()
    book(family, lunch("2026-12-03"))
    Session.objects.filter(pk=lunch("2026-12-04").pk).update(capacity=0)
    client, url = sign_in(family.account), url_of(family)

    html = client.get(url, {"month": "2026-12"}).content.decode()

    said = {day: cell(html, day) for day in (1, 3, 4, 21, 25)}
    assert "mardi 1er décembre" in said[1]
    assert "2,35" in said[1]
    assert "09:00" in said[1]
    assert "jeudi 3 décembre" in said[3]
    assert html.count("checked") == 1
    assert "Vacances de Noël" in said[21]
    assert "Noël" in said[25]
    assert html.count('type="checkbox"') > 9


def test_the_same_queries_for_one_child_or_five(rochebelle, django_assert_num_queries):
    alone = accepted_family("alone@example.com")
    many = accepted_family("many@example.com", "Ana", "Bo", "Cléo", "Dan", "Eva")
    for child in range(5):
        days = Session.objects.filter(
            activity__code="repas", starts_on__gte="2026-12-01"
        )
        book(many, *days[:40], child=child)
    pages = [(sign_in(each.account), url_of(each)) for each in (alone, many)]
    for client, url in pages:
        client.get(url)

    for client, url in pages:
        with django_assert_num_queries(11):
            client.get(url, {"month": "2026-12"})


def test_another_family_s_child_is_a_page_that_does_not_exist(rochebelle, etangs):
    mine = accepted_family()
    other = accepted_family("other@example.com")
    client, own, theirs = sign_in(mine.account), url_of(mine), url_of(other)
    absent = own.replace(str(mine.children[0].public_id), str(missing()))

    answers = [
        [client.get(each + end).status_code for end in ("", "check/")]
        for each in (theirs, absent)
    ]

    assert answers == [[404, 404], [404, 404]]
    assert client.get(own).status_code == 200
    elsewhere = client.get(own, headers={"host": "etangs.localhost"})
    assert elsewhere.status_code in {302, 404}


def test_a_visitor_is_sent_to_sign_in(rochebelle):
    url = url_of(accepted_family())

    answer = Client(headers={"host": "rochebelle.localhost"}).get(url)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_the_check_page_tells_the_difference(rochebelle):
    family = accepted_family()
    book(family, lunch("2026-12-03"))
    client, url = sign_in(family.account), url_of(family)
    with tenant_context(rochebelle):
        ticked = [str(lunch(day).public_id) for day in ("2026-12-04", "2026-12-07")]

    html = client.get(
        f"{url}check/", {"month": "2026-12", "day": ticked}
    ).content.decode()

    assert html.count('name="add"') == 2
    assert html.count('name="cancel"') == 1
    assert "+2,35" in html.replace("\xa0", " ")


def test_confirming_twice_books_once(rochebelle):
    family = accepted_family()
    client, url = sign_in(family.account), url_of(family)
    with tenant_context(rochebelle):
        day = str(lunch("2026-12-04").public_id)
    data = form_of(client, f"{url}check/?month=2026-12&day={day}")

    first = client.post(f"{url}check/", data)
    second = client.post(f"{url}check/", data)

    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert client.get(first["Location"]).status_code == 200
    with tenant_context(rochebelle):
        assert Order.objects.count() == Booking.objects.count() == 1


def test_the_same_form_with_other_days_is_refused(rochebelle):
    family = accepted_family()
    client, url = sign_in(family.account), url_of(family)
    with tenant_context(rochebelle):
        days = [str(lunch(day).public_id) for day in ("2026-12-04", "2026-12-07")]
    data = form_of(client, f"{url}check/?month=2026-12&day={days[0]}")
    client.post(f"{url}check/", data)

    client.post(f"{url}check/", {**data, "add": days})

    with tenant_context(rochebelle):
        assert Booking.objects.count() == 1


def test_a_rhythm_chooses_days_and_leaves_holidays_out(rochebelle):
    family = accepted_family()
    client, url = sign_in(family.account), url_of(family)

    asked = {"rhythm": "1", "weekday": ["0", "3"], "until": "2027-01-08"}
    data = form_of(client, f"{url}check/?rhythm=1&weekday=0&weekday=3&until=2027-01-08")

    with tenant_context(rochebelle):
        days = Session.objects.filter(public_id__in=data["add"]).values_list(
            "starts_on", flat=True
        )
        assert {day.weekday() for day in days} == {0, 3}
        assert len(days) == 10
    assert client.get(f"{url}check/", {**asked, "until": "soon"}).status_code == 200


def test_days_are_copied_to_a_sister_without_giving_up_hers(rochebelle):
    family = accepted_family("claire@example.com", "Lina", "Zoé")
    book(family, lunch("2026-12-10"), child=1)
    client, url = sign_in(family.account), url_of(family, child=1)
    with tenant_context(rochebelle):
        day = str(lunch("2026-12-04").public_id)

    data = form_of(client, f"{url}check/?month=2026-12&copy=1&day={day}")

    assert (data["add"], "cancel" in data) == ([day], False)


def test_a_day_refused_at_the_last_moment_is_told(rochebelle):
    family = accepted_family()
    client, url = sign_in(family.account), url_of(family)
    with tenant_context(rochebelle):
        day = lunch("2026-12-04")
        other = str(lunch("2026-12-07").public_id)
    data = form_of(client, f"{url}check/?month=2026-12&day={day.public_id}&day={other}")
    with tenant_context(rochebelle):
        Session.objects.filter(pk=day.pk).update(capacity=0)

    answer = client.post(f"{url}check/", data, follow=True)

    assert answer.status_code == 200
    assert b"preau-panel__reference" in answer.content
    assert "vendredi 4 décembre" in answer.content.decode()


def test_what_is_shown_open_is_what_the_server_accepts(rochebelle, clock):
    family = accepted_family()
    client, url = sign_in(family.account), url_of(family)
    with tenant_context(rochebelle):
        day = lunch("2026-12-04")
        Session.objects.filter(pk=day.pk).update(capacity=1)
    # Two minutes before and after the deadline of Wednesday 2 December at 9:00.
    for minute, late in ((58, False), (2, True)):
        hour = 7 if minute == 58 else 8
        clock(datetime(2026, 12, 2, hour, minute, tzinfo=UTC))
        html = client.get(url, {"month": "2026-12"}).content.decode()
        assert ("4,85" in cell(html, 4)) is late


def test_a_form_without_a_key_writes_nothing(rochebelle):
    family = accepted_family()
    client, url = sign_in(family.account), url_of(family)
    with tenant_context(rochebelle):
        day = str(lunch("2026-12-04").public_id)

    client.post(f"{url}check/", {"add": day})
    client.post(f"{url}check/", {"add": "x", "form_key": str(uuid4())})

    with tenant_context(rochebelle):
        assert not Booking.objects.exists()
