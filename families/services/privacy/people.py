"""Accounts of nobody's file: never confirmed, or not heard of for long."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models, transaction

from families.models import FileRequest, Guardian, Person
from families.services.privacy.erasing import erase, every_address
from families.services.privacy.whose import Whose
from foundation.accounts.models import Account

Rows = models.QuerySet[Any]


def unconfirmed(limit: datetime, _now: datetime) -> Rows:
    """Find accounts opened before a moment whose address was never confirmed."""
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    return _of_no_file().filter(date_joined__lt=limit).exclude(pk__in=confirmed)


def people_alone(limit: datetime, _now: datetime) -> Rows:
    """Find accounts in no file that nobody signed in to since a moment."""
    return _of_no_file().filter(date_joined__lt=limit).exclude(last_login__gte=limit)


def _of_no_file() -> Rows:
    """Return accounts of families in no file and waiting for none, not erased yet."""
    waiting = FileRequest.objects.filter(decided_at=None).values("account")
    return (
        Account.objects.filter(is_staff=False, is_superuser=False)
        .exclude(
            pk__in=Guardian.objects.values("person__account").exclude(
                person__account=None
            )
        )
        .exclude(pk__in=waiting)
        .exclude(email__endswith="@erased.invalid")
    )


@transaction.atomic
def erase_people(*, accounts: Rows, now: datetime) -> int:
    """Erase people who are in no file, and their accounts; return how many."""
    keys = list(accounts.values_list("pk", flat=True))
    people = Person.objects.filter(account__in=keys)
    whose = Whose(
        people=list(people.values_list("pk", flat=True)),
        accounts=keys,
        addresses=every_address(accounts=keys, people=people),
    )
    erase(whose, now=now)
    return len(keys)
