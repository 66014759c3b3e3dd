"""Files opened at the counter, for a family that has no account."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from families.enums import Civility
from families.models import CounterVisit, Person
from families.services.counter import capacity_of, start_visit
from families.services.households import Address, open_household
from foundation.accounts.models import Account
from foundation.journal.services import acting_as, record


@dataclass(frozen=True, slots=True)
class NewFamily:
    """The adult at the counter; the e-mail address may be empty."""

    civility: Civility
    first_name: str
    last_name: str
    birth_date: date | None
    email: str
    phone: str
    address: Address


@transaction.atomic
def open_at_counter(*, facts: NewFamily, clerk: Account, now: datetime) -> CounterVisit:
    """Open a person's file without an account, and the visit that fills it.

    `now` dates what the clerk told the person: how their data are used, and that they
    must be of age. Raises NotYoursError.
    """
    person = Person.objects.create(
        civility=facts.civility,
        first_name=facts.first_name,
        last_name=facts.last_name,
        birth_date=facts.birth_date,
        email=facts.email.lower(),
        notice_seen_at=now,
        of_age_declared_at=now,
    )
    household = open_household(
        person=person, address=facts.address, phone=facts.phone, actor=clerk
    )
    visit = start_visit(household=household, clerk=clerk, opened_file=True, now=now)
    with acting_as(capacity_of(visit)):
        record(actor=clerk, action="person entered at the counter", target=person)
    return visit
