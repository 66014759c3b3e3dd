"""What a complete child's file holds, section by section."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Section(StrEnum):
    """A page of the child's file; the value is its address."""

    IDENTITY = "identity"
    PHOTO = "photo"
    INSURANCE = "insurance"
    HEALTH = "health"
    AUTHORISATIONS = "authorisations"
    CONTACTS = "contacts"


#: The photo helps, and is nobody's duty.
NEEDED = (
    Section.IDENTITY,
    Section.INSURANCE,
    Section.HEALTH,
    Section.AUTHORISATIONS,
    Section.CONTACTS,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one child's file.

    `insured_until` is the first day without insurance; `is_answered` tells that no
    authorisation waits for an answer.
    """

    has_school: bool
    has_class: bool
    has_photo: bool
    has_insurance: bool
    insured_until: date | None
    has_health_sheet: bool
    is_answered: bool
    has_contacts: bool


@dataclass(frozen=True, slots=True)
class Completeness:
    """Which sections are filled in."""

    filled: frozenset[Section]

    @property
    def missing(self) -> tuple[Section, ...]:
        """The sections that the town needs and does not have, in order."""
        return tuple(each for each in NEEDED if each not in self.filled)

    @property
    def is_complete(self) -> bool:
        """Nothing is missing."""
        return not self.missing


def completeness_of(facts: Facts, *, today: date) -> Completeness:
    """Return which sections are filled in on a day."""
    insured = facts.insured_until is None or facts.insured_until > today
    answers = {
        # A child too young for school has neither; one of them says enough.
        Section.IDENTITY: facts.has_school or facts.has_class,
        Section.PHOTO: facts.has_photo,
        Section.INSURANCE: facts.has_insurance and insured,
        Section.HEALTH: facts.has_health_sheet,
        Section.AUTHORISATIONS: facts.is_answered,
        Section.CONTACTS: facts.has_contacts,
    }
    return Completeness(frozenset(name for name, is_so in answers.items() if is_so))
