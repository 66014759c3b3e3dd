"""Adults: the person behind an account."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from families.enums import Civility
from families.models import Guardian, Person
from foundation.accounts.models import Account
from foundation.journal.services import record


def register_person(
    *,
    account: Account,
    civility: Civility,
    first_name: str,
    last_name: str,
    now: datetime,
) -> Person:
    """Create the person who signs up, in the transaction that creates the account.

    `now` dates both the declaration of age and the statement on personal data. The
    journal names no actor: nobody has proven yet to be who they say.
    """
    person = Person.objects.create(
        account=account,
        civility=civility,
        first_name=first_name,
        last_name=last_name,
        email=account.email,
        notice_seen_at=now,
        of_age_declared_at=now,
    )
    record(actor=None, action="person signed up", target=person)
    return person


@transaction.atomic
def discard_unconfirmed(*, account: Account) -> bool:
    """Remove an account opened with a mistyped address; return whether it was.

    Kept as soon as its address was confirmed, it signed in, or a household knows it.
    """
    confirmed = EmailAddress.objects.filter(user=account, verified=True).exists()
    known = Guardian.objects.filter(person__account=account).exists()
    if confirmed or known or account.last_login or account.is_staff:
        return False
    Person.objects.filter(account=account).delete()
    account.delete()
    return True


def keep_address(*, account: Account, email: str) -> None:
    """Keep the address a person confirmed; accounts without a person have none."""
    person = Person.objects.filter(account=account).first()
    if person is None or person.email == email:
        return
    old, person.email = person.email, email
    person.save(update_fields=["email"])
    record(
        actor=account,
        action="e-mail address changed",
        target=person,
        old={"email": old},
        new={"email": email},
    )
