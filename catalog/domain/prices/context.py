"""What a price depends on: the facts about one child, one day, one booking."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Self

from foundation.reading import WEEKDAYS

#: The variant of somebody for whom nothing special applies.
STANDARD = "standard"


class Residence(StrEnum):
    """Where the household stands towards the town, proven by a document."""

    RESIDENT = "resident"
    WORKS_HERE = "works_here"
    SCHOOLED_HERE = "schooled_here"
    OUTSIDE = "outside"


class Booking(StrEnum):
    """How the booking or the absence stood towards the town's deadlines."""

    IN_TIME = "in_time"
    LATE = "late"
    UNBOOKED = "unbooked"
    ABSENT_JUSTIFIED = "absent_justified"
    ABSENT_UNJUSTIFIED = "absent_unjustified"


class Regime(StrEnum):
    """Who pays the household's family allowances [régime]."""

    CAF = "caf"
    MSA = "msa"
    NONE = "none"


class DayKind(StrEnum):
    """What the school calendar says of the day."""

    TERM = "term"
    HOLIDAYS = "holidays"
    PUBLIC_HOLIDAY = "public_holiday"


class Event(StrEnum):
    """What is priced: the child's presence, or what is asked for besides."""

    PRESENCE = "presence"
    LATE_PICKUP = "late_pickup"


class ContextError(ValueError):
    """A fact that cannot be: a negative quotient, a float, a rank of zero."""


@dataclass(frozen=True, slots=True)
class PriceContext:
    """The facts a price is made from; None means that nobody knows.

    `quotient` is the household's monthly index, in major units. `quantity` counts
    the tariff's unit (meals, half-hours, weeks). `child_rank` is 1 for the first
    child of the household among those registered; `present_rank` among those there
    on the day, `children_present` of them. `occurrence` counts the same event over
    the period the town looks at: 2 for the second late pick-up. `minutes` last from
    `starts` to `ends`, over all the meetings; those of a late pick-up are late.
    `days_a_week` is the level of subscription. `session_amount` is carried by the
    session itself, in major units.
    """

    day: date
    residence: Residence | None = None
    quotient: Decimal | None = None
    situation: str | None = None
    child_rank: int = 1
    children_registered: int = 1
    booking: Booking = Booking.IN_TIME
    variant: str = STANDARD
    quantity: Decimal = Decimal(1)
    booked_on: date | None = None
    occurrence: int = 1
    regime: Regime | None = None
    period_kind: DayKind | None = None
    days_a_week: int | None = None
    children_present: int | None = None
    present_rank: int | None = None
    minutes: int | None = None
    starts: time | None = None
    ends: time | None = None
    session_amount: Decimal | None = None
    event: Event = Event.PRESENCE

    def __post_init__(self) -> None:
        """Refuse facts that cannot be."""
        if self.quotient is not None:
            _check_number("quotient", self.quotient)
        if self.session_amount is not None:
            _check_number("session_amount", self.session_amount)
        _check_number("quantity", self.quantity)
        for name, count in (
            ("child_rank", self.child_rank),
            ("children_registered", self.children_registered),
            ("occurrence", self.occurrence),
        ):
            _check_count(name, count, 1)
        for name, lowest in _MAY_BE_UNKNOWN:
            count = getattr(self, name)
            if count is not None:
                _check_count(name, count, lowest)

    @property
    def weekday(self) -> str:
        """The English name of the day of the week, in lower case."""
        return WEEKDAYS[self.day.weekday()]

    def to_data(self) -> dict[str, str | int | None]:
        """Return plain data to store; numbers that may have decimals are texts.

        Of the facts that only some tariffs look at, those unknown are left out.
        """
        data = {each.name: _plain(getattr(self, each.name)) for each in fields(self)}
        return {
            name: value
            for name, value in data.items()
            if name not in _LEFT_OUT or value != _LEFT_OUT[name]
        }

    @classmethod
    def from_data(cls, data: Mapping[str, str | int | None]) -> Self:
        """Return the context that `to_data` stored."""
        facts = {key: _READERS[key](data[key]) for key in data}
        return cls(**facts)  # type: ignore[arg-type]  # Each reader gives its type.


#: Counts that may be unknown, with the lowest they can be.
_MAY_BE_UNKNOWN = (
    ("days_a_week", 1),
    ("children_present", 1),
    ("present_rank", 1),
    ("minutes", 0),
)
#: Facts that came after the first prices, and what they are when nothing is stored.
_LEFT_OUT: Mapping[str, str | None] = {
    "regime": None,
    "period_kind": None,
    "days_a_week": None,
    "children_present": None,
    "present_rank": None,
    "minutes": None,
    "starts": None,
    "ends": None,
    "session_amount": None,
    "event": Event.PRESENCE,
}


def _check_count(name: str, count: object, lowest: int) -> None:
    if type(count) is not int or count < lowest:
        raise ContextError(f"{name} counts from {lowest}: {count!r}")


def _check_number(name: str, value: object) -> None:
    if not isinstance(value, Decimal) or not value.is_finite() or value < 0:
        raise ContextError(f"{name} is an exact number, 0 or more: {value!r}")


def _plain(value: object) -> str | int | None:
    if value is None or type(value) is int:
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _whole(value: object) -> int:
    return int(str(value))


Reader = Callable[[object], object]


def _known(read: Callable[[str], object], value: object) -> object:
    """Read what may be unknown: None stays None."""
    return None if value is None else read(str(value))


_READERS: Mapping[str, Reader] = {
    "day": partial(_known, date.fromisoformat),
    "residence": partial(_known, Residence),
    "quotient": partial(_known, Decimal),
    "situation": partial(_known, str),
    "child_rank": _whole,
    "children_registered": _whole,
    "booking": lambda value: Booking(str(value)),
    "variant": str,
    "quantity": partial(_known, Decimal),
    "booked_on": partial(_known, date.fromisoformat),
    "occurrence": _whole,
    "regime": partial(_known, Regime),
    "period_kind": partial(_known, DayKind),
    "days_a_week": partial(_known, int),
    "children_present": partial(_known, int),
    "present_rank": partial(_known, int),
    "minutes": partial(_known, int),
    "starts": partial(_known, time.fromisoformat),
    "ends": partial(_known, time.fromisoformat),
    "session_amount": partial(_known, Decimal),
    "event": lambda value: Event(str(value)),
}
