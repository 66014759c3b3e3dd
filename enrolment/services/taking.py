"""Take places in one statement: the last one never goes twice.

The statement locks the sessions in the order of their ids, frees places held too long,
adds what fits and says what did not. The row of a wanted session is held for that one
statement and what follows in the transaction. See docs/algorithms/places.md.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from catalog.models import Session
from catalog.queries.shared_places import left_of_shared, lock_shared
from enrolment.enums import Attendance, BookingStatus, Timing
from enrolment.models import Order
from enrolment.services.pricing import Quote, shares_of
from families.models import Child, Household
from foundation.accounts.models import Account

STATEMENT = """
WITH wanted AS (
    SELECT * FROM jsonb_to_recordset(%(wanted)s::jsonb) AS row(
        place integer, public_id uuid, session_id bigint, child_id bigint,
        timing text, tariff_version_id bigint, price_minor bigint, currency text,
        split jsonb, trace jsonb
    )
), lapsed AS (
    SELECT id, session_id FROM enrolment_booking
     WHERE status = 'held' AND held_until <= %(now)s
       AND (session_id IN (SELECT session_id FROM wanted)
            OR child_id IN (SELECT child_id FROM wanted))
), locked AS (
    SELECT id, capacity, seats_taken, cancelled_at FROM catalog_session
     WHERE id IN (
        SELECT session_id FROM wanted
        UNION SELECT session_id FROM lapsed
        UNION SELECT unnest(%(also)s::bigint[])
     )
     ORDER BY id FOR NO KEY UPDATE
), released AS (
    UPDATE enrolment_booking AS booking SET status = 'expired'
      FROM lapsed JOIN locked ON locked.id = lapsed.session_id
     WHERE booking.id = lapsed.id AND booking.status = 'held'
       AND booking.held_until <= %(now)s
    RETURNING booking.session_id
), places AS (
    SELECT id, capacity - seats_taken
               + (SELECT count(*) FROM released WHERE session_id = locked.id) AS free
      FROM locked WHERE cancelled_at IS NULL
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY session_id ORDER BY place) AS rank
      FROM wanted
), fitting AS (
    SELECT ranked.* FROM ranked JOIN places ON places.id = ranked.session_id
     WHERE places.free IS NULL OR ranked.rank <= places.free
), taken AS (
    INSERT INTO enrolment_booking (
        public_id, session_id, child_id, household_id, order_id, status, timing,
        attendance, tariff_version_id, price_minor, currency, split, trace,
        booked_by_id, held_until, booked_at, cancelled_late
    )
    SELECT public_id, session_id, child_id, %(household)s, %(order)s, %(status)s,
           timing, %(attendance)s, tariff_version_id, price_minor, currency, split,
           trace, %(account)s, %(held_until)s::timestamptz, %(booked_at)s::timestamptz,
           false
      FROM fitting ORDER BY session_id, place
    ON CONFLICT DO NOTHING
    RETURNING public_id
)
SELECT wanted.place,
       CASE WHEN taken.public_id IS NOT NULL THEN 'taken'
            WHEN fitting.public_id IS NOT NULL THEN 'elsewhere'
            WHEN places.id IS NOT NULL THEN 'full'
            ELSE 'gone' END
  FROM wanted
  LEFT JOIN taken USING (public_id)
  LEFT JOIN fitting USING (public_id)
  LEFT JOIN places ON places.id = wanted.session_id
"""


class Fate(StrEnum):
    """What became of a wish."""

    TAKEN = "taken"
    FULL = "full"
    # The child is booked there already, or somewhere else at that time.
    ELSEWHERE = "elsewhere"
    # Cancelled since the page was shown.
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Taking:
    """For whom, by whom and how places are taken: held until a time, or booked."""

    household: Household
    account: Account
    now: datetime
    held_until: datetime | None = None
    order: Order | None = None

    @property
    def status(self) -> BookingStatus:
        """Held in the basket, or booked at once."""
        return BookingStatus.BOOKED if self.held_until is None else BookingStatus.HELD


def lock_children(child_ids: Collection[int]) -> None:
    """Let one transaction at a time change the places of these children.

    Locked before any session, in the order of their ids: what was checked of a child
    is still true when its place is taken.
    """
    children = Child.objects.filter(pk__in=child_ids).order_by("pk")
    list(children.select_for_update(of=("self",), no_key=True).values_list("pk"))


def lock_sessions(session_ids: Collection[int]) -> None:
    """Lock sessions in the order everybody locks them, before changing their places."""
    sessions = Session.objects.filter(pk__in=session_ids).order_by("pk")
    list(sessions.select_for_update(of=("self",), no_key=True).values_list("pk"))


def take_places(
    quotes: Sequence[Quote], taking: Taking, *, also_lock: Collection[int] = ()
) -> list[Fate]:
    """Take what fits; return the fate of each quote, in order.

    `also_lock` names sessions whose places the caller changes next: they are locked
    in the same order as the others. The constraints of the database have the last
    word: a place that they refuse is not taken, and the others are.
    """
    if not quotes:
        return []
    shared_ids = {each.wish.place.shared for each in quotes} - {None}
    if not shared_ids:
        return _take(quotes, taking, also_lock)
    fitting = _fitting_shared(quotes, shared_ids)
    kept = [each for each, fits in zip(quotes, fitting, strict=True) if fits]
    try:
        with transaction.atomic():
            fates = iter(_take(kept, taking, also_lock))
    except IntegrityError as error:
        # Two sessions at once, in one go, of which the second does not fit.
        if not _is_shared_full(error):
            raise
        return [Fate.FULL] * len(quotes)
    return [next(fates) if fits else Fate.FULL for fits in fitting]


def _is_shared_full(error: IntegrityError) -> bool:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    return bool(name == "shared_places_are_never_overbooked")


def _fitting_shared(
    quotes: Sequence[Quote], shared_ids: Collection[int | None]
) -> list[bool]:
    """Tell which wishes find a place among those their activity shares.

    The shared places are locked before any session: nobody takes one meanwhile.
    """
    left: dict[int, int] = {}
    for shared in lock_shared(shared_ids).values():  # type: ignore[arg-type] # None is out.
        wanted = {each.wish.place.id for each in quotes}
        sessions = Session.objects.filter(pk__in=wanted, activity__shared_places=shared)
        left |= left_of_shared(shared, list(sessions))
    return [_fits(each.wish.place.id, left) for each in quotes]


def _fits(session_id: int, left: dict[int, int]) -> bool:
    """Count one place of a session, when it shares them; tell whether it was left."""
    if session_id not in left:
        return True
    left[session_id] -= 1
    return left[session_id] >= 0


def _take(
    quotes: Sequence[Quote], taking: Taking, also_lock: Collection[int]
) -> list[Fate]:
    """Run the statement; return the fate of each quote, in order."""
    if not quotes:
        return []
    public_ids = [uuid4() for _ in quotes]
    wanted = [
        _row(index, public_id, each)
        for index, (public_id, each) in enumerate(zip(public_ids, quotes, strict=True))
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            STATEMENT,
            {
                "wanted": json.dumps(wanted),
                "also": list(also_lock),
                "now": taking.now,
                "household": taking.household.pk,
                "order": taking.order.pk if taking.order else None,
                "status": taking.status,
                "attendance": Attendance.UNKNOWN,
                "account": taking.account.pk,
                "held_until": taking.held_until,
                "booked_at": taking.now if taking.held_until is None else None,
            },
        )
        fates = dict(cursor.fetchall())
    return [Fate(fates[index]) for index in range(len(quotes))]


def _row(index: int, public_id: UUID, quoted: Quote) -> dict[str, Any]:
    wish, price = quoted.wish, quoted.price
    return {
        "place": index,
        "public_id": str(public_id),
        "session_id": wish.place.id,
        "child_id": wish.child_id,
        "timing": Timing.LATE if wish.is_late else Timing.IN_TIME,
        "tariff_version_id": quoted.version_id,
        "price_minor": price.minor,
        "currency": price.currency,
        "split": shares_of(price),
        "trace": price.trace.to_data(),
    }
