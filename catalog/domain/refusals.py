"""Why a child may not be registered: a code and parameters, never a sentence.

Whoever shows a refusal words it from its `code` and fields, and says what to do
next. Two refusals with the same facts are equal.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule of the town says no."""

    code: ClassVar[str] = "refused"


@dataclass(frozen=True, slots=True)
class BirthDateUnknown(Refusal):
    """The child's age matters and the birth date is not on file."""

    code: ClassVar[str] = "birth_date_unknown"


@dataclass(frozen=True, slots=True)
class TooYoung(Refusal):
    """The child is `age` on the day that counts, under the youngest age."""

    code: ClassVar[str] = "too_young"
    age: int
    youngest: int
    on: date


@dataclass(frozen=True, slots=True)
class TooOld(Refusal):
    """The child is `age` on the day that counts, over the oldest age."""

    code: ClassVar[str] = "too_old"
    age: int
    oldest: int
    on: date


@dataclass(frozen=True, slots=True)
class BornOutside(Refusal):
    """The child was not born from `first`, included, until `until`, excluded."""

    code: ClassVar[str] = "born_outside"
    first: date
    until: date | None


@dataclass(frozen=True, slots=True)
class SchoolClassUnknown(Refusal):
    """The school class matters and is not on file."""

    code: ClassVar[str] = "school_class_unknown"


@dataclass(frozen=True, slots=True)
class WrongSchoolClass(Refusal):
    """The session is for other school classes."""

    code: ClassVar[str] = "wrong_school_class"
    school_class: str
    accepted: frozenset[str]


@dataclass(frozen=True, slots=True)
class ResidenceNotProven(Refusal):
    """The session is for some residences, and no valid proof tells the family's."""

    code: ClassVar[str] = "residence_not_proven"
    accepted: frozenset[str]


@dataclass(frozen=True, slots=True)
class WrongResidence(Refusal):
    """The session is for other residences than the family's."""

    code: ClassVar[str] = "wrong_residence"
    residence: str
    accepted: frozenset[str]


@dataclass(frozen=True, slots=True)
class QuotaReached(Refusal):
    """The child already has as many courses as allowed in the holiday or period."""

    code: ClassVar[str] = "quota_reached"
    limit: int
    taken: int


@dataclass(frozen=True, slots=True)
class OverlapsBooking(Refusal):
    """The child is already booked at that time, in the session `booked`."""

    code: ClassVar[str] = "overlaps_booking"
    booked: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class RegistrationNotOpen(Refusal):
    """Registration opens for this family at `opens_at`."""

    code: ClassVar[str] = "registration_not_open"
    opens_at: datetime


@dataclass(frozen=True, slots=True)
class RegistrationClosed(Refusal):
    """Registration was open to this family and ended at `closed_at`."""

    code: ClassVar[str] = "registration_closed"
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class NoRegistrationForResidence(Refusal):
    """No registration is planned for this family's residence."""

    code: ClassVar[str] = "no_registration_for_residence"
