"""Ceilings of a tariff: what a child or a household pays at most over a period.

A ceiling looks at prices once they are made, in the order of their days. What is
above it is taken off, line by line, so that each part of a price (care, meal, other)
stays right. What was billed before in the same period counts; a line given back
lowers it. Whatever is billed first, the whole comes to the same.

`reduce_by_caps` says what must come out; billing works it out in the database, and a
test compares both.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Self

from foundation.money import MINOR_DIGITS, Money, allocate
from foundation.periods import ONE_DAY, Period, month_of, school_year_of
from foundation.reading import Node

PERIODS = ("day", "week", "month", "calendar_period", "school_year")
PAYERS = ("child", "household")
#: More would be nobody's rule, and each costs statements to every billing run.
AT_MOST = 5
LARGEST = Decimal(1_000_000)

Shares = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Cap:
    """One ceiling, in minor units; without `activities`, all those of the tariff."""

    code: str
    label: str
    minor: int
    period: str
    per: str
    activities: frozenset[str] = frozenset()

    def concerns(self, activity: str) -> bool:
        """Tell whether an activity counts."""
        return not self.activities or activity in self.activities

    def period_of(self, day: date, calendar: Period | None) -> Period | None:
        """Return the period a day is counted in; None leaves the day out.

        `calendar` is the town's own period of the session: holidays, a summer.
        """
        return _PERIODS[self.period](day, calendar)


@dataclass(frozen=True, slots=True)
class Counted:
    """One line that ceilings look at: a price, or one given back (below zero).

    `taken` holds what each ceiling took off when it was billed, by its rank.
    """

    id: int
    tariff: int
    household: int
    child: int
    activity: str
    day: date
    shares: Shares
    caps: tuple[Cap, ...]
    calendar: Period | None = None
    taken: Mapping[int, int] = field(default_factory=dict)

    @property
    def minor(self) -> int:
        """The whole amount."""
        return sum(self.shares)


@dataclass(frozen=True, slots=True)
class CapTrace:
    """Why a ceiling took something off: stored with the line."""

    code: str
    label: str
    per: str
    period: Period
    ceiling: int
    before: int
    price: int
    taken: int

    def to_data(self) -> dict[str, Any]:
        """Return plain data to store with the line."""
        return {
            "kind": "cap",
            "code": self.code,
            "label": self.label,
            "per": self.per,
            "from": self.period.start.isoformat(),
            "until": (self.period.until or self.period.start).isoformat(),
            "ceiling": self.ceiling,
            "before": self.before,
            "price": self.price,
            "minor": -self.taken,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the trace that was stored."""
        days = (date.fromisoformat(data[key]) for key in ("from", "until"))
        return cls(
            data["code"],
            data["label"],
            data["per"],
            Period(*days),
            data["ceiling"],
            data["before"],
            data["price"],
            -data["minor"],
        )

    @property
    def replayed(self) -> int:
        """What is taken off, worked out again from what the trace says."""
        return above(self.before + self.price, self.ceiling) - above(
            self.before, self.ceiling
        )


@dataclass(frozen=True, slots=True)
class Capped:
    """What one ceiling takes off one line, in parts; below zero it gives back."""

    line: int
    position: int
    shares: Shares
    trace: CapTrace

    @property
    def minor(self) -> int:
        """The whole of it."""
        return sum(self.shares)


def read_caps(node: Node, currency: str) -> tuple[Cap, ...]:
    """Read `caps`; refuses what is negative, repeated, or counts the same twice."""
    caps: list[Cap] = []
    for child in node.children("caps", required=False):
        cap = _read_cap(child, currency)
        if any(cap.code == each.code for each in caps):
            child.refuse("code", "repeated_code")
        alike = (cap.period, cap.per, cap.activities)
        if alike in [(each.period, each.per, each.activities) for each in caps]:
            child.refuse("period", "repeated_ceiling")
        caps.append(cap)
    if len(caps) > AT_MOST:
        node.refuse("caps", "too_large", at_most=str(AT_MOST))
    return tuple(caps)


def reduce_by_caps(
    fresh: Sequence[Counted], billed: Iterable[Counted] = ()
) -> list[Capped]:
    """Return what the ceilings take off lines about to be billed.

    `billed` are those billed before by the same régie. Ceilings are taken in their
    order in the tariff, each on what those before it left. A ceiling that votes
    changed within its period is the lowest of them.
    """
    found: list[Capped] = []
    left = {each.id: each.shares for each in fresh}
    before = list(billed)
    ordered = sorted(fresh, key=lambda each: (each.day, each.id))
    for position in range(max((len(each.caps) for each in fresh), default=0)):
        ceilings = _ceilings([*before, *fresh], position)
        sums = _sums(before, position)
        for line in ordered:
            key = _key(line, position)
            if key is None:
                continue
            capped = _cap(line, position, left[line.id], sums[key], ceilings[key])
            sums[key] += sum(left[line.id])
            if capped.minor:
                found.append(capped)
                left[line.id] = _minus(left[line.id], capped.shares)
    return found


def above(total: int, ceiling: int) -> int:
    """Return the part of a sum that is above a ceiling."""
    return max(0, total - ceiling)


def _cap(
    line: Counted, position: int, left: Shares, before: int, ceiling: int
) -> Capped:
    cap = line.caps[position]
    price = sum(left)
    taken = above(before + price, ceiling) - above(before, ceiling)
    period = cap.period_of(line.day, line.calendar)
    assert period is not None  # noqa: S101 - lines without one have no key.
    trace = CapTrace(
        cap.code, cap.label, cap.per, period, ceiling, before, price, taken
    )
    return Capped(line.id, position, _share(taken, left), trace)


def _share(taken: int, left: Shares) -> Shares:
    """Share what is taken as the price is shared, to the cent."""
    if not taken:
        return (0, 0, 0)
    care, meal, other = allocate(taken, [abs(each) for each in left])
    return care, meal, other


def _minus(one: Shares, other: Shares) -> Shares:
    return one[0] - other[0], one[1] - other[1], one[2] - other[2]


def _key(line: Counted, position: int) -> tuple[object, ...] | None:
    """Return what is counted together, or None when the ceiling leaves it out."""
    cap = line.caps[position] if position < len(line.caps) else None
    if cap is None or not cap.concerns(line.activity):
        return None
    period = cap.period_of(line.day, line.calendar)
    if period is None:
        return None
    child = line.child if cap.per == "child" else None
    return line.tariff, cap.code, cap.per, line.household, child, period


def _ceilings(lines: Iterable[Counted], position: int) -> dict[object, int]:
    ceilings: dict[object, int] = {}
    for line in lines:
        key = _key(line, position)
        if key is not None:
            minor = line.caps[position].minor
            ceilings[key] = min(minor, ceilings.get(key, minor))
    return ceilings


def _sums(billed: Iterable[Counted], position: int) -> defaultdict[object, int]:
    sums: defaultdict[object, int] = defaultdict(int)
    for line in billed:
        key = _key(line, position)
        if key is not None:
            earlier = (each for rank, each in line.taken.items() if rank < position)
            sums[key] += line.minor - sum(earlier)
    return sums


def _week_of(day: date) -> Period:
    monday = day - ONE_DAY * day.weekday()
    return Period(monday, monday + ONE_DAY * 7)


_PERIODS: Mapping[str, Callable[[date, Period | None], Period | None]] = {
    "day": lambda day, _calendar: Period.of_day(day),
    "week": lambda day, _calendar: _week_of(day),
    "month": lambda day, _calendar: month_of(day),
    "calendar_period": lambda _day, calendar: calendar,
    "school_year": lambda day, _calendar: school_year_of(day),
}


def _read_cap(node: Node, currency: str) -> Cap:
    amount = node.decimal("amount", at_least=Decimal("0.01")) or Decimal(1)
    if amount > LARGEST:
        node.refuse("amount", "too_large", at_most=str(LARGEST))
        amount = Decimal(1)
    elif amount.normalize() != amount.quantize(
        Decimal(1).scaleb(-MINOR_DIGITS[currency])
    ):
        node.refuse("amount", "too_many_decimals")
    cap = Cap(
        code=node.code("code") or "",
        label=node.text("label", at_most=120),
        minor=Money.from_decimal(amount, currency).minor,
        period=node.choice("period", PERIODS) or PERIODS[0],
        per=node.choice("per", PAYERS) or PAYERS[0],
        activities=node.codes("activities", required=False),
    )
    node.close()
    return cap
