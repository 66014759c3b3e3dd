"""How many places are left in sessions that share them with other activities."""

from collections.abc import Collection
from datetime import date, timedelta

from catalog.domain.shared_places import Sharing, left_for
from catalog.models import Session, SharedPlaces

ONE_DAY = timedelta(days=1)


def left_of_shared(
    shared: SharedPlaces, sessions: Collection[Session]
) -> dict[int, int]:
    """Return the places left by session, all of one kind of shared places. One query.

    Places held too long count until they are freed, within five minutes.
    """
    if not sessions:
        return {}
    beside = Session.objects.not_cancelled().filter(
        activity__shared_places=shared,
        starts_on__lte=max(each.ends_on for each in sessions),
        ends_on__gte=min(each.starts_on for each in sessions),
    )
    everyone = [sharing_of(each) for each in beside.order_by()]
    return {
        each.pk: left_for(sharing_of(each), everyone, shared.capacity)
        for each in sessions
    }


def lock_shared(shared_ids: Collection[int]) -> dict[int, SharedPlaces]:
    """Lock shared places in the order of their ids, before any session.

    Taking places in their sessions then waits its turn.
    """
    rows = SharedPlaces.objects.filter(pk__in=shared_ids).order_by("pk")
    return {each.pk: each for each in rows.select_for_update(no_key=True)}


def sharing_of(session: Session) -> Sharing:
    """Return a session as the rule of shared places sees it."""
    days = [date.fromisoformat(each) for each in session.meets_on]
    if not days:
        count = (session.ends_on - session.starts_on).days + 1
        days = [session.starts_on + ONE_DAY * number for number in range(count)]
    return Sharing(
        session.pk,
        frozenset(days),
        session.start_time,
        session.end_time,
        session.seats_taken,
    )
