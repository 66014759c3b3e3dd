"""Late pick-ups: a clerk writes the hour, the tariff of the day gives the price.

A child's late pick-ups count together within a service and a school year, from
September, in the order in which they happened. Writing, correcting or emptying an hour
counts those after it again. What stands on an issued invoice never changes, and stays
counted. See docs/algorithms/late-pick-ups.md.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import cast
from zoneinfo import ZoneInfo

from django.db import transaction

from catalog.domain.prices import PriceError
from catalog.models import Session
from enrolment.domain.lateness import Lateness, minutes_late
from enrolment.domain.offers import Wish
from enrolment.enums import Attendance, BookingStatus, Timing
from enrolment.models import Booking, LatePickup
from enrolment.queries.planning import place_of, plan_of, read_activity_of
from enrolment.services.late_pickup_errors import (
    BilledError,
    ChildLeftError,
    NoLatePriceError,
    NotLateError,
    NotPresentError,
    NotThatDayError,
    NotYetCollectedError,
)
from enrolment.services.pricing import Quote, quote_late, shares_of
from enrolment.services.taking import lock_children
from enrolment.signals import late_pickups_asked
from foundation.accounts.models import Account
from foundation.journal.services import record
from foundation.periods import ONE_DAY, Period, school_year_of


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes, when and where: the town's zone tells what has come."""

    actor: Account
    now: datetime
    zone: ZoneInfo


@transaction.atomic
def write_late_pickup(
    *, booking: Booking, day: date, pickup_time: time, writing: Writing
) -> LatePickup:
    """Write when a child was collected, and what it costs; once for each day.

    Written again before it is billed, it is corrected. Raises NotPresentError,
    NotThatDayError, NotYetCollectedError, NotLateError, NoLatePriceError,
    ChildLeftError and BilledError; nothing is then written.
    """
    booking = _lock(booking)
    _check(booking, day, pickup_time, writing)
    row = LatePickup.objects.filter(booking=booking, day=day).first()
    if row is not None and row.pickup_time == pickup_time and billed_on([row]):
        return row
    row = row or LatePickup(booking=booking, day=day)
    _refuse_billed(row)
    old = _told(row)
    row.booking, row.pickup_time, row.written_by = booking, pickup_time, writing.actor
    _count_again(row, writing)
    if (new := _told(row)) != old:
        record(
            actor=writing.actor,
            action="late pick-up written",
            target=booking,
            old=old,
            new=new,
        )
    return row


@transaction.atomic
def remove_late_pickup(*, booking: Booking, day: date, writing: Writing) -> bool:
    """Take an hour back; return False when there is none. Raises BilledError."""
    booking = _lock(booking)
    row = LatePickup.objects.written().filter(booking=booking, day=day).first()
    if row is None:
        return False
    _refuse_billed(row)
    old = _told(row)
    row.booking, row.pickup_time = booking, None
    row.price_minor, row.split, row.trace = 0, {}, {}
    row.save(update_fields=["pickup_time", "price_minor", "split", "trace"])
    _count_again(row, writing)
    record(actor=writing.actor, action="late pick-up removed", target=booking, old=old)
    return True


def billed_on(
    late_pickups: list[LatePickup], *, to_change: bool = False
) -> dict[int, str]:
    """Return the number of the issued invoice of those that stand on one."""
    told: dict[int, str] = {}
    for _receiver, answer in late_pickups_asked.send(
        sender=LatePickup, late_pickups=late_pickups, to_change=to_change
    ):
        told |= cast("dict[int, str] | None", answer) or {}
    return told


def _lock(booking: Booking) -> Booking:
    """Let one clerk at a time count what happened to a child."""
    lock_children([booking.child_id])
    return (
        Booking.objects.select_for_update(of=("self",))
        .select_related("session__activity", "household", "child")
        .get(pk=booking.pk)
    )


def _check(booking: Booking, day: date, pickup_time: time, writing: Writing) -> None:
    session = booking.session
    if booking.attendance != Attendance.PRESENT or (
        booking.status != BookingStatus.BOOKED
    ):
        raise NotPresentError
    if session.cancelled_at is not None or day not in place_of(session).days:
        raise NotThatDayError
    here = writing.now.astimezone(writing.zone)
    if (day, pickup_time) > (here.date(), here.time()):
        raise NotYetCollectedError
    if minutes_late(ends=session.end_time, pickup_time=pickup_time) <= 0:
        raise NotLateError(ends=session.end_time)


def _refuse_billed(row: LatePickup) -> None:
    if row.pk and (number := billed_on([row], to_change=True).get(row.pk)):
        raise BilledError(number)


def _count_again(changed: LatePickup, writing: Writing) -> None:
    """Price what changed, and those of the year whose number changes with it."""
    year = school_year_of(changed.day)
    counted = LatePickup.objects.counted_with(changed.booking, year)
    rows = [each for each in counted if each.pk != changed.pk]
    if changed.pickup_time is not None:
        rows = sorted([*rows, changed], key=_moment)
    moved = [row for nth, row in enumerate(rows, 1) if row.occurrence != nth]
    billed = billed_on([each for each in moved if each.pk], to_change=True)
    for nth, row in enumerate(rows, 1):
        if row is changed:
            _price(row, nth, writing)
        elif row in moved and row.pk not in billed:
            _reprice(row, nth, writing)


def _reprice(row: LatePickup, nth: int, writing: Writing) -> None:
    old = _told(row)
    _price(row, nth, writing)
    record(
        actor=writing.actor,
        action="late pick-up counted again",
        target=row.booking,
        old=old,
        new=_told(row),
    )


def _price(row: LatePickup, nth: int, writing: Writing) -> None:
    """Write the price of a late pick-up that is the nth of its year."""
    assert row.pickup_time is not None  # noqa: S101 - Those taken back have no price.
    ends = row.booking.session.end_time
    minutes = minutes_late(ends=ends, pickup_time=row.pickup_time)
    late = Lateness(row.day, row.pickup_time, minutes, nth)
    quoted = _quote(row.booking, late, writing)
    row.minutes, row.occurrence = minutes, nth
    row.tariff_version_id = quoted.version_id
    row.price_minor, row.currency = quoted.price.minor, quoted.price.currency
    row.split, row.trace = shares_of(quoted.price), quoted.price.trace.to_data()
    row.save()


def _quote(booking: Booking, late: Lateness, writing: Writing) -> Quote:
    plan = plan_of(
        booking.household,
        read_activity_of(booking.session),
        Session.objects.filter(pk=booking.session_id),
        now=writing.now,
        zone=writing.zone,
        days=Period(late.day, late.day + ONE_DAY),
    )
    if booking.child_id not in plan.facts.children:
        raise ChildLeftError
    wish = Wish(plan.places[0], booking.child_id, booking.timing == Timing.LATE)
    booked_at = (booking.booked_at or writing.now).astimezone(writing.zone)
    answer = quote_late(plan, wish, late, booked_on=booked_at.date())
    if isinstance(answer, PriceError):
        raise NoLatePriceError(answer, minutes=late.minutes)
    return answer


def _moment(row: LatePickup) -> tuple[date, time, int]:
    return row.day, row.booking.session.end_time, row.pk or 0


def _told(row: LatePickup) -> dict[str, object]:
    """Return what the journal says of a late pick-up; nothing when it has no hour."""
    if row.pickup_time is None:
        return {}
    return {
        "day": row.day.isoformat(),
        "pickup_time": f"{row.pickup_time:%H:%M}",
        "minutes": row.minutes,
        "occurrence": row.occurrence,
        "price_minor": row.price_minor,
    }
