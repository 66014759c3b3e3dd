"""Families for tests: an adult with an account, a household, children."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from allauth.account.models import EmailAddress
from django.test import Client

from families.enums import Civility
from families.models import Child, Household, Person
from families.services.children import ChildDetails, add_child
from families.services.households import Address, open_household
from families.services.people import register_person
from foundation.accounts.models import Account

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TODAY = NOW.date()
PASSWORD = "un-long-secret"
HOME = Address(
    street="3 rue des Tilleuls", postal_code="59223", city="Rochebelle", country="FR"
)


@dataclass
class Family:
    """What a test needs of a family."""

    account: Account
    person: Person
    household: Household
    children: list[Child] = field(default_factory=list)


def make_person(email: str = "claire@example.com", name: str = "Claire") -> Person:
    """Create somebody who signed up and confirmed the address."""
    account = Account.objects.create_user(
        email, PASSWORD, first_name=name, last_name="Martin"
    )
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return register_person(
        account=account,
        civility=Civility.MADAM,
        first_name=name,
        last_name="Martin",
        now=NOW,
    )


def account_of(person: Person) -> Account:
    """Return the account of somebody who has one."""
    assert person.account is not None
    return person.account


def make_family(
    email: str = "claire@example.com", *names: str, address: Address = HOME
) -> Family:
    """Create a household with children born a year apart, the eldest first."""
    person = make_person(email)
    household = open_household(person=person, address=address, actor=person.account)
    family = Family(account_of(person), person, household)
    for index, name in enumerate(names):
        details = ChildDetails(name, "Martin", date(2017 + index % 9, 5, 14))
        family.children.append(
            add_child(household=household, details=details, today=TODAY, actor=None)
        )
    return family


def browser(host: str = "rochebelle.localhost", *, accept: str = "") -> Client:
    """Return a browser on a town's host."""
    headers = {"host": host, "accept-language": accept or "en"}
    return Client(headers=headers, SERVER_NAME=host)
