"""Aids of third parties: what they pay of the lines of an invoice.

An aid comes after the ceilings of the tariff and before taxes: it pays a part of what
the town asks, and never more. Lines are taken in the order of their days. Ceilings
are counted over all the invoices of a child, by what each line's trace says it used.
A fact that is missing gives no aid: the quotient is never guessed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from billing.domain.aid_traces import AidTrace
from foundation.money import allocate, round_half_up
from foundation.periods import Period, month_of, school_year_of, year_of

Shares = tuple[int, int, int]
HALVES_IN_A_DAY = 2


@dataclass(frozen=True, slots=True)
class Aid:
    """An aid granted to a household, for one child or for each of its children.

    `minor` is an amount for one unit, day or half-day; `percent` is of the price.
    `period` is where the aid and its kind both hold.
    """

    id: int
    name: str
    payer: str
    method: str
    household: int
    period: Period
    child: int | None = None
    minor: int = 0
    percent: Decimal = Decimal(0)
    half_day_minutes: int = 300
    quotient_from: Decimal | None = None
    quotient_until: Decimal | None = None
    services: frozenset[int] = frozenset()
    activities: frozenset[int] = frozenset()
    ceiling_minor: int | None = None
    ceiling_units: Decimal | None = None
    ceiling_period: str = "grant"
    position: int = 0

    def helps(self, line: "AidedLine") -> bool:
        """Tell whether the line is one that the aid pays for, its days aside."""
        return (
            line.household == self.household
            and self.child in {None, line.child}
            and (line.service in self.services or line.activity in self.activities)
            and self._has_quotient(line.quotient)
        )

    def counted_in(self, day: date) -> Period:
        """Return the period over which the ceiling of a day is counted."""
        return _PERIODS[self.ceiling_period](self, day)

    def _has_quotient(self, quotient: Decimal | None) -> bool:
        if self.quotient_from is None and self.quotient_until is None:
            return True
        return (
            quotient is not None
            and (self.quotient_from is None or quotient >= self.quotient_from)
            and (self.quotient_until is None or quotient < self.quotient_until)
        )


@dataclass(frozen=True, slots=True)
class AidedLine:
    """One price after ceilings: its parts, and what aids look at.

    `days` are those on which the session meets; `minutes` how long each lasts.
    """

    id: int
    household: int
    child: int
    service: int
    activity: int
    days: tuple[date, ...]
    minutes: int
    quantity: Decimal
    quotient: Decimal | None
    shares: Shares


@dataclass(frozen=True, slots=True)
class Use:
    """What an aid paid on a line billed before, for one child."""

    aid: int
    child: int
    day: date
    trace: AidTrace


@dataclass(frozen=True, slots=True)
class AidShare:
    """What an aid pays on one line, in parts."""

    aid: int
    line: int
    shares: Shares
    trace: AidTrace

    @property
    def minor(self) -> int:
        """The whole of it."""
        return sum(self.shares)


class _Counter:
    """What aids used so far: in money and units by period, and in money by day."""

    def __init__(self) -> None:
        self.minor: defaultdict[object, int] = defaultdict(int)
        self.units: defaultdict[object, Decimal] = defaultdict(Decimal)
        self.by_day: defaultdict[object, int] = defaultdict(int)

    def add(self, aid: Aid, child: int, day: date, trace: AidTrace) -> None:
        """Count what a line used."""
        key = (aid.id, child, aid.counted_in(day))
        self.minor[key] += trace.given
        self.units[key] += Decimal(trace.units)
        for each, minor in trace.days.items():
            self.by_day[aid.id, child, each] += minor


def apply_aids(
    lines: Iterable[AidedLine], aids: Iterable[Aid], used: Iterable[Use] = ()
) -> list[AidShare]:
    """Return what each aid pays on each line; nothing comes below zero.

    Several aids on a line follow their order, each on what those before it left.
    """
    known = sorted(aids, key=lambda each: (each.position, each.id))
    by_id = {each.id: each for each in known}
    counter = _Counter()
    for use in used:
        if use.aid in by_id:
            counter.add(by_id[use.aid], use.child, use.day, use.trace)
    found: list[AidShare] = []
    for line in sorted(lines, key=lambda each: (each.days, each.id)):
        left = line.shares
        for aid in known:
            share = _share(aid, line, left, counter) if aid.helps(line) else None
            if share is not None:
                found.append(share)
                left = _minus(left, share.shares)
    return found


def _minus(one: Shares, other: Shares) -> Shares:
    return one[0] - other[0], one[1] - other[1], one[2] - other[2]


def _share(
    aid: Aid, line: AidedLine, left: Shares, counter: _Counter
) -> AidShare | None:
    days = [day for day in line.days if day in aid.period]
    price = sum(left)
    if not days or price <= 0:
        return None
    key = (aid.id, line.child, aid.counted_in(line.days[0]))
    room = _Room(
        None if aid.ceiling_units is None else aid.ceiling_units - counter.units[key],
        None if aid.ceiling_minor is None else aid.ceiling_minor - counter.minor[key],
        price,
    )
    trace = _ASKING[aid.method](aid, line, days, room, counter)
    if trace.given <= 0:
        return None
    counter.add(aid, line.child, line.days[0], trace)
    care, meal, other = allocate(trace.given, left)
    return AidShare(aid.id, line.id, (care, meal, other), trace)


@dataclass(frozen=True, slots=True)
class _Room:
    """What is left for an aid on a line; None is no limit."""

    units: Decimal | None
    minor: int | None
    price: int

    def limit(self, asked: int) -> tuple[int, str]:
        """Return what may be given, and what kept it lower."""
        if self.minor is not None and self.minor < min(asked, self.price):
            return max(self.minor, 0), "ceiling"
        return (self.price, "price") if self.price < asked else (asked, "")


def _by_day(
    aid: Aid, line: AidedLine, days: Sequence[date], room: _Room, counter: _Counter
) -> AidTrace:
    """Give each day its amount, once a day whatever the number of lines."""
    is_half = aid.method == "half_day"
    long = is_half and line.minutes > aid.half_day_minutes
    wanted = HALVES_IN_A_DAY if long else 1
    most = aid.minor * (HALVES_IN_A_DAY if is_half else 1)
    asks: list[tuple[date, int, Decimal]] = []
    units_left = room.units
    short = ""
    for day in days:
        given = counter.by_day[aid.id, line.child, day.isoformat()]
        ask = min(aid.minor * wanted, most - given)
        units = Decimal(wanted if is_half else int(given == 0))
        if units_left is not None and units > units_left:
            units = max(units_left, Decimal(0)) if is_half else Decimal(0)
            ask = min(ask, int(units) * aid.minor)
            short = "units"
        if ask > 0:
            asks.append((day, ask, units))
            units_left = None if units_left is None else units_left - units
    asked = sum(ask for _day, ask, _units in asks)
    given, limit = room.limit(asked)
    spent, units = _spend(asks, given)
    return _trace(aid, str(aid.minor), units, (asked, given, limit or short), spent)


def _spend(
    asks: Sequence[tuple[date, int, Decimal]], given: int
) -> tuple[dict[str, int], Decimal]:
    """Use what is given day after day; return what each used, and the units."""
    spent: dict[str, int] = {}
    units, left = Decimal(0), given
    for day, ask, unit in asks:
        part = min(ask, left)
        if part > 0:
            spent[day.isoformat()] = part
            units += unit
            left -= part
    return spent, units


def _by_unit(
    aid: Aid, line: AidedLine, days: Sequence[date], room: _Room, _counter: _Counter
) -> AidTrace:
    """Give an amount for each unit of the price list."""
    units, short = _least(line.quantity, room.units)
    if days[0] != line.days[0]:
        units = Decimal(0)
    asked = int(round_half_up(aid.minor * units, 0))
    given, limit = room.limit(asked)
    return _trace(aid, str(aid.minor), units, (asked, given, limit or short), {})


def _by_percent(
    aid: Aid, line: AidedLine, days: Sequence[date], room: _Room, _counter: _Counter
) -> AidTrace:
    """Give a percentage of the price, of the days that count."""
    units, short = _least(Decimal(len(days)), room.units)
    exact = room.price * aid.percent * units / (100 * len(line.days))
    asked = int(round_half_up(exact, 0))
    given, limit = room.limit(asked)
    rate = f"{aid.percent.normalize():f}"
    return _trace(aid, rate, units, (asked, given, limit or short), {})


def _least(wanted: Decimal, room: Decimal | None) -> tuple[Decimal, str]:
    if room is None or wanted <= room:
        return wanted, ""
    return max(room, Decimal(0)), "units"


def _trace(
    aid: Aid,
    rate: str,
    units: Decimal,
    amounts: tuple[int, int, str],
    days: Mapping[str, int],
) -> AidTrace:
    asked, given, limit = amounts
    count = f"{units.normalize():f}"
    return AidTrace(
        aid.name, aid.payer, aid.method, rate, count, asked, given, limit, days
    )


_ASKING = {
    "day": _by_day,
    "half_day": _by_day,
    "unit": _by_unit,
    "percent": _by_percent,
}
_PERIODS: Mapping[str, Callable[[Aid, date], Period]] = {
    "month": lambda _aid, day: month_of(day),
    "calendar_year": lambda _aid, day: year_of(day),
    "school_year": lambda _aid, day: school_year_of(day),
    "grant": lambda aid, _day: aid.period,
}
