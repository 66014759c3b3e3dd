"""Activities that share places are never fuller together than the places there are."""

from datetime import time

import pytest
from django.db import IntegrityError, transaction

from catalog.models import Activity, Session, SharedPlaces
from enrolment.domain.refusals import SessionFull
from enrolment.models import Booking
from enrolment.queries.planning import read_places
from tests.enrolment.booking_builders import NOW, accepted_family, hold, lunch

pytestmark = pytest.mark.usefixtures("rochebelle")

DAY = "2026-12-01"


@pytest.fixture
def room(rochebelle):
    """A room for two, shared by the canteen and a club at the same hour."""
    shared = SharedPlaces.objects.create(code="salle", name="Salle", capacity=2)
    lunch_activity = Activity.objects.get(code="repas")
    club = Activity.objects.create(
        service=lunch_activity.service,
        code="club",
        name="Club",
        kind="dated",
        tariff=lunch_activity.tariff,
        weekdays=[2],
        start_time=time(12),
        end_time=time(13),
    )
    Activity.objects.filter(code__in=["repas", "club"]).update(shared_places=shared)
    Session.objects.create(
        activity=club,
        starts_on=DAY,
        ends_on=DAY,
        start_time=time(12),
        end_time=time(13),
        capacity=10,
    )
    return shared


def club_session():
    return Session.objects.get(activity__code="club")


def left(code, shared):
    (place,) = read_places(
        Session.objects.filter(activity__code=code, starts_on=DAY),
        now=NOW,
        shared=shared,
    )
    return place.left


def test_what_one_takes_the_other_has_not(room):
    hold(accepted_family(), "repas", lunch(DAY))

    assert left("club", room) == 1
    assert left("repas", room) == 1


def test_the_third_child_is_told_that_it_is_full(room):
    hold(accepted_family(), "repas", lunch(DAY))
    hold(accepted_family("b@example.com", "Noé"), "club", club_session())

    choice = hold(accepted_family("c@example.com", "Zoé"), "repas", lunch(DAY))

    assert [each.refusals for each in choice.refused] == [(SessionFull(),)]
    assert Booking.objects.count() == 2
    assert left("repas", room) == 0


def test_two_children_of_one_family_do_not_take_one_place_twice(room):
    hold(accepted_family(), "club", club_session())
    family = accepted_family("b@example.com", "Noé", "Zoé")

    first = hold(family, "repas", lunch(DAY))
    second = hold(family, "repas", lunch(DAY), child=1)

    assert (len(first.refused), len(second.refused)) == (0, 1)


def test_an_hour_later_nobody_is_in_the_way(room):
    Session.objects.filter(activity__code="club").update(
        start_time=time(14), end_time=time(15)
    )
    hold(accepted_family(), "repas", lunch(DAY))

    assert left("club", room) == 2


def test_the_database_has_the_last_word(room):
    Session.objects.filter(pk=lunch(DAY).pk).update(seats_taken=2)

    with pytest.raises(IntegrityError, match="shared places"), transaction.atomic():
        Session.objects.filter(pk=club_session().pk).update(seats_taken=1)


def test_a_place_given_back_is_free_for_the_other(room):
    Session.objects.filter(pk=lunch(DAY).pk).update(seats_taken=2)

    Session.objects.filter(pk=lunch(DAY).pk).update(seats_taken=1)
    Session.objects.filter(pk=club_session().pk).update(seats_taken=1)

    assert left("club", room) == 0


def test_a_cancelled_session_takes_no_place(room):
    Session.objects.filter(pk=lunch(DAY).pk).update(seats_taken=2, cancelled_at=NOW)

    assert left("club", room) == 2
