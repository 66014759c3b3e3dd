"""A closure: sessions do not take place, families are told once, nobody pays."""

from datetime import date

import pytest

from catalog.models import Closure, Service, Session
from catalog.services.closures import apply_closure, effect_of, lift_closure
from enrolment.enums import BookingStatus
from enrolment.models import Booking
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tests.billing.jobs import run_jobs
from tests.enrolment.booking_builders import (
    NOW,
    TODAY,
    accepted_family,
    book,
    hold,
    lunch,
)

pytestmark = pytest.mark.usefixtures("rochebelle")

FIRST, UNTIL = date(2026, 12, 1), date(2026, 12, 4)


def clerk():
    return Account.objects.filter(is_superuser=True).earliest("id")


def closure(first=FIRST, until=UNTIL, service="cantine"):
    owner = Service.objects.filter(code=service).first()
    return Closure.objects.create(
        service=owner, from_on=first, until_on=until, reason="Travaux à l'école."
    )


def apply(closed):
    return apply_closure(closure=closed, actor=clerk(), now=NOW, today=TODAY)


def statuses(family):
    rows = Booking.objects.filter(household=family.household)
    return list(rows.order_by("session__starts_on").values_list("status", flat=True))


def test_it_says_what_it_would_cancel_before_anything_is_saved():
    family = accepted_family()
    book(family, lunch("2026-12-01"), lunch("2026-12-03"))

    effect = effect_of(
        Closure(service=None, from_on=FIRST, until_on=UNTIL), today=TODAY
    )

    # Tuesday and Thursday; nothing opens on Wednesday.
    assert (effect.sessions, effect.places, effect.partly) == (2, 2, [])


def test_bookings_end_and_each_household_reads_one_message(mailoutbox):
    first, second = accepted_family(), accepted_family("julien@example.com", "Noé")
    book(first, lunch("2026-12-01"), lunch("2026-12-03"), lunch("2026-12-07"))
    book(second, lunch("2026-12-03"))
    mailoutbox.clear()

    count = apply(closure())
    run_jobs("default")

    assert count == 2
    assert statuses(first) == ["cancelled", "cancelled", "booked"]
    assert not Booking.objects.filter(cancelled_late=True).exists()
    assert len(mailoutbox) == 2
    letter = next(each for each in mailoutbox if "claire@example.com" in each.to)
    assert "Travaux à l'école." in letter.body
    assert letter.body.count("Lina") == 2


def test_a_place_in_a_basket_is_freed(mailoutbox):
    family = accepted_family()
    hold(family, "repas", lunch("2026-12-01"))

    apply(closure())
    run_jobs("default")

    assert statuses(family) == [BookingStatus.EXPIRED]


def test_the_journal_keeps_the_reason_of_each_session():
    apply(closure())

    entries = Entry.objects.filter(action="session cancelled")
    assert entries.count() == 2
    assert {each.reason for each in entries} == {"Travaux à l'école."}


def test_another_service_stays_open():
    apply(closure(service="stages"))

    assert lunch("2026-12-01").cancelled_at is None


def test_days_already_over_are_left_alone():
    apply(closure(date(2026, 11, 2), date(2026, 11, 25)))

    assert lunch("2026-11-19").cancelled_at is None
    assert lunch("2026-11-24").cancelled_at is not None


def test_a_course_that_also_meets_on_other_days_is_left_to_the_clerk():
    closed = closure(date(2026, 12, 22), date(2026, 12, 23), service="stages")

    effect = effect_of(closed, today=TODAY)
    apply(closed)

    assert len(effect.partly) == 2
    assert effect.sessions == 0
    assert not Session.objects.exclude(cancelled_at=None).exists()


def test_applied_twice_it_cancels_once(mailoutbox):
    closed = closure()
    apply(closed)

    assert apply(closed) == 0


def test_lifted_before_its_day_sessions_take_place_and_families_are_told(mailoutbox):
    family = accepted_family()
    book(family, lunch("2026-12-01"))
    closed = closure()
    apply(closed)
    run_jobs("default")
    mailoutbox.clear()

    count = lift_closure(closure=closed, actor=clerk(), today=TODAY)
    run_jobs("default")

    assert count == 2
    assert lunch("2026-12-01").cancelled_at is None
    # Nobody is booked again, or billed, unasked.
    assert statuses(family) == [BookingStatus.CANCELLED]
    (letter,) = mailoutbox
    assert letter.to == ["claire@example.com"]
    assert Entry.objects.filter(action="session reopened").count() == 2
    book(family, lunch("2026-12-01"))
    assert "booked" in statuses(family)


def test_made_shorter_only_the_days_left_out_take_place():
    closed = closure()
    apply(closed)
    closed.until_on = date(2026, 12, 2)
    closed.save()

    count = apply(closed)

    assert count == 1
    assert lunch("2026-12-01").cancelled_at is not None
    assert lunch("2026-12-03").cancelled_at is None


def test_a_session_cancelled_by_hand_stays_cancelled_when_a_closure_is_lifted():
    session = lunch("2026-12-01")
    Session.objects.filter(pk=session.pk).update(cancelled_at=NOW)
    closed = closure()
    apply(closed)

    lift_closure(closure=closed, actor=clerk(), today=TODAY)

    assert lunch("2026-12-01").cancelled_at == NOW
