"""How many places are left in sessions that share them with other activities."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import F

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
    everyone = _sharing([shared.pk], sessions)[shared.pk]
    return {
        each.pk: left_for(sharing_of(each), everyone, shared.capacity)
        for each in sessions
    }


def places_left(sessions: Iterable[Session]) -> dict[int, int | None]:
    """Return what can still be booked in each session; None where nothing limits it.

    The smaller of its own places and of those it shares. Sessions come with their
    activity and its shared places. One query, and none where nothing is shared.
    """
    listed = list(sessions)
    sharing = [each for each in listed if each.activity.shared_places is not None]
    around: dict[int, list[Sharing]] = {}
    if sharing:
        ids = {each.activity.shared_places_id for each in sharing} - {None}
        around = _sharing(ids, sharing)
    return {each.pk: _left(each, around) for each in listed}


def _left(session: Session, around: dict[int, list[Sharing]]) -> int | None:
    limits = []
    if session.capacity is not None:
        limits.append(max(session.capacity - session.seats_taken, 0))
    shared = session.activity.shared_places
    if shared is not None:
        everyone = around[shared.pk]
        limits.append(left_for(sharing_of(session), everyone, shared.capacity))
    return min(limits, default=None)


def _sharing(
    shared_ids: Collection[int | None], sessions: Collection[Session]
) -> dict[int, list[Sharing]]:
    """Return all that shares places around the days of some sessions. One query."""
    beside = Session.objects.not_cancelled().filter(
        activity__shared_places__in=shared_ids,
        starts_on__lte=max(each.ends_on for each in sessions),
        ends_on__gte=min(each.starts_on for each in sessions),
    )
    found: dict[int, list[Sharing]] = defaultdict(list)
    for each in beside.annotate(shared=F("activity__shared_places")).order_by():
        found[each.shared].append(sharing_of(each))  # type: ignore[attr-defined] # Annotated.
    return found


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
