"""Activities that share places, asked for at once, on real connections."""

from collections import Counter
from collections.abc import Iterator
from datetime import time
from functools import partial
from typing import Any

import pytest
from django_tenants.utils import tenant_context

from catalog.models import Activity, Session, SharedPlaces
from catalog.queries.shared_places import places_left
from enrolment.models import Booking
from enrolment.services.cancelling import cancel_booking
from enrolment.services.retrying import retried
from tenants.models import Town
from tests.enrolment.booking_builders import NOW, PARIS, hold, lunch, seats
from tests.enrolment.crowd import all_at_once, open_busy_town
from tests.enrolment.test_rush import deadlocks, families, fates
from tests.families.builders import Family

DAY = "2026-12-01"
# The canteen is from 11:45 to 13:30.
CLUBS = {
    "club-tot": (time(11, 45), time(12, 30)),
    "club-tard": (time(12, 30), time(13, 30)),
}
ROOM = 7


@pytest.fixture
def town(committed: None) -> Iterator[Town]:
    """A town where the canteen and two clubs share a room, committed, entered."""
    opened = open_busy_town()
    with tenant_context(opened):
        canteen = Activity.objects.get(code="repas")
        for code, hours in CLUBS.items():
            share_hours(canteen, code, *hours)
        room = SharedPlaces.objects.create(code="salle", name="Salle", capacity=ROOM)
        Activity.objects.filter(code__in=["repas", *CLUBS]).update(shared_places=room)
        yield opened


def share_hours(canteen: Activity, code: str, start: time, end: time) -> None:
    """Open a club on the day, in some of the hours of the canteen."""
    hours = {"start_time": start, "end_time": end}
    club = Activity.objects.create(
        service=canteen.service,
        code=code,
        name=code.title(),
        kind="dated",
        tariff=canteen.tariff,
        weekdays=[2],
        **hours,
    )
    Session.objects.create(
        activity=club, starts_on=DAY, ends_on=DAY, capacity=50, **hours
    )


def session_of(code: str) -> Session:
    return Session.objects.get(activity__code=code, starts_on=DAY)


def at_the_fullest() -> int:
    """Return how many children are in the room together at most."""
    early, late = (seats(session_of(code)) for code in CLUBS)
    return seats(lunch(DAY)) + max(early, late)


def asks(crowd: list[Family]) -> list[Any]:
    """Each family asks for one of the three, in turn."""
    codes = ["repas", *CLUBS]
    return [
        partial(retried, partial(hold, family, code, session_of(code)))
        for index, family in enumerate(crowd)
        for code in [codes[index % len(codes)]]
    ]


def test_the_room_is_never_fuller_than_it_is_whatever_the_activity(town: Town) -> None:
    crowd = families(45)
    before = deadlocks()

    answers = all_at_once(town, asks(crowd))

    assert deadlocks() == before
    found = fates(answers)
    assert found.keys() == {"taken", "session_full"}
    assert at_the_fullest() == ROOM
    assert found["taken"] == Booking.objects.count()
    listed = Session.objects.filter(
        starts_on=DAY, activity__shared_places__isnull=False
    )
    left = places_left(listed.select_related("activity__shared_places"))
    assert left[lunch(DAY).pk] == 0


def test_the_last_place_of_the_room_goes_once(town: Town) -> None:
    SharedPlaces.objects.update(capacity=1)
    crowd = families(30)
    acts = [
        partial(retried, partial(hold, family, code, session_of(code)))
        for index, family in enumerate(crowd)
        for code in [("repas", "club-tot")[index % 2]]
    ]

    answers = all_at_once(town, acts)

    assert fates(answers) == {"taken": 1, "session_full": 29}
    assert at_the_fullest() == 1


def test_giving_back_in_one_and_taking_in_another_keep_the_count(town: Town) -> None:
    crowd = families(24)
    held = crowd[:ROOM]
    for family in held:
        hold(family, "repas", lunch(DAY))
    Booking.objects.update(status="booked", held_until=None, booked_at=NOW)
    bookings = {each.household_id: each for each in Booking.objects.all()}

    def give_up(family: Family) -> Booking:
        return retried(
            lambda: cancel_booking(
                booking=bookings[family.household.pk],
                household=family.household,
                account=family.account,
                now=NOW,
                zone=PARIS,
            )
        )

    acts: list[Any] = [partial(give_up, family) for family in held]
    before = deadlocks()
    answers = all_at_once(town, acts + asks(crowd[ROOM:]))

    assert deadlocks() == before
    kinds = Counter(type(answer).__name__ for answer in answers)
    assert kinds.keys() == {"Booking", "Choice"}
    assert seats(lunch(DAY)) <= ROOM
    assert at_the_fullest() <= ROOM
