"""May this child have this place, and on what terms: every reason, never only one."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from catalog.domain.deadlines import is_in_time
from catalog.domain.eligibility import Applicant, Slot, check_eligibility
from catalog.domain.refusals import OverlapsBooking, Refusal
from enrolment.domain.facts import HouseholdFacts
from enrolment.domain.offers import (
    Offer,
    Place,
    Taken,
    booking_deadline,
    cancelling_deadline,
)
from enrolment.domain.refusals import (
    AlreadyBooked,
    AlreadyInBasket,
    BookedElsewhere,
    BookingsNotOpen,
    NoAccess,
    SessionCancelled,
    SessionFull,
    SessionStarted,
    TooLate,
)
from foundation.periods import ONE_DAY, Period


@dataclass(frozen=True, slots=True)
class Moment:
    """When a choice is judged: the instant, the town's zone, its public holidays."""

    now: datetime
    zone: ZoneInfo
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why not, or until when; `own` is the place the child has there already."""

    refusals: tuple[Refusal, ...]
    is_late: bool
    book_until: datetime
    cancel_until: datetime
    starts_at: datetime
    is_late_to_cancel: bool = False
    own: Taken | None = None

    @property
    def may_book(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.refusals


def judge(
    offer: Offer,
    place: Place,
    child_id: int,
    *,
    facts: HouseholdFacts,
    taken: Collection[Taken],
    moment: Moment,
) -> Verdict:
    """Judge one child in one session. `taken` holds what the child has already."""
    mine = [each for each in taken if each.child_id == child_id]
    own = next((each for each in mine if each.place.id == place.id), None)
    verdict = _terms(offer, place, moment, own)
    if own is not None:
        return replace(verdict, refusals=(_of_own(own),))
    reasons = (
        *_of_session(offer, place, verdict, moment.now),
        *_of_service(offer, place, child_id, facts, moment.now),
        *_of_child(offer, place, child_id, facts, mine, moment),
    )
    return replace(verdict, refusals=reasons)


def _of_own(own: Taken) -> Refusal:
    if not own.is_own:
        return BookedElsewhere()
    return AlreadyInBasket() if own.is_held else AlreadyBooked()


def _terms(offer: Offer, place: Place, moment: Moment, own: Taken | None) -> Verdict:
    book_until = booking_deadline(
        offer, place, zone=moment.zone, holidays=moment.holidays
    )
    cancel_until = cancelling_deadline(
        offer, place, zone=moment.zone, holidays=moment.holidays
    )
    return Verdict(
        refusals=(),
        is_late=not is_in_time(moment.now, book_until),
        book_until=book_until,
        cancel_until=cancel_until,
        starts_at=place.starts_at(moment.zone),
        is_late_to_cancel=not is_in_time(moment.now, cancel_until),
        own=own,
    )


def _of_session(
    offer: Offer, place: Place, verdict: Verdict, now: datetime
) -> Iterator[Refusal]:
    if place.is_cancelled:
        yield SessionCancelled()
    if not is_in_time(now, verdict.starts_at):
        yield SessionStarted()
    elif verdict.is_late and not offer.accepts_late:
        yield TooLate(verdict.book_until)
    if place.left is not None and place.left <= 0:
        yield SessionFull()


def _of_service(
    offer: Offer, place: Place, child_id: int, facts: HouseholdFacts, now: datetime
) -> Iterator[Refusal]:
    if offer.requires_access and facts.access_on(child_id, place.starts_on) is None:
        yield NoAccess(offer.service_name)
    if offer.opens_at is not None and is_in_time(now, offer.opens_at):
        yield BookingsNotOpen(offer.opens_at)


def _of_child(
    offer: Offer,
    place: Place,
    child_id: int,
    facts: HouseholdFacts,
    mine: Collection[Taken],
    moment: Moment,
) -> Iterator[Refusal]:
    rules = replace(offer.rules, born=_born(place))
    applicant = Applicant(
        birth_date=facts.children[child_id].birth_date,
        school_class=facts.children[child_id].school_class or None,
        residence=facts.residence_on(place.starts_on),
        booked=_near(place, mine, moment.zone),
        taken_in_period=_counted(offer, place, mine),
    )
    reasons = check_eligibility(
        rules,
        applicant,
        place.slots(moment.zone),
        session_on=place.starts_on,
        now=moment.now,
    )
    yield from _once_each(reasons)


def _once_each(reasons: Iterable[Refusal]) -> Iterator[Refusal]:
    """Name a course in the way once, however many times both meet."""
    named: set[str] = set()
    for reason in reasons:
        if isinstance(reason, OverlapsBooking):
            if reason.booked in named:
                continue
            named.add(reason.booked)
        yield reason


def _born(place: Place) -> Period | None:
    if place.born_from is None and place.born_until is None:
        return None
    last = place.born_until
    return Period(place.born_from or date.min, None if last is None else last + ONE_DAY)


def _near(place: Place, mine: Collection[Taken], zone: ZoneInfo) -> tuple[Slot, ...]:
    return tuple(
        slot
        for each in mine
        if each.place.starts_on <= place.ends_on
        and place.starts_on <= each.place.ends_on
        for slot in each.place.slots(zone)
    )


def _counted(offer: Offer, place: Place, mine: Collection[Taken]) -> int:
    """Count what the child has under the same quota in the same period."""
    return sum(
        each.quota_key == offer.quota_key and each.place.period_id == place.period_id
        for each in mine
    )
