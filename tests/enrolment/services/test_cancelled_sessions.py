"""A session does not take place: its bookings end, and each household is told once."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.services.sessions import cancel_session
from enrolment.enums import BookingStatus
from enrolment.models import Booking
from enrolment.queries.basket import basket_of
from enrolment.services.cancelled_sessions import end_bookings_of
from families.enums import GuardianRole
from families.models import Guardian
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tests.billing.jobs import queued, run_jobs
from tests.enrolment.booking_builders import (
    NOW,
    PARIS,
    accepted_family,
    book,
    course,
    hold,
    lunch,
    seats,
)
from tests.families.builders import make_person

pytestmark = pytest.mark.usefixtures("rochebelle")

SWIMMING = "Natation 4-5 ans"
REASON = "La piscine est en travaux."


def call_off(session):
    clerk = Account.objects.filter(is_superuser=True).earliest("id")
    return cancel_session(session=session, reason=REASON, actor=clerk, now=NOW)


def end(session, *, now=NOW):
    return end_bookings_of(session_id=session.pk, now=now, zone=PARIS)


def booking_of(family):
    return Booking.objects.get(household=family.household)


def test_a_cancelled_session_queues_its_end_with_an_id_only(mailoutbox):
    family = accepted_family()
    book(family, lunch("2026-12-01"))
    mailoutbox.clear()

    call_off(lunch("2026-12-01"))
    before = booking_of(family).status
    done = run_jobs("default")

    assert (before, done) == ("booked", ["end_bookings"])
    assert booking_of(family).status == BookingStatus.CANCELLED
    assert len(mailoutbox) == 1


def test_a_refused_cancellation_queues_nothing(rochebelle):
    session = lunch("2026-12-01")
    call_off(session)
    run_jobs("default")

    with pytest.raises(Exception, match="already cancelled"):
        call_off(session)

    assert queued("enrolment.tasks.end_bookings") == 0


def test_a_booking_is_cancelled_for_free_and_journalled():
    family = accepted_family()
    session = lunch("2026-11-24")
    book(family, session)
    call_off(session)
    # Far too late for a family to cancel for free.
    an_hour_before = datetime(2026, 11, 24, 9, tzinfo=UTC)

    ended = end(session, now=an_hour_before)

    booking = booking_of(family)
    assert ended == 1
    assert (booking.status, booking.cancelled_late) == ("cancelled", False)
    assert booking.cancelled_at == NOW
    assert booking.cancelled_by is not None
    assert booking.cancelled_by.is_superuser
    assert seats(session) == 0
    entry = Entry.objects.about("enrolment.booking", booking.public_id).latest("id")
    assert (entry.action, entry.reason) == ("booking cancelled", REASON)
    assert entry.actor == booking.cancelled_by


def test_a_late_cancellation_is_not_due_any_more():
    family = accepted_family()
    session = lunch("2026-12-01")
    book(family, session)
    Booking.objects.update(
        status=BookingStatus.CANCELLED, cancelled_late=True, cancelled_at=NOW
    )
    call_off(session)

    end(session)

    assert not Booking.objects.due().exists()


def test_each_household_is_told_once_with_the_reason(mailoutbox):
    claire = accepted_family("claire@example.com", "Lina", "Tom")
    paul = accepted_family("paul@example.com", "Zoé")
    session = lunch("2026-12-01")
    book(claire, session)
    book(claire, session, child=1)
    book(paul, session)
    call_off(session)
    mailoutbox.clear()

    end(session)

    letters = {mail.to[0]: mail for mail in mailoutbox}
    assert len(mailoutbox) == 2
    letter = letters["claire@example.com"]
    assert "Repas" in letter.subject
    assert REASON in letter.body
    assert "Lina: the booking is cancelled" in letter.body
    assert "Tom: the booking is cancelled" in letter.body
    assert "Zoé" not in letter.body
    assert "http://rochebelle.localhost/my/bookings/" in letter.body
    assert letter.reply_to == ["education@rochebelle.localhost"]


def test_both_adults_read_the_one_message(mailoutbox):
    family = accepted_family()
    Guardian.objects.create(
        household=family.household,
        person=make_person("marc@example.com", "Marc"),
        role=GuardianRole.CO_RESPONSIBLE,
    )
    session = lunch("2026-12-01")
    book(family, session)
    call_off(session)
    mailoutbox.clear()

    end(session)

    assert [mail.to for mail in mailoutbox] == [
        ["claire@example.com", "marc@example.com"]
    ]


def test_a_held_place_leaves_the_basket_without_blaming_the_family(mailoutbox):
    family = accepted_family("claire@example.com", "Lina")
    family.children[0].birth_date = "2022-03-01"
    family.children[0].save()
    session = course(SWIMMING)
    hold(family, "natation", session)
    call_off(session)

    end(session)

    basket = basket_of(family.household, now=NOW + timedelta(hours=1))
    assert (list(basket.held), list(basket.lapsed)) == ([], [])
    assert seats(session) == 0
    assert "Lina: the place has left your basket." in mailoutbox[0].body


def test_a_hold_that_had_lapsed_is_freed_without_a_word(mailoutbox):
    family = accepted_family()
    family.children[0].birth_date = "2022-03-01"
    family.children[0].save()
    session = course(SWIMMING)
    hold(family, "natation", session)
    call_off(session)

    end(session, now=NOW + timedelta(days=1))

    assert booking_of(family).status == BookingStatus.EXPIRED
    assert mailoutbox == []


def test_doing_it_again_changes_nothing_and_tells_nobody(mailoutbox):
    family = accepted_family()
    session = lunch("2026-12-01")
    book(family, session)
    call_off(session)
    end(session)
    mailoutbox.clear()
    written = Entry.objects.count()

    again = end(session)

    assert (again, mailoutbox) == (0, [])
    assert Entry.objects.count() == written


def test_a_session_that_takes_place_is_left_alone(mailoutbox):
    family = accepted_family()
    session, other = lunch("2026-12-01"), lunch("2026-12-03")
    book(family, session, other)
    call_off(other)

    assert end(session) == 0
    assert end(other) == 1
    statuses = Booking.objects.order_by("session__starts_on").values_list("status")
    assert [status for (status,) in statuses] == ["booked", "cancelled"]


@pytest.mark.parametrize("count", [1, 12])
def test_the_statements_are_as_many_for_one_booking_as_for_twelve(
    count, django_assert_num_queries
):
    names = [f"Enfant {number}" for number in range(count)]
    family = accepted_family("claire@example.com", *names)
    session = lunch("2026-12-01")
    for child in range(count):
        book(family, session, child=child)
    call_off(session)

    with django_assert_num_queries(12):
        end(session)
