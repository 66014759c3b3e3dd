"""What a family is offered: an activity's rules, its sessions, what is taken.

Times of sessions are local to the town; `zone` turns them into instants.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from catalog.domain.deadlines import Deadline, deadline_of
from catalog.domain.eligibility import Eligibility, Slot


@dataclass(frozen=True, slots=True)
class Offer:
    """An activity and the rules of its service."""

    id: int
    public_id: UUID
    name: str
    service_id: int
    service_name: str
    service_public_id: UUID
    kind: str
    units: int
    weekdays: frozenset[int]
    is_prepaid: bool
    requires_access: bool
    opens_at: datetime | None
    accepts_late: bool
    quota_key: str
    rules: Eligibility
    booking: Deadline
    cancellation: Deadline


@dataclass(frozen=True, slots=True)
class Place:
    """A session. `ends_on` is included; `left` is None without limit of places.

    `price_minor` is the price it carries itself, when it does.
    """

    id: int
    public_id: UUID
    name: str
    period_id: int | None
    starts_on: date
    ends_on: date
    start_time: time
    end_time: time
    meets_on: tuple[date, ...] = ()
    born_from: date | None = None
    born_until: date | None = None
    left: int | None = None
    is_cancelled: bool = False
    # The places it shares with other activities, if any.
    shared: int | None = None
    price_minor: int | None = None

    def starts_at(self, zone: ZoneInfo) -> datetime:
        """Return the instant the first meeting begins."""
        return datetime.combine(self.days[0], self.start_time, tzinfo=zone)

    @property
    def days(self) -> tuple[date, ...]:
        """The days it meets: those given, or every one from the first to the last."""
        if self.meets_on:
            return self.meets_on
        first, last = self.starts_on.toordinal(), self.ends_on.toordinal()
        return tuple(map(date.fromordinal, range(first, last + 1)))

    def slots(self, zone: ZoneInfo) -> tuple[Slot, ...]:
        """Return each meeting as instants, under the name of the session."""
        return tuple(
            Slot(
                self.name,
                datetime.combine(day, self.start_time, tzinfo=zone),
                datetime.combine(day, self.end_time, tzinfo=zone),
            )
            for day in self.days
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """A place wanted for a child; late when the deadline to book is over."""

    place: Place
    child_id: int
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A place a child has, booked or held in a basket.

    `place` is named after its activity; `is_own` says that this household took it:
    of a place that another household of the child took, the price is left out.
    """

    booking: UUID
    child_id: int
    place: Place
    quota_key: str
    price: int
    currency: str
    is_held: bool
    is_own: bool


def booking_deadline(
    offer: Offer, place: Place, *, zone: ZoneInfo, holidays: Collection[date]
) -> datetime:
    """Return the instant from which a booking is late: the session's start at most."""
    return _not_after_start(offer.booking, place, zone, holidays)


def cancelling_deadline(
    offer: Offer, place: Place, *, zone: ZoneInfo, holidays: Collection[date]
) -> datetime:
    """Return the instant from which a cancellation is late."""
    return _not_after_start(offer.cancellation, place, zone, holidays)


def _not_after_start(
    rule: Deadline, place: Place, zone: ZoneInfo, holidays: Collection[date]
) -> datetime:
    starts_at = place.starts_at(zone)
    limit = deadline_of(rule, place.starts_on, zone=zone, holidays=holidays)
    return starts_at if limit is None else min(limit, starts_at, key=_instant)


def _instant(moment: datetime) -> float:
    return moment.timestamp()
