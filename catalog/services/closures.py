"""Days of closure: their sessions do not take place, and take place again if lifted.

A closure cancels the sessions that meet on its days only, from today on. A course that
also meets on other days is left to the clerk. Lifting the closure, or part of it,
before its day opens those sessions again; nobody is booked again unasked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet, Sum

from catalog.models import Closure, Session
from catalog.signals import days_closed, days_reopened
from foundation.accounts.models import Account
from foundation.journal.services import record_each


@dataclass(frozen=True, slots=True)
class ClosureEffect:
    """What a closure cancels: sessions, and places that families have in them.

    `partly` are courses that also meet on other days.
    """

    sessions: int
    places: int
    partly: Sequence[Session]


def effect_of(closure: Closure, *, today: date) -> ClosureEffect:
    """Say what a closure, saved or not, would cancel. Three queries."""
    concerned = _concerned(closure, today=today)
    whole = concerned.filter(
        starts_on__gte=closure.from_on, ends_on__lt=closure.until_on
    )
    counts = whole.aggregate(places=Sum("seats_taken"))
    partly = concerned.exclude(pk__in=whole.values("pk")).select_related("activity")
    return ClosureEffect(
        whole.count(),
        counts["places"] or 0,
        [each for each in partly if _meets_inside(each, closure)],
    )


@transaction.atomic
def apply_closure(
    *, closure: Closure, actor: Account, now: datetime, today: date
) -> int:
    """Cancel the sessions of a saved closure, open again those it left; return both.

    The jobs that end bookings and tell families are queued in this transaction.
    """
    opened = _open_again(closure, actor=actor, today=today)
    whole = _concerned(closure, today=today).filter(
        starts_on__gte=closure.from_on, ends_on__lt=closure.until_on
    )
    cancelled = _locked(whole)
    for each in cancelled:
        each.cancelled_at, each.closure = now, closure
    Session.objects.bulk_update(cancelled, ["cancelled_at", "closure"])
    if cancelled:
        record_each(
            actor=actor,
            action="session cancelled",
            targets=cancelled,
            reason=closure.reason,
        )
        days_closed.send(sender=Closure, session_ids=[each.pk for each in cancelled])
    return len(cancelled) + opened


@transaction.atomic
def lift_closure(*, closure: Closure, actor: Account, today: date) -> int:
    """Delete a closure; its sessions from today on take place. Return how many."""
    opened = _reopen(
        _locked(closure.sessions.filter(starts_on__gte=today)), actor=actor
    )
    closure.delete()
    return opened


def _open_again(closure: Closure, *, actor: Account, today: date) -> int:
    """Open the sessions that a closure cancelled and does not cover any more."""
    mine = _locked(closure.sessions.filter(starts_on__gte=today))
    return _reopen([each for each in mine if not _covers(closure, each)], actor=actor)


def _reopen(sessions: list[Session], *, actor: Account) -> int:
    if not sessions:
        return 0
    closed_at = {each.pk: each.cancelled_at for each in sessions}
    for each in sessions:
        each.cancelled_at = each.closure = None
    Session.objects.bulk_update(sessions, ["cancelled_at", "closure"])
    record_each(actor=actor, action="session reopened", targets=sessions)
    days_reopened.send(sender=Closure, closed_at=closed_at)
    return len(sessions)


def _covers(closure: Closure, session: Session) -> bool:
    is_its = closure.service_id in {None, session.activity.service_id}
    inside = closure.from_on <= session.starts_on and session.ends_on < closure.until_on
    return is_its and inside


def _concerned(closure: Closure, *, today: date) -> QuerySet[Session]:
    """Return the sessions to come with a day between the closure's first and last."""
    found = Session.objects.not_cancelled().filter(
        starts_on__gte=today,
        starts_on__lt=closure.until_on,
        ends_on__gte=closure.from_on,
    )
    if closure.service_id is not None:
        found = found.filter(activity__service_id=closure.service_id)
    return found


def _locked(sessions: "QuerySet[Session]") -> list[Session]:
    """Lock sessions in the order everybody locks them."""
    return list(
        sessions.select_related("activity")
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    )


def _meets_inside(session: Session, closure: Closure) -> bool:
    days = map(date.fromisoformat, session.meets_on)
    inside = [closure.from_on <= day < closure.until_on for day in days]
    return any(inside) if inside else True
