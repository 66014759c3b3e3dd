"""What is known of a household over some days: all that prices and rules look at."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from families.domain.standing import Fact
from foundation.periods import ONE_DAY

#: Places wanted in the same go: a child and a day.
Together = Collection[tuple[int, date]]
DAYS_IN_A_WEEK = 7
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """A child of the household."""

    id: int
    public_id: UUID
    first_name: str
    last_name: str
    birth_date: date
    school_class: str = ""

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """Dated facts of one household, for one activity.

    `accesses` holds, by child, the code of the situation accepted, empty when the
    service has none. `registered` holds (child, period) of what is booked or held,
    `present` the children that the household booked each day. `regimes` are those
    written in the file, `payers` the bodies that worked the quotients out.
    """

    household_id: int
    children: Mapping[int, ChildFacts]
    residences: tuple[Fact[str], ...] = ()
    quotients: tuple[Fact[Decimal], ...] = ()
    accesses: Mapping[int, tuple[Fact[str], ...]] | None = None
    care_plans: Mapping[int, tuple[Fact[str], ...]] | None = None
    registered: frozenset[tuple[int, int | None]] = frozenset()
    regimes: tuple[Fact[str], ...] = ()
    payers: tuple[Fact[str], ...] = ()
    present: Mapping[date, frozenset[int]] = field(default_factory=dict)

    def residence_on(self, day: date) -> str | None:
        """Return the residence proven on a day."""
        return _on(self.residences, day)

    def quotient_on(self, day: date) -> Decimal | None:
        """Return the quotient proven on a day."""
        return _on(self.quotients, day)

    def regime_on(self, day: date) -> str | None:
        """Return who pays the family allowances: as written, else by the quotient."""
        return _on(self.regimes, day) or _on(self.payers, day)

    def access_on(self, child_id: int, day: date) -> str | None:
        """Return the code of the situation accepted, None without access."""
        return _on((self.accesses or {}).get(child_id, ()), day)

    def has_care_plan(self, child_id: int, day: date) -> bool:
        """Tell whether an accepted care plan counts on a day."""
        return _on((self.care_plans or {}).get(child_id, ()), day) is not None

    def find_child(self, public_id: UUID) -> ChildFacts | None:
        """Return a child of the household by its public identifier."""
        found = (each for each in self.children.values() if each.public_id == public_id)
        return next(found, None)

    def rank(
        self,
        child_id: int,
        *,
        day: date,
        period_id: int | None,
        also: Collection[int] = (),
    ) -> tuple[int, int]:
        """Return the rank of a child by birth, and how many children are registered.

        Registered are the children with an access on the day, or a place in the same
        period, and those being registered now (`also`). Twins keep the order in which
        they were added to the file.
        """
        counted = {child_id, *also}
        counted |= {who for who in self.accesses or {} if self._accepted(who, day)}
        counted |= {who for who, period in self.registered if period == period_id}
        ordered = sorted(counted & set(self.children), key=self._birth)
        return ordered.index(child_id) + 1, len(ordered)

    def presence(
        self, child_id: int, *, day: date, together: Together = ()
    ) -> tuple[int, int]:
        """Return the rank of a child by birth among those there, and how many are."""
        there = {child_id, *self.present.get(day, ())}
        there |= {who for who, when in together if when == day}
        ordered = sorted(there & set(self.children), key=self._birth)
        return ordered.index(child_id) + 1, len(ordered)

    def days_a_week(self, child_id: int, *, day: date, together: Together = ()) -> int:
        """Return on how many days the child comes in the week of a day."""
        monday = day - timedelta(days=day.weekday())
        week = {monday + ONE_DAY * number for number in range(DAYS_IN_A_WEEK)}
        days = {day} | {when for who, when in together if who == child_id}
        days |= {when for when in week if child_id in self.present.get(when, ())}
        return len(days & week)

    def _accepted(self, child_id: int, day: date) -> bool:
        return self.access_on(child_id, day) is not None

    def _birth(self, child_id: int) -> tuple[date, int]:
        return self.children[child_id].birth_date, child_id


def _on(facts: Iterable[Fact[Value]], day: date) -> Value | None:
    return next((fact.value for fact in facts if fact.holds_on(day)), None)
