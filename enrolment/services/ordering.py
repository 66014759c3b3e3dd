"""Confirm a basket, or book the days of a month at once: one order, one message."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from enrolment.enums import BookingStatus
from enrolment.models import Booking, Order
from enrolment.services.booking_errors import (
    BasketChangedError,
    NothingBookedError,
    NothingToChangeError,
)
from enrolment.services.booking_letters import send_cancelled, send_order
from enrolment.services.cancelling import apply_terms, lock_booked
from enrolment.services.choosing import Refused
from enrolment.services.holding import Wanted, prepare
from enrolment.services.taking import Taking, lock_sessions, take_places
from enrolment.services.terms import Term, terms_of
from enrolment.signals import order_placed
from families.models import Household
from foundation.accounts.models import Account
from foundation.journal.services import record
from foundation.references import NUMBERS, reference


@dataclass(frozen=True, slots=True)
class Changes:
    """What a family changes in an activity: places to add, bookings to cancel."""

    wanted: Wanted
    cancelled: Sequence[Booking] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the changes; without places added there is no order."""

    order: Order | None
    terms: Sequence[Term] = ()
    refused: Sequence[Refused] = field(default_factory=tuple)


@transaction.atomic
def place_order(
    *,
    household: Household,
    account: Account,
    shown: Collection[UUID],
    now: datetime,
) -> Order:
    """Confirm the places in the basket, at the prices they were held at.

    `shown` are the bookings the page listed. Raises BasketChangedError when the
    basket holds others, or when the time of one of them is over: nothing is ordered
    that was not shown.
    """
    held = list(
        Booking.objects.in_basket(household, now=now)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if not held or {each.public_id for each in held} != set(shown):
        raise BasketChangedError
    order = _open_order(household, account, held[0].currency, now=now)
    order.total_minor = sum(each.price_minor for each in held)
    order.save(update_fields=["total_minor"])
    Booking.objects.filter(pk__in=[each.pk for each in held]).update(
        status=BookingStatus.BOOKED, order=order, booked_at=now, held_until=None
    )
    _announce(order, account, places=len(held))
    return order


@transaction.atomic
def book_days(
    *, changes: Changes, account: Account, now: datetime, zone: ZoneInfo
) -> Done:
    """Book the places that can be, cancel what is given up, tell the rest.

    Raises NothingBookedError, with the reasons, when nothing at all can be done, and
    NothingToChangeError when nothing was asked.
    """
    household = changes.wanted.household
    plan, choice = prepare(changes.wanted, now=now, zone=zone, also=changes.cancelled)
    given_up = [each.session_id for each in changes.cancelled]
    order = None
    if choice.quotes:
        currency = choice.quotes[0].price.currency
        order = _open_order(household, account, currency, now=now)
        taking = Taking(household, account, now, order=order)
        choice.settle(take_places(choice.quotes, taking, also_lock=given_up))
    else:
        lock_sessions(given_up)
    order = _close_order(order, choice.total, places=len(choice.quotes))
    terms: list[Term] = []
    if changes.cancelled:
        terms = terms_of(plan, lock_booked(household, changes.cancelled))
        apply_terms(terms, account=account, now=now)
    if order is None and not terms:
        raise (
            NothingBookedError(choice.refused)
            if choice.refused
            else (NothingToChangeError)
        )
    _tell(order, account, terms, places=len(choice.quotes))
    return Done(order, terms, choice.refused)


def _open_order(
    household: Household, account: Account, currency: str, *, now: datetime
) -> Order:
    return Order.objects.create(
        reference=reference(secrets.randbelow(NUMBERS)),
        household=household,
        placed_by=account,
        placed_at=now,
        total_minor=0,
        currency=currency,
    )


def _close_order(order: Order | None, total: int, *, places: int) -> Order | None:
    """Write the total, or take back the order of which nothing was given."""
    if order is None:
        return None
    if not places:
        order.delete()
        return None
    order.total_minor = total
    order.save(update_fields=["total_minor"])
    return order


def _tell(
    order: Order | None, account: Account, terms: Sequence[Term], *, places: int
) -> None:
    if order is not None:
        _announce(order, account, places=places, terms=terms)
    else:
        send_cancelled(terms, account=account)


def _announce(
    order: Order, account: Account, *, places: int, terms: Sequence[Term] = ()
) -> None:
    """Journal an order, write to the family, and tell other applications."""
    record(
        actor=account,
        action="order placed",
        target=order,
        new={"places": places, "total": order.total_minor},
    )
    send_order(order, account=account, terms=terms)
    order_id = order.pk
    transaction.on_commit(
        lambda: order_placed.send_robust(sender=Order, order_id=order_id)
    )
