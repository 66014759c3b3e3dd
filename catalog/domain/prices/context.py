"""What a price depends on: the facts about one child, one day, one booking."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
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


class ContextError(ValueError):
    """A fact that cannot be: a negative quotient, a float, a rank of zero."""


@dataclass(frozen=True, slots=True)
class PriceContext:
    """The facts a price is made from; None means that nobody knows.

    `quotient` is the household's monthly index, in major units. `quantity` counts
    the tariff's unit (meals, half-hours, weeks). `child_rank` is 1 for the first
    child of the household. `occurrence` counts the same event over the period the
    town looks at: 2 for the second late pick-up.
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

    def __post_init__(self) -> None:
        """Refuse facts that cannot be."""
        if self.quotient is not None:
            _check_number("quotient", self.quotient)
        _check_number("quantity", self.quantity)
        for name in ("child_rank", "children_registered", "occurrence"):
            count = getattr(self, name)
            if type(count) is not int or count < 1:
                raise ContextError(f"{name} counts from 1: {count!r}")

    @property
    def weekday(self) -> str:
        """The English name of the day of the week, in lower case."""
        return WEEKDAYS[self.day.weekday()]

    def to_data(self) -> dict[str, str | int | None]:
        """Return plain data to store; numbers that may have decimals are texts."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def from_data(cls, data: Mapping[str, str | int | None]) -> Self:
        """Return the context that `to_data` stored."""
        facts = {key: _READERS[key](data[key]) for key in data}
        return cls(**facts)  # type: ignore[arg-type]  # Each reader gives its type.


def _check_number(name: str, value: object) -> None:
    if not isinstance(value, Decimal) or not value.is_finite() or value < 0:
        raise ContextError(f"{name} is an exact number, 0 or more: {value!r}")


def _plain(value: object) -> str | int | None:
    if value is None or type(value) is int:
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _text(value: object) -> str:
    return str(value)


def _whole(value: object) -> int:
    return int(str(value))


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _date(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


_READERS = {
    "day": _date,
    "residence": lambda value: None if value is None else Residence(str(value)),
    "quotient": _number,
    "situation": lambda value: None if value is None else str(value),
    "child_rank": _whole,
    "children_registered": _whole,
    "booking": lambda value: Booking(str(value)),
    "variant": _text,
    "quantity": _number,
    "booked_on": _date,
    "occurrence": _whole,
}
