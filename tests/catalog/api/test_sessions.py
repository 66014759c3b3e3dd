"""The sessions of an activity, over REST."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from catalog.models import Activity, Service, Session, SharedPlaces

PATH = "activities/natation/sessions/"
QUERIES = 7


def names(answer):
    return [each["name"] for each in answer.json()["results"]]


def a_course(name):
    Session.objects.create(
        activity=Activity.objects.get(code="natation"),
        name=name,
        starts_on="2027-02-22",
        ends_on="2027-02-26",
        start_time="09:00",
        end_time="10:00",
    )


def share(*codes, capacity):
    """Give activities places that they share."""
    shared = SharedPlaces.objects.create(code="bassin", name="Bassin", capacity=9)
    Activity.objects.filter(code__in=codes).update(shared_places=shared)
    SharedPlaces.objects.update(capacity=capacity)


def test_a_session_tells_days_hours_ages_and_places_left(ask):
    Session.objects.filter(name="Natation 6-10 ans").update(seats_taken=1)

    answer = ask(PATH, **{"from": "2026-12-01", "until": "2027-01-01"})

    small, big = answer.json()["results"]
    assert (small["name"], small["places_left"]) == ("Natation 4-5 ans", 12)
    assert (big["starts_on"], big["ends_on"]) == ("2026-12-21", "2026-12-24")
    assert (big["start_time"], big["end_time"]) == ("09:30:00", "10:30:00")
    assert (big["born_from"], big["born_until"]) == ("2016-01-01", "2020-12-31")
    assert big["places_left"] == 1
    assert "seats_taken" not in big


def test_a_session_without_limit_says_nothing_of_places(ask):
    Session.objects.filter(name="Natation 6-10 ans").update(capacity=None)

    big = ask(PATH, **{"from": "2026-12-01"}).json()["results"][1]

    assert big["places_left"] is None


@pytest.mark.parametrize(
    ("first", "until", "count"),
    [
        ("2026-12-24", "2026-12-25", 2),
        ("2026-12-25", "2027-01-01", 0),
        ("2026-12-01", "2026-12-21", 0),
        ("2026-12-01", "2026-12-22", 2),
    ],
)
def test_a_period_is_half_open(ask, first, until, count):
    answer = ask(PATH, **{"from": first, "until": until})

    assert answer.json()["count"] == count


def test_a_cancelled_session_is_not_shown(ask):
    cancelled = Session.objects.filter(name="Natation 6-10 ans")
    cancelled.update(cancelled_at=datetime(2026, 11, 20, tzinfo=UTC))

    assert names(ask(PATH, **{"from": "2026-12-01"})) == ["Natation 4-5 ans"]


def test_the_past_is_left_out_unless_asked_for(ask):
    Session.objects.filter(name="Natation 4-5 ans").update(
        starts_on="2020-01-01", ends_on="2020-01-02"
    )

    recent = ask(PATH, until="2090-01-01")
    since = ask(PATH, **{"from": "2020-01-01"})

    assert timezone.localdate().year > 2020
    assert "Natation 4-5 ans" not in names(recent)
    assert "Natation 4-5 ans" in names(since)


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({"from": "hier"}, "from"),
        ({"from": "2026-02-30"}, "from"),
        ({"until": "demain"}, "until"),
        ({"from": "2026-12-02", "until": "2026-12-02"}, "until"),
    ],
)
def test_a_period_that_cannot_be_is_refused_by_name(ask, query, wrong):
    answer = ask(PATH, **query)

    assert answer.status_code == 400
    assert list(answer.json()) == [wrong]


@pytest.mark.parametrize("code", ["garderie-soir", "absent", "patinage"])
def test_an_activity_that_is_not_shown_here_does_not_exist(ask, code):
    Service.objects.filter(code="stages").update(is_published=False)

    assert ask(f"activities/{code}/sessions/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_reads_as_much_for_one_session_as_for_thirty(
    ask, django_assert_num_queries, count
):
    for number in range(count):
        a_course(f"N{number}")
    ask(PATH, **{"from": "2027-02-01"})

    with django_assert_num_queries(QUERIES):
        answer = ask(PATH, **{"from": "2027-02-01"})

    assert answer.json()["count"] == count


def test_a_page_never_holds_everything(ask):
    answer = ask("activities/repas/sessions/", **{"from": "2026-11-01"}, limit="2")
    huge = ask("activities/repas/sessions/", limit="100000000")

    assert len(answer.json()["results"]) == 2
    assert "offset=2" in answer.json()["next"]
    assert huge.status_code == 200


def test_places_shared_with_another_activity_are_not_promised(ask):
    share("natation", "patinage", capacity=3)
    Session.objects.filter(activity__code="patinage").update(
        seats_taken=2, starts_on="2026-12-22", ends_on="2026-12-23", start_time="10:00"
    )

    small, big = ask(PATH, **{"from": "2026-12-01"}).json()["results"]

    assert (small["places_left"], big["places_left"]) == (1, 1)


def test_shared_places_limit_a_session_that_has_no_limit_of_its_own(ask):
    share("natation", capacity=3)
    Session.objects.filter(name="Natation 6-10 ans").update(capacity=None)

    big = ask(PATH, **{"from": "2026-12-01"}).json()["results"][1]

    assert big["places_left"] == 3


@pytest.mark.parametrize("count", [1, 30])
def test_sharing_costs_one_query_for_one_session_as_for_thirty(
    ask, django_assert_num_queries, count
):
    share("natation", "patinage", capacity=3)
    for number in range(count):
        a_course(f"N{number}")
    ask(PATH, **{"from": "2027-02-01"})

    with django_assert_num_queries(QUERIES + 1):
        answer = ask(PATH, **{"from": "2027-02-01"})

    assert {each["places_left"] for each in answer.json()["results"]} == {3}
