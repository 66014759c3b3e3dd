"""Accounts that the town opens: for a family on file, one by one or by thousands.

The person receives a user name, a temporary password and a link to activate the
account. The password stands in that message and nowhere else; it opens one page, to
choose another. Nobody at the town hall ever sees it.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress, EmailConfirmation
from django.db import transaction
from django.urls import reverse

from families.domain.user_names import (
    PASSWORD_GROUP,
    PASSWORD_GROUPS,
    PASSWORD_SIGNS,
    user_names_for,
)
from families.models import Person
from families.services.made_account_errors import (
    AccountInUseError,
    AddressTakenError,
    NoAddressError,
)
from families.services.made_account_letters import send_made_account
from foundation.accounts.models import Account
from foundation.journal.services import record
from tenants.townhall.queries import town_settings


@transaction.atomic
def open_account(*, person: Person, actor: Account | None, now: datetime) -> Account:
    """Open a person's account and write to them; again, it sends new credentials.

    Raises NoAddressError, AddressTakenError when another account signs in with the
    person's address, and AccountInUseError once the person chose a password.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    account = _account_of(person)
    is_new = account.pk is None
    password = _draw_password()
    account.set_password(password)
    days = town_settings().temporary_password_days
    account.temporary_until = now + timedelta(days=days)
    account.save()
    if is_new:
        person.account = account
        person.save(update_fields=["account"])
    record(
        actor=actor,
        action="account opened" if is_new else "credentials sent again",
        target=person,
        new={"user name": account.user_name, "until": account.temporary_until},
    )
    send_made_account(
        account=account, password=password, link=_activation(account, now=now)
    )
    return account


def openable(people: Iterable[Person]) -> list[Person]:
    """Return the people, account loaded, whose credentials can be sent."""
    return [
        person
        for person in people
        if person.email
        and (person.account is None or person.account.must_choose_password)
    ]


@transaction.atomic
def choose_credentials(*, account: Account, user_name: str, password: str) -> None:
    """Replace what was made for somebody by what they chose.

    The form has checked both; the user name's unique index answers for the rest.
    """
    old = account.user_name
    account.user_name = user_name or None
    account.set_password(password)
    account.save()
    record(
        actor=account,
        action="credentials chosen",
        target=account,
        old={"user name": old},
        new={"user name": account.user_name},
    )


def _account_of(person: Person) -> Account:
    """Return the account to send credentials for: a new one, or one never used."""
    if person.account is not None:
        if not person.account.must_choose_password:
            raise AccountInUseError
        return person.account
    if not person.email:
        raise NoAddressError
    email = Account.objects.normalise_address(person.email)
    if Account.objects.filter(email=email).exists():
        raise AddressTakenError
    return Account(
        email=email,
        first_name=person.first_name,
        last_name=person.last_name,
        user_name=_free_user_name(person),
    )


def _free_user_name(person: Person) -> str:
    names = user_names_for(person.first_name, person.last_name)
    first = next(names)
    # Two clerks at once may still meet: the unique index refuses the second.
    taken = set(
        Account.objects.filter(user_name__startswith=first).values_list(
            "user_name", flat=True
        )
    )
    if first not in taken:
        return first
    return next(name for name in names if name not in taken)


def _activation(account: Account, *, now: datetime) -> str:
    """Return the path of a one-time link, and end the former ones."""
    address, _created = EmailAddress.objects.get_or_create(
        user=account, email=account.email, defaults={"primary": True}
    )
    if address.verified:
        return ""
    EmailConfirmation.objects.filter(email_address=address).delete()
    confirmation = EmailConfirmation.create(address)
    confirmation.sent = now
    confirmation.save(update_fields=["sent"])
    return reverse("account_confirm_email", args=[confirmation.key])


def _draw_password() -> str:
    """Return about 59 bits: `kqrt-7m2x-pa9w`."""
    groups = (
        "".join(secrets.choice(PASSWORD_SIGNS) for _sign in range(PASSWORD_GROUP))
        for _group in range(PASSWORD_GROUPS)
    )
    return "-".join(groups)
