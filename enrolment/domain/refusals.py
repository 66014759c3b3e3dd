"""Why a place is refused, beside the reasons of `catalog.domain.refusals`.

Codes and parameters only: the sentences are in `services.refusal_wording`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from catalog.domain.prices import PriceError
from catalog.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class SessionFull(Refusal):
    """Every place is taken."""

    code: ClassVar[str] = "session_full"


@dataclass(frozen=True, slots=True)
class SessionCancelled(Refusal):
    """The town cancelled the session."""

    code: ClassVar[str] = "session_cancelled"


@dataclass(frozen=True, slots=True)
class SessionStarted(Refusal):
    """The session has begun, or is over."""

    code: ClassVar[str] = "session_started"


@dataclass(frozen=True, slots=True)
class AlreadyBooked(Refusal):
    """The child is booked in this very session."""

    code: ClassVar[str] = "already_booked"


@dataclass(frozen=True, slots=True)
class BookedElsewhere(Refusal):
    """The other household of the child has the place already."""

    code: ClassVar[str] = "booked_elsewhere"


@dataclass(frozen=True, slots=True)
class AlreadyInBasket(Refusal):
    """A place in this very session is held for the child, in a basket."""

    code: ClassVar[str] = "already_in_basket"


@dataclass(frozen=True, slots=True)
class TooLate(Refusal):
    """The deadline to book is over, and late bookings are not accepted."""

    code: ClassVar[str] = "too_late"
    deadline: datetime


@dataclass(frozen=True, slots=True)
class NoAccess(Refusal):
    """The child has no access to the service on the day of the session."""

    code: ClassVar[str] = "no_access"
    service: str


@dataclass(frozen=True, slots=True)
class BookingsNotOpen(Refusal):
    """Nobody may book in this service before `opens_at`."""

    code: ClassVar[str] = "bookings_not_open"
    opens_at: datetime


@dataclass(frozen=True, slots=True)
class NoPrice(Refusal):
    """The tariff gives no price for these facts; nothing is guessed."""

    code: ClassVar[str] = "no_price"
    error: PriceError
