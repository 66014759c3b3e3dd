"""A clerk writes when a child was collected; the tariff of the day gives the price."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.utils.translation import override

from catalog.domain.prices import Trace, replay
from catalog.models import Activity, Session
from catalog.services.price_wording import explain_price
from enrolment.enums import Attendance, BookingStatus
from enrolment.models import Booking, LatePickup
from enrolment.services.attendance import record_attendance
from enrolment.services.late_pickup_errors import (
    CollectedLateError,
    NoLatePriceError,
    NotLateError,
    NotPresentError,
    NotThatDayError,
    NotYetCollectedError,
)
from enrolment.services.late_pickups import remove_late_pickup
from families.models import ChildMembership, QuotientRecord, ResidenceRecord
from foundation.journal.models import Entry
from tests.enrolment.booking_builders import NOW, accepted_family
from tests.enrolment.late_builders import (
    DAYS,
    LATE_RULES,
    a_late_family,
    collected,
    present,
    price_lateness,
    prices,
    session_of,
    there,
    writing,
)

pytestmark = pytest.mark.django_db


def test_the_minutes_after_the_end_are_priced_with_the_facts_of_that_day(rochebelle):
    family, (booking, *_) = a_late_family()
    # The family moves out later: that day it was resident.
    ResidenceRecord.objects.filter(household=family.household).update(
        until_on="2026-12-02"
    )

    late = collected(booking, "13:50")

    assert (late.minutes, late.occurrence, late.price_minor) == (20, 1, 300)
    assert late.split == {"care": 0, "meal": 0, "other": 300}
    assert late.tariff_version.vote_number == "V 2025-09-01"
    inputs = Trace.from_data(late.trace).inputs
    assert inputs.residence == "resident"
    assert inputs.quotient == Decimal(700)
    assert inputs.ends == time(13, 50)
    assert inputs.quantity == Decimal(1)


def test_the_price_is_proven_and_can_be_replayed(rochebelle):
    _family, (booking, *_) = a_late_family()

    late = collected(booking, "13:50")

    trace = Trace.from_data(late.trace)
    assert replay(late.tariff_version.rules, trace).minor == 300
    with override("en"):
        sentences = explain_price(trace)
    assert sentences[0] == "Collected 20 minutes late, time number 1."
    assert sentences[-1] == "Total: €3.00."


def test_the_third_time_of_the_school_year_costs_what_the_vote_says(rochebelle):
    family, bookings = a_late_family()

    for booking in bookings:
        collected(booking, "13:50")

    assert prices(family.household) == [(1, 300), (2, 300), (3, 500)]


def test_times_are_counted_by_child(rochebelle):
    price_lateness()
    family = accepted_family("two@example.com", "Lina", "Noé")
    for day in DAYS[:2]:
        for child in (0, 1):
            collected(there(family, day, child=child), "13:50")

    assert sorted(prices(family.household)) == [(1, 300), (1, 300), (2, 300), (2, 300)]


def test_another_school_year_begins_again(rochebelle):
    family, (booking, *_) = a_late_family(DAYS[0])
    Session.objects.bulk_create(
        [
            Session(
                activity=booking.session.activity,
                starts_on=date(2026, 6, day),
                ends_on=date(2026, 6, day),
                start_time=time(11, 45),
                end_time=time(13, 30),
            )
            for day in (1, 2)
        ]
    )
    for session in Session.objects.filter(starts_on__month=6, starts_on__year=2026):
        collected(present(_booked(family, session)), "13:50")

    assert collected(booking, "13:50").occurrence == 1
    assert len(prices(family.household)) == 3


def test_an_hour_written_again_is_corrected_and_once_the_same_changes_nothing(
    rochebelle,
):
    family, (booking, *_) = a_late_family()
    collected(booking, "13:50")
    collected(booking, "13:50")

    late = collected(booking, "14:05")

    assert LatePickup.objects.count() == 1
    assert late.minutes == 35
    entries = Entry.objects.filter(action="late pick-up written").order_by("pk")
    assert [each.new["pickup_time"] for each in entries] == ["13:50", "14:05"]
    assert entries[1].old["minutes"] == 20
    assert entries[1].actor == family.account


def test_an_hour_taken_back_counts_the_others_again(rochebelle):
    family, bookings = a_late_family()
    for booking in bookings:
        collected(booking, "13:50")

    done = [
        remove_late_pickup(
            booking=bookings[0],
            day=bookings[0].session.starts_on,
            writing=writing(family.account),
        )
        for _time in range(2)
    ]

    assert done == [True, False]
    assert prices(family.household) == [(1, 300), (2, 300)]
    assert Entry.objects.filter(action="late pick-up removed").count() == 1
    assert Entry.objects.filter(action="late pick-up counted again").count() == 2
    # Written again, it is the first of the three again.
    collected(bookings[0], "13:50")
    assert prices(family.household) == [(1, 300), (2, 300), (3, 500)]


def test_days_written_in_any_order_come_to_the_same(rochebelle):
    family, bookings = a_late_family()

    for booking in reversed(bookings):
        collected(booking, "13:50")

    assert prices(family.household) == [(1, 300), (2, 300), (3, 500)]


@pytest.mark.parametrize(
    ("hour", "refusal"),
    [
        ("13:30", NotLateError),
        ("12:00", NotLateError),
        # The town forgives five minutes: no rule takes them.
        ("13:35", NoLatePriceError),
    ],
)
def test_what_is_not_late_is_not_written(rochebelle, hour, refusal):
    _family, (booking, *_) = a_late_family()

    with pytest.raises(refusal) as refused:
        collected(booking, hour)

    assert "Leave the hour empty." in str(refused.value)
    assert not LatePickup.objects.exists()


def test_a_grace_over_the_vote_leaves_what_was_written(rochebelle):
    family, (booking, *_) = a_late_family()
    collected(booking, "13:50")

    with pytest.raises(NoLatePriceError):
        collected(booking, "13:33")

    assert prices(family.household) == [(1, 300)]
    assert LatePickup.objects.get().pickup_time == time(13, 50)


def test_only_a_child_who_was_there_is_collected(rochebelle):
    _family, (booking, *_) = a_late_family()
    for attendance in (Attendance.UNKNOWN, Attendance.ABSENT_UNJUSTIFIED):
        Booking.objects.filter(pk=booking.pk).update(attendance=attendance)
        with pytest.raises(NotPresentError):
            collected(booking, "13:50")
    Booking.objects.filter(pk=booking.pk).update(
        attendance=Attendance.PRESENT, status=BookingStatus.CANCELLED
    )
    with pytest.raises(NotPresentError):
        collected(booking, "13:50")


def test_nobody_is_collected_in_the_future_or_on_another_day(rochebelle):
    _family, (booking, *_) = a_late_family()

    with pytest.raises(NotYetCollectedError):
        # Half past twelve in Paris: 13:50 has not come.
        collected(booking, "13:50", now=datetime(2026, 12, 1, 11, 30, tzinfo=UTC))
    with pytest.raises(NotThatDayError):
        collected(booking, "13:50", day="2026-12-02")


def test_a_fact_that_is_missing_is_said_and_nothing_is_guessed(rochebelle):
    price_lateness(defaults={})
    family = accepted_family()
    booking = there(family, DAYS[0])
    ResidenceRecord.objects.all().delete()

    with pytest.raises(NoLatePriceError, match="residence"):
        collected(booking, "13:50")


def test_a_quotient_brought_later_does_not_change_the_day(rochebelle):
    bands = [{"until": "500", "amount": "1.00"}, {"from": "500", "amount": "6.00"}]
    late = {**LATE_RULES[0], "method": "quotient_bands", "bands": bands}
    del late["amount"]
    price_lateness(late=[late])
    family = accepted_family(quotient=None)
    for value, first in (("700", "2026-09-01"), ("300", "2026-12-02")):
        QuotientRecord.objects.filter(household=family.household, until_on=None).update(
            until_on=first
        )
        QuotientRecord.objects.create(
            household=family.household, value=Decimal(value), from_on=first
        )
    bookings = [there(family, day) for day in DAYS[:2]]

    written = [collected(booking, "13:50").price_minor for booking in bookings]

    assert written == [600, 100]


def test_a_course_has_one_hour_for_each_of_its_days(rochebelle):
    price_lateness("natation")
    family = accepted_family()
    course = session_of("Natation 6-10 ans")
    booking = present(_booked(family, course))
    now = datetime(2026, 12, 24, 20, tzinfo=UTC)

    for day in ("2026-12-21", "2026-12-22"):
        collected(booking, "10:45", day=day, now=now)

    assert prices(family.household) == [(1, 300), (2, 300)]
    with pytest.raises(NotThatDayError):
        collected(booking, "10:45", day="2026-12-20", now=now)


def _booked(family, session):
    return Booking.objects.create(
        session=session,
        child=family.children[0],
        household=family.household,
        status=BookingStatus.BOOKED,
        tariff_version=session.activity.tariff.versions.latest("pk"),
        price_minor=2400,
        currency="EUR",
        booked_by=family.account,
        booked_at=NOW,
    )


def test_a_child_collected_late_was_there(rochebelle):
    family, (booking, *_) = a_late_family()
    collected(booking, "13:50")

    with pytest.raises(CollectedLateError):
        record_attendance(
            booking=booking,
            attendance=Attendance.ABSENT_JUSTIFIED,
            actor=family.account,
            today=date(2026, 12, 18),
        )


def test_a_child_who_left_the_household_has_no_price(rochebelle):
    family, (booking, *_) = a_late_family()
    ChildMembership.objects.filter(child=family.children[0]).update(
        until_on=date(2026, 12, 2)
    )

    with pytest.raises(Exception, match="left the household"):
        collected(booking, "13:50")


def test_a_service_closed_since_still_prices_its_days(rochebelle):
    _family, (booking, *_) = a_late_family()
    Activity.objects.get(code="repas").service.__class__.objects.update(
        is_published=False
    )

    assert collected(booking, "13:50").price_minor == 300
