"""May this child be registered for this session, and if not, why.

Every rule is checked and every reason given, so that a family does not discover
them one after the other. A residence nobody proved never opens what residents have.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from catalog.domain.prices.context import Residence
from catalog.domain.refusals import (
    BirthDateUnknown,
    BornOutside,
    NoRegistrationForResidence,
    OverlapsBooking,
    QuotaReached,
    Refusal,
    RegistrationClosed,
    RegistrationNotOpen,
    ResidenceNotProven,
    SchoolClassUnknown,
    TooOld,
    TooYoung,
    WrongResidence,
    WrongSchoolClass,
)
from foundation.periods import EmptyPeriodError, Period
from foundation.reading import Node, read


@dataclass(frozen=True, slots=True)
class Ages:
    """Completed years, both bounds allowed, at the session or on a given day."""

    youngest: int | None = None
    oldest: int | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Instants between which some residences, or everybody, may register."""

    opens_at: datetime
    closes_at: datetime | None = None
    residences: frozenset[str] = frozenset()

    def is_for(self, residence: str | None) -> bool:
        """Tell whether a family may use it; an unproven residence is an outsider's."""
        return (
            not self.residences or (residence or Residence.OUTSIDE) in self.residences
        )

    def is_open(self, now: datetime) -> bool:
        """Tell whether it is open: the opening included, the closing excluded."""
        instant = _utc(now)
        return _utc(self.opens_at) <= instant and (
            self.closes_at is None or instant < _utc(self.closes_at)
        )


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The rules of a session; what is left out allows everybody."""

    ages: Ages | None = None
    born: Period | None = None
    school_classes: frozenset[str] = frozenset()
    residences: frozenset[str] = frozenset()
    quota: int | None = None
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A session in time, as aware instants; the end is excluded."""

    code: str
    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Slot") -> bool:
        """Tell whether both last at the same time, compared as instants."""
        return _utc(self.starts_at) < _utc(other.ends_at) and (
            _utc(other.starts_at) < _utc(self.ends_at)
        )


@dataclass(frozen=True, slots=True)
class Applicant:
    """The child: facts, what is already booked, courses taken in the period."""

    birth_date: date | None = None
    school_class: str | None = None
    residence: str | None = None
    booked: tuple[Slot, ...] = ()
    taken_in_period: int = 0


def check_eligibility(
    rules: Eligibility,
    applicant: Applicant,
    slots: Collection[Slot],
    *,
    session_on: date,
    now: datetime,
) -> tuple[Refusal, ...]:
    """Return every reason to refuse, none when the child may be registered.

    `slots` are the meetings of the session, one for a dated unit and several for a
    course; `session_on` is its first day in the town's calendar.
    """
    return (
        *check_age(rules, applicant.birth_date, session_on=session_on),
        *check_school_class(rules, applicant.school_class),
        *check_residence(rules, applicant.residence),
        *check_window(rules.windows, applicant.residence, now=now),
        *check_quota(rules, applicant.taken_in_period),
        *check_overlaps(slots, applicant.booked),
    )


def completed_years(birth_date: date, on: date) -> int:
    """Return the age on a day; born on 29 February, one ages on 1 March."""
    before_birthday = (on.month, on.day) < (birth_date.month, birth_date.day)
    return on.year - birth_date.year - before_birthday


def check_age(
    rules: Eligibility, birth_date: date | None, *, session_on: date
) -> Iterator[Refusal]:
    """Check the age on the day that counts, and the range of birth dates."""
    if rules.ages is None and rules.born is None:
        return
    if birth_date is None:
        yield BirthDateUnknown()
        return
    if rules.ages is not None:
        yield from _check_ages(rules.ages, birth_date, session_on)
    if rules.born is not None and birth_date not in rules.born:
        yield BornOutside(rules.born.start, rules.born.until)


def _check_ages(ages: Ages, birth_date: date, session_on: date) -> Iterator[Refusal]:
    on = ages.on or session_on
    age = completed_years(birth_date, on)
    if ages.youngest is not None and age < ages.youngest:
        yield TooYoung(age, ages.youngest, on)
    if ages.oldest is not None and age > ages.oldest:
        yield TooOld(age, ages.oldest, on)


def check_school_class(
    rules: Eligibility, school_class: str | None
) -> Iterator[Refusal]:
    """Check the school class."""
    if not rules.school_classes or school_class in rules.school_classes:
        return
    if school_class is None:
        yield SchoolClassUnknown()
    else:
        yield WrongSchoolClass(school_class, rules.school_classes)


def check_residence(rules: Eligibility, residence: str | None) -> Iterator[Refusal]:
    """Check the residence; without a valid proof, ask for one."""
    if not rules.residences or residence in rules.residences:
        return
    if residence is None:
        yield ResidenceNotProven(rules.residences)
    else:
        yield WrongResidence(residence, rules.residences)


def check_window(
    windows: Collection[Window], residence: str | None, *, now: datetime
) -> Iterator[Refusal]:
    """Check that a registration window is open to the family.

    Without windows registration is always open. Otherwise tells the next opening
    for this family, or the last closing.
    """
    if not windows:
        return
    own = [window for window in windows if window.is_for(residence)]
    if any(window.is_open(now) for window in own):
        return
    coming = [window.opens_at for window in own if now < window.opens_at]
    closed = [window.closes_at for window in own if window.closes_at is not None]
    if coming:
        yield RegistrationNotOpen(min(coming))
    elif closed:
        yield RegistrationClosed(max(closed))
    else:
        yield NoRegistrationForResidence()


def check_quota(rules: Eligibility, taken: int) -> Iterator[Refusal]:
    """Check the number of courses per child and holiday, or period."""
    if rules.quota is not None and taken >= rules.quota:
        yield QuotaReached(rules.quota, taken)


def check_overlaps(
    slots: Iterable[Slot], booked: Collection[Slot]
) -> Iterator[Refusal]:
    """Check that the child is not elsewhere, naming each booking in the way once."""
    wanted = tuple(slots)
    for other in booked:
        if any(slot.overlaps(other) for slot in wanted):
            yield OverlapsBooking(other.code, other.starts_at, other.ends_at)


def parse_eligibility(data: Mapping[str, Any], *, zone: ZoneInfo) -> Eligibility:
    """Read the rules of a session; hours are local to the town's `zone`.

    Raises ConfigurationError naming each key and reason.
    """
    return read(data, lambda node: _read_eligibility(node, zone))


def _read_eligibility(node: Node, zone: ZoneInfo) -> Eligibility:
    return Eligibility(
        ages=_read_ages(node),
        born=_read_born(node),
        school_classes=node.codes("school_classes", required=False),
        residences=node.codes("residence", tuple(Residence), required=False),
        quota=node.integer("quota", required=False, at_least=1),
        windows=tuple(
            _read_window(child, zone)
            for child in node.children("windows", required=False)
        ),
    )


def _read_ages(node: Node) -> Ages | None:
    child = node.child("ages", required=False)
    if child is None:
        return None
    youngest = child.integer("youngest", required=False, at_most=120)
    oldest = child.integer("oldest", required=False, at_most=120)
    on = child.day("taken_on", required=False)
    if youngest is None and oldest is None and child.is_sound:
        child.refuse("", "no_bound")
    if youngest is not None and oldest is not None and oldest < youngest:
        child.refuse("oldest", "too_small", at_least=str(youngest))
    child.close()
    return Ages(youngest, oldest, on)


def _read_born(node: Node) -> Period | None:
    child = node.child("born", required=False)
    if child is None:
        return None
    start = child.day("from")
    until = child.day("until", required=False)
    child.close()
    try:
        return None if start is None else Period(start, until)
    except EmptyPeriodError:
        child.refuse("until", "not_after_from", start=str(start))
        return None


def _read_window(node: Node, zone: ZoneInfo) -> Window:
    residences = node.codes("residence", tuple(Residence), required=False)
    opens_at = node.moment("from")
    closes_at = node.moment("until", required=False)
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        node.refuse("until", "not_after_from", start=opens_at.isoformat())
    node.close()
    return Window(
        _aware(opens_at or datetime.min, zone),  # noqa: DTZ901 -- Dropped: refused.
        None if closes_at is None else _aware(closes_at, zone),
        residences,
    )


def _aware(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone)


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)
