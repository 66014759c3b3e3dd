"""Find the adult of a file that somebody proves to be, by what the town accepts.

Each way makes the same reads whatever the answer: a number that does not exist, a
wrong date and a file that is taken cannot be told apart by their time.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from families.domain.file_numbers import readings
from families.domain.invoices import InvoiceFacts, InvoiceOwner
from families.domain.linking import Adult, Names, for_household, whom
from families.models import Guardian, Household
from families.queries.linking import (
    adults_of,
    guardians_known_by,
    minors_known_by,
    numbers_today,
)
from families.services.claim_codes import find_by_code
from families.signals import invoice_shown
from foundation.accounts.models import Account
from foundation.codes import tidy_code
from tenants.townhall.models import LinkingMethod


@dataclass(frozen=True, slots=True)
class NumberAndBirth:
    """A file number, or a person's own code, with a birth date of the file."""

    number: str
    born_on: date
    method = LinkingMethod.FILE_NUMBER

    @property
    def target(self) -> str:
        """What is guessed at: the throttle counts by it."""
        return "".join(sorted(readings(self.number)))

    def find(self, account: Account, *, now: datetime) -> Guardian | None:  # noqa: ARG002 - a date does not lapse.
        """Return the adult meant. Three reads."""
        numbers = numbers_today(readings(self.number))
        guardians = list(guardians_known_by(numbers))
        # Read whether needed or not: a wrong date must not take longer.
        minors = list(minors_known_by(numbers))
        found = whom(
            numbers=numbers,
            born_on=self.born_on,
            names=names_of(account),
            adults=[_adult(guardian) for guardian in guardians],
            minors=minors,
        )
        return _guardian(found, guardians)


@dataclass(frozen=True, slots=True)
class PostedCode:
    """The subscriber code of a letter."""

    code: str
    method = LinkingMethod.SUBSCRIBER_CODE

    @property
    def target(self) -> str:
        """What is guessed at: the throttle counts by it."""
        return tidy_code(self.code)

    def find(self, account: Account, *, now: datetime) -> Guardian | None:
        """Return the adult whose names were given, or the only one. Two reads."""
        household = find_by_code(self.code, now=now)
        guardians = list(adults_of(household.pk if household else 0))
        adults = [_adult(each) for each in guardians]
        return _guardian(for_household(names_of(account), adults), guardians)


@dataclass(frozen=True, slots=True)
class PaperInvoice:
    """Four facts of an invoice; billing says whose it is."""

    facts: InvoiceFacts
    method = LinkingMethod.INVOICE

    @property
    def target(self) -> str:
        """What is guessed at: the throttle counts by it."""
        return self.facts.reference

    def find(self, account: Account, *, now: datetime) -> Guardian | None:  # noqa: ARG002 - an invoice does not lapse.
        """Return the addressee. One read of billing's, one of ours."""
        owner = owner_of(self.facts)
        guardians = list(adults_of(owner.household_id if owner else 0))
        wanted = owner.person_code if owner else ""
        return next(
            (
                each
                for each in guardians
                if hmac.compare_digest(each.person.person_code, wanted)
            ),
            None,
        )


Knowledge = NumberAndBirth | PostedCode | PaperInvoice


def owner_of(facts: InvoiceFacts) -> InvoiceOwner | None:
    """Ask who bills whether an invoice has all four facts, and whose it is."""
    answers = invoice_shown.send(sender=Household, facts=facts)
    owners: list[object] = [answer for _receiver, answer in answers]
    return next((each for each in owners if isinstance(each, InvoiceOwner)), None)


def names_of(account: Account) -> Names:
    """Return the names given at sign-up."""
    return Names(account.person.first_name, account.person.last_name)


def _adult(guardian: Guardian) -> Adult:
    person = guardian.person
    return Adult(
        guardian=guardian.pk,
        names=Names(person.first_name, person.last_name),
        birth_date=person.birth_date,
        code=person.person_code,
        household=guardian.household_id,
        file_number=guardian.household.file_number,
    )


def _guardian(found: Adult | None, guardians: Iterable[Guardian]) -> Guardian | None:
    if found is None:
        return None
    return next(each for each in guardians if each.pk == found.guardian)
