"""Everybody at once, on real connections: places are counted by the database."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from catalog.models import Session
from enrolment.enums import BookingStatus
from enrolment.models import Booking, Order
from enrolment.services.cancelling import cancel_booking
from enrolment.services.choosing import Choice
from enrolment.services.holding import release_lapsed
from enrolment.services.ordering import Done
from enrolment.services.retrying import retried
from tenants.models import Town
from tests.enrolment.booking_builders import (
    NOW,
    PARIS,
    accepted_family,
    book,
    course,
    hold,
    lunch,
    seated,
    seats,
)
from tests.enrolment.crowd import all_at_once, open_busy_town
from tests.families.builders import Family

SWIMMING = "Natation 6-10 ans"


@pytest.fixture
def town(committed: None) -> Iterator[Town]:
    """A town with committed data, entered."""
    opened = open_busy_town()
    with tenant_context(opened):
        yield opened


def families(count: int) -> list[Family]:
    return [accepted_family(f"f{index}@example.com") for index in range(count)]


def places(session: Session, capacity: int) -> Session:
    Session.objects.filter(pk=session.pk).update(capacity=capacity)
    return session


def deadlocks() -> int:
    """Return how many deadlocks the server found in this database so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def try_to_book(family: Family, *sessions: Session) -> Done:
    return retried(lambda: book(family, *sessions))


def fates(answers: list[Any]) -> Counter[str]:
    """Count what happened: taken, refused for a reason, or an error."""
    found: Counter[str] = Counter()
    for answer in answers:
        if not isinstance(answer, Choice):
            found[repr(answer)] += 1
        elif answer.quotes:
            found["taken"] += 1
        else:
            found[",".join(r.code for r in answer.refused[0].refusals)] += 1
    return found


def test_the_last_place_goes_once_to_fifty_families(town):
    last = places(course(SWIMMING), 1)
    crowd = families(50)

    answers = all_at_once(town, [partial(hold, f, "natation", last) for f in crowd])

    assert fates(answers) == {"taken": 1, "session_full": 49}
    assert seated(session=last) == seats(last) == 1


def test_two_hundred_tries_for_thirty_places_take_thirty(town):
    session = places(lunch("2026-12-03"), 30)
    crowd = families(50)
    acts = [partial(try_to_book, f, session) for f in crowd for _ in range(4)]

    answers = all_at_once(town, acts)

    booked = [answer for answer in answers if isinstance(answer, Done)]
    kinds = Counter(type(answer).__name__ for answer in answers)
    assert kinds.keys() == {"Done", "NothingBookedError", "NothingToChangeError"}
    assert len(booked) == seated(session=session) == seats(session) == 30
    assert Order.objects.count() == 30


def test_the_same_child_asked_for_twenty_times_is_there_once(town):
    family = accepted_family()
    session = course(SWIMMING)

    answers = all_at_once(
        town, [partial(hold, family, "natation", session) for _ in range(20)]
    )

    assert sum(len(each.quotes) for each in answers if isinstance(each, Choice)) == 1
    assert all(isinstance(each, Choice) for each in answers)
    assert seated(session=session) == seats(session) == 1


def test_a_child_is_never_in_two_places_at_once(town):
    family = accepted_family()
    swimming = course(SWIMMING)
    other = Session.objects.create(
        activity=swimming.activity,
        name="Natation perfectionnement",
        starts_on=swimming.starts_on,
        ends_on=swimming.ends_on,
        start_time="10:00",
        end_time="11:00",
        capacity=10,
    )

    answers = all_at_once(
        town,
        [
            partial(hold, family, "natation", s)
            for s in (swimming, other)
            for _ in range(8)
        ],
    )

    assert sum(len(each.quotes) for each in answers if isinstance(each, Choice)) == 1
    assert seated(child=family.children[0]) == 1
    assert seats(swimming) + seats(other) == 1


def test_the_database_refuses_an_overlap_whatever_the_code_does(town):
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))
    held = Booking.objects.get()
    other = Session.objects.create(
        activity=held.session.activity,
        name="Ailleurs",
        starts_on=held.session.starts_on,
        ends_on=held.session.ends_on,
        start_time="09:00",
        end_time="12:00",
    )
    held.pk = None
    held.public_id = "11111111-1111-4111-8111-111111111111"
    held.session = other

    with pytest.raises(Exception, match="a_child_is_in_one_place_at_a_time"):
        held.save(force_insert=True)
    connection.close()


def test_a_family_books_two_months_from_two_windows_without_deadlock(town):
    crowd = families(6)
    days = list(
        Session.objects.filter(activity__code="repas", starts_on__gte="2026-12-01")
    )
    months = [days[:14], list(reversed(days[:14])), days[14:28], days[7:21]]
    acts = [partial(try_to_book, f, *m) for f in crowd for m in months]

    before = deadlocks()
    answers = all_at_once(town, acts, together=24)

    assert deadlocks() == before
    errors = [each for each in answers if not isinstance(each, Done)]
    assert {type(each).__name__ for each in errors} <= {"NothingToChangeError"}
    assert seated() == 6 * 28
    taken = Session.objects.filter(pk__in=[day.pk for day in days[:28]])
    assert set(taken.values_list("seats_taken", flat=True)) == {6}


def test_holding_giving_up_and_freeing_at_once_keep_the_count(town):
    session = places(lunch("2026-12-03"), 5)
    crowd = families(12)
    for family in crowd[:5]:
        book(family, session)
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

    acts: list[Any] = [partial(give_up, f) for f in crowd[:5]]
    acts += [partial(try_to_book, f, session) for f in crowd[5:]]
    acts += [partial(release_lapsed, now=NOW) for _ in range(4)]

    before = deadlocks()
    answers = all_at_once(town, acts)

    assert deadlocks() == before
    kinds = {type(each).__name__ for each in answers}
    assert kinds <= {"Booking", "Done", "NothingBookedError", "int"}
    booked = Booking.objects.filter(session=session, status=BookingStatus.BOOKED)
    assert booked.count() == seats(session) <= 5
