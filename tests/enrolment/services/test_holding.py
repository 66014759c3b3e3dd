"""Places are held, given back, and never given twice."""

from datetime import timedelta
from functools import partial

import pytest

from catalog.models import Session
from enrolment.enums import BookingStatus
from enrolment.models import Booking
from enrolment.services.holding import release_lapsed, release_place
from families.models import ResidenceRecord
from tests.enrolment.booking_builders import (
    NOW,
    PARIS,
    accepted_family,
    codes,
    course,
    hold,
    seats,
)

pytestmark = pytest.mark.usefixtures("rochebelle")

SWIMMING = "Natation 6-10 ans"


def test_a_held_place_is_counted_priced_and_explained():
    family = accepted_family()

    choice = hold(family, "natation", course(SWIMMING))

    booking = Booking.objects.get()
    assert choice.refused == []
    assert (booking.status, booking.price_minor) == (BookingStatus.HELD, 2400)
    assert booking.held_until == NOW + timedelta(minutes=30)
    assert booking.split == {"care": 0, "meal": 0, "other": 2400}
    assert booking.trace["rule"] == "resident"
    assert seats(course(SWIMMING)) == 1


def test_an_unproven_residence_pays_the_outsiders_price():
    family = accepted_family(residence=None)

    hold(family, "natation", course(SWIMMING))

    assert Booking.objects.get().price_minor == 4800


def test_residence_counts_on_the_day_of_the_session_not_of_the_booking():
    family = accepted_family()
    ResidenceRecord.objects.update(until_on="2026-12-01")

    hold(family, "natation", course(SWIMMING))

    assert Booking.objects.get().price_minor == 4800


def test_holding_twice_holds_once():
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))

    again = hold(family, "natation", course(SWIMMING))

    assert (len(again.kept), again.quotes, again.refused) == (1, [], [])
    assert seats(course(SWIMMING)) == 1


def test_a_full_session_says_so_and_takes_nobody():
    for index in range(2):
        family = accepted_family(f"f{index}@example.com")
        hold(family, "natation", course(SWIMMING))

    late = hold(accepted_family("late@example.com"), "natation", course(SWIMMING))

    assert codes(late) == [{"session_full"}]
    assert seats(course(SWIMMING)) == 2


def test_a_place_held_too_long_goes_to_the_next_family():
    for index in range(2):
        hold(accepted_family(f"f{index}@example.com"), "natation", course(SWIMMING))
    later = NOW + timedelta(minutes=31)

    choice = hold(
        accepted_family("late@example.com"), "natation", course(SWIMMING), now=later
    )

    assert len(choice.quotes) == 1
    statuses = sorted(Booking.objects.values_list("status", flat=True))
    assert statuses == ["expired", "expired", "held"]
    assert seats(course(SWIMMING)) == 1


def test_a_family_can_hold_again_what_it_held_too_long():
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))

    again = hold(family, "natation", course(SWIMMING), now=NOW + timedelta(minutes=40))

    assert len(again.quotes) == 1
    assert seats(course(SWIMMING)) == 1


def test_one_course_per_child_and_holidays():
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))
    skating = Session.objects.filter(activity__code="patinage").earliest("pk")

    choice = hold(family, "patinage", skating)

    assert "quota_reached" in codes(choice)[0]


def test_the_periodic_job_frees_what_was_held_too_long():
    hold(accepted_family(), "natation", course(SWIMMING))

    before = release_lapsed(now=NOW + timedelta(minutes=29))
    after = release_lapsed(now=NOW + timedelta(minutes=30))

    assert (before, after, seats(course(SWIMMING))) == (0, 1, 0)


def test_a_place_given_back_is_free_once():
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))
    booking = Booking.objects.get()
    give_back = partial(
        release_place,
        booking=booking,
        household=family.household,
        now=NOW,
        zone=PARIS,
    )

    first = give_back()
    second = give_back()

    assert (first, second, seats(course(SWIMMING))) == (True, False, 0)


def test_another_family_s_child_is_left_out():
    mine, other = accepted_family(), accepted_family("other@example.com")
    mine.children = other.children

    choice = hold(mine, "natation", course(SWIMMING))

    assert (choice.quotes, choice.refused) == ([], [])
    assert not Booking.objects.exists()
