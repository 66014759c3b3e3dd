"""Hold places in a family's basket, give them back, and free what was held too long."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from catalog.models import Activity, Session
from enrolment.domain.offers import Place
from enrolment.enums import BookingStatus
from enrolment.models import Booking
from enrolment.queries.planning import Plan, plan_of
from enrolment.services.choosing import Choice, choose
from enrolment.services.pricing import sees_siblings
from enrolment.services.repricing import reprice_basket
from enrolment.services.retrying import retried
from enrolment.services.taking import (
    Taking,
    lock_children,
    lock_sessions,
    take_places,
)
from families.models import Child, Household
from foundation.accounts.models import Account

#: Lapsed places freed by one run of the periodic job.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a family asks to hold: children and sessions of one activity."""

    household: Household
    activity: Activity
    pairs: Sequence[tuple[UUID, UUID]]

    @property
    def sessions(self) -> list[UUID]:
        """Public identifiers of the sessions."""
        return [session for _child, session in self.pairs]


def hold_places(
    *, wanted: Wanted, account: Account, now: datetime, zone: ZoneInfo, minutes: int
) -> tuple[Choice, Plan]:
    """Hold the places that can be, and tell why not for each of the others.

    Pairs are (child, session) public identifiers; those of other households or
    activities are left out, as if they did not exist. Asking twice holds once.
    """

    @transaction.atomic
    def hold() -> tuple[Choice, Plan]:
        plan, choice = prepare(wanted, now=now, zone=zone)
        held_until = now + timedelta(minutes=minutes)
        taking = Taking(wanted.household, account, now, held_until=held_until)
        choice.settle(take_places(choice.quotes, taking))
        if sees_siblings(plan):
            reprice_basket(wanted.household, wanted.activity, now=now, zone=zone)
        return choice, plan

    return retried(hold)


def prepare(
    wanted: Wanted,
    *,
    now: datetime,
    zone: ZoneInfo,
    also: Collection[Booking] = (),
) -> tuple[Plan, Choice]:
    """Lock the children, read what is true now, judge and price what is wanted.

    `also` are bookings the caller cancels in the same go: they are read along.
    """
    child_ids = (
        Child.objects.of(wanted.household)
        .filter(public_id__in={child for child, _session in wanted.pairs})
        .values_list("pk", flat=True)
    )
    lock_children({*child_ids, *(each.child_id for each in also)})
    sessions = Session.objects.filter(
        Q(public_id__in=wanted.sessions) | Q(pk__in=[each.session_id for each in also])
    )
    plan = plan_of(wanted.household, wanted.activity, sessions, now=now, zone=zone)
    return plan, choose(plan, known_pairs(plan, wanted.pairs))


def known_pairs(
    plan: Plan, pairs: Sequence[tuple[UUID, UUID]]
) -> list[tuple[Place, int]]:
    """Return the pairs whose child and session this plan knows, once each."""
    found: dict[tuple[int, int], tuple[Place, int]] = {}
    for child_id, session_id in pairs:
        child = plan.facts.find_child(child_id)
        place = plan.place(session_id)
        if child is not None and place is not None:
            found[child.id, place.id] = place, child.id
    return list(found.values())


@transaction.atomic
def release_place(
    *, household: Household, booking: Booking, now: datetime, zone: ZoneInfo
) -> bool:
    """Give a held place back; return False when it was not in the basket any more."""
    lock_children([booking.child_id])
    lock_sessions([booking.session_id])
    freed = (
        Booking.objects.in_basket(household, now=now)
        .filter(pk=booking.pk)
        .update(status=BookingStatus.EXPIRED)
    )
    if freed:
        reprice_basket(household, booking.session.activity, now=now, zone=zone)
    return bool(freed)


@transaction.atomic
def release_lapsed(*, now: datetime) -> int:
    """Free places held too long, in every session; return how many were.

    Sessions are locked in the order every other service locks them.
    """
    lapsed = Booking.objects.lapsed(now=now).order_by("held_until")[:AT_ONCE]
    rows = list(lapsed.values_list("pk", "session_id"))
    lock_sessions({session_id for _pk, session_id in rows})
    still = Booking.objects.lapsed(now=now).filter(pk__in=[pk for pk, _ in rows])
    return still.update(status=BookingStatus.EXPIRED)
