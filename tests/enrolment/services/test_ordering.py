"""Baskets and months become one order, once, at the price shown."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.models import Session
from enrolment.enums import BookingStatus, Timing
from enrolment.models import Access, Booking, Order
from enrolment.queries.basket import basket_of
from enrolment.services.booking_errors import (
    AlreadyStartedError,
    BasketChangedError,
    NotBookedError,
    NothingBookedError,
    NothingToChangeError,
)
from enrolment.services.cancelling import cancel_booking
from enrolment.services.ordering import place_order
from enrolment.signals import booking_cancelled, order_placed
from families.models import ChildMembership
from foundation.journal.models import Entry
from tests.enrolment.booking_builders import (
    NOW,
    PARIS,
    accepted_family,
    book,
    codes,
    course,
    hold,
    lunch,
    missing,
    seats,
)
from tests.families.builders import Family

pytestmark = pytest.mark.usefixtures("rochebelle")

SWIMMING = "Natation 6-10 ans"


def confirm(family: Family, *, now: datetime = NOW) -> Order:
    shown = Booking.objects.filter(status="held").values_list("public_id", flat=True)
    return place_order(
        household=family.household, account=family.account, shown=list(shown), now=now
    )


def cancel(family: Family, booking: Booking, *, now: datetime = NOW) -> Booking:
    return cancel_booking(
        booking=booking,
        household=family.household,
        account=family.account,
        now=now,
        zone=PARIS,
    )


def test_a_basket_becomes_an_order_with_a_message_and_a_trace(mailoutbox):
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))

    order = confirm(family)

    booking = Booking.objects.get()
    assert (booking.status, booking.order_id) == (BookingStatus.BOOKED, order.pk)
    assert (booking.booked_at, booking.held_until) == (NOW, None)
    assert (order.total_minor, order.currency) == (2400, "EUR")
    assert seats(course(SWIMMING)) == 1
    (mail,) = mailoutbox
    assert mail.to == ["claire@example.com"]
    assert order.reference in mail.subject
    assert f"/my/bookings/orders/{order.public_id}/" in mail.body
    assert Entry.objects.filter(action="order placed").count() == 1


def test_what_the_page_did_not_show_is_not_ordered():
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))

    with pytest.raises(BasketChangedError):
        place_order(
            household=family.household,
            account=family.account,
            shown=[missing()],
            now=NOW,
        )

    assert not Order.objects.exists()


def test_a_basket_confirmed_too_late_is_refused_and_kept_as_it_is():
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))

    with pytest.raises(BasketChangedError):
        confirm(family, now=NOW + timedelta(minutes=30))

    assert Booking.objects.get().status == BookingStatus.HELD


def test_a_place_of_a_session_cancelled_meanwhile_is_not_ordered():
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))
    Session.objects.filter(pk=course(SWIMMING).pk).update(cancelled_at=NOW)

    with pytest.raises(BasketChangedError):
        confirm(family)

    assert not Order.objects.exists()
    assert basket_of(family.household, now=NOW).held == []


def test_others_hear_of_an_order_once_it_is_committed(
    django_capture_on_commit_callbacks,
):
    heard = []
    family = accepted_family()

    def listener(order_id: int, **_kwargs: object) -> None:
        heard.append(order_id)

    order_placed.connect(listener)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            order = book(family, lunch("2026-12-03")).order
            assert heard == []
    finally:
        order_placed.disconnect(listener)

    assert order is not None
    assert heard == [order.pk]


def test_a_month_books_and_gives_up_in_one_go():
    family = accepted_family()
    book(family, lunch("2026-12-03"))
    former = Booking.objects.get()

    done = book(family, lunch("2026-12-04"), lunch("2026-12-07"), give_up=[former])

    former.refresh_from_db()
    assert (former.status, former.cancelled_late) == (BookingStatus.CANCELLED, False)
    assert done.order is not None
    assert done.order.total_minor == 470
    assert [seats(lunch(f"2026-12-0{day}")) for day in (3, 4, 7)] == [0, 1, 1]


def test_a_refused_day_is_told_and_the_others_are_booked():
    family = accepted_family()
    Session.objects.filter(pk=lunch("2026-12-04").pk).update(capacity=0)

    done = book(family, lunch("2026-12-03"), lunch("2026-12-04"))

    assert codes(done) == [{"session_full"}]
    assert done.order is not None
    assert done.order.total_minor == 235


def test_nothing_at_all_makes_no_order(mailoutbox):
    family = accepted_family()
    Session.objects.filter(pk=lunch("2026-12-04").pk).update(capacity=0)

    with pytest.raises(NothingBookedError):
        book(family, lunch("2026-12-04"))
    with pytest.raises(NothingToChangeError):
        book(family)

    assert not Order.objects.exists()
    assert mailoutbox == []


def test_without_access_a_day_is_refused():
    family = accepted_family()
    Access.objects.update(until_on="2026-12-04")

    done = book(family, lunch("2026-12-03"), lunch("2026-12-04"))

    assert codes(done) == [{"no_access"}]


def test_a_late_day_is_booked_at_the_late_price():
    family = accepted_family()

    book(family, lunch("2026-11-23"))

    booking = Booking.objects.get()
    assert (booking.timing, booking.price_minor) == (Timing.LATE, 485)


@pytest.mark.parametrize(
    ("hour", "late"),
    [
        (datetime(2026, 12, 1, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 8, tzinfo=UTC), True),
    ],
)
def test_a_cancellation_is_free_until_the_hour(hour, late):
    family = accepted_family()
    book(family, lunch("2026-12-03"))

    cancelled = cancel(family, Booking.objects.get(), now=hour)

    assert cancelled.cancelled_late is late
    assert Booking.objects.due().count() == int(late)
    assert seats(lunch("2026-12-03")) == 0


def test_a_booking_is_cancelled_once():
    family = accepted_family()
    book(family, lunch("2026-12-03"))
    booking = Booking.objects.get()
    cancel(family, booking)

    with pytest.raises(NotBookedError):
        cancel(family, booking)

    assert Entry.objects.filter(action="booking cancelled").count() == 1


def test_a_day_that_has_begun_is_not_cancelled():
    family = accepted_family()
    book(family, lunch("2026-12-03"))

    with pytest.raises(AlreadyStartedError):
        cancel(
            family,
            Booking.objects.get(),
            now=datetime(2026, 12, 3, 10, 45, tzinfo=UTC),
        )


def test_another_household_cancels_nothing_of_mine():
    mine, other = accepted_family(), accepted_family("other@example.com")
    book(mine, lunch("2026-12-03"))

    with pytest.raises(NotBookedError):
        cancel(other, Booking.objects.get())
    with pytest.raises(NothingToChangeError):
        book(other, give_up=[Booking.objects.get()])

    assert Booking.objects.get().status == BookingStatus.BOOKED


def test_the_other_household_of_a_child_sees_the_day_taken():
    mine, other = accepted_family(), accepted_family("other@example.com")
    ChildMembership.objects.create(household=other.household, child=mine.children[0])
    book(mine, lunch("2026-12-03"))
    access = Access.objects.get(household=mine.household)
    access.pk, access.household = None, other.household
    access.public_id = missing()
    access.save()
    other.children = mine.children

    with pytest.raises(NothingBookedError) as refused:
        book(other, lunch("2026-12-03"))

    assert refused.value.refused[0].refusals[0].code == "booked_elsewhere"


def test_others_hear_of_a_cancellation(django_capture_on_commit_callbacks):
    heard = []
    family = accepted_family()
    book(family, lunch("2026-12-03"))

    def listener(booking_id: int, **_kwargs: object) -> None:
        heard.append(booking_id)

    booking_cancelled.connect(listener)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            cancel(family, Booking.objects.get())
    finally:
        booking_cancelled.disconnect(listener)

    assert heard == [Booking.objects.get().pk]
