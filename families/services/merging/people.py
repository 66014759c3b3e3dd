"""An adult who was entered twice."""

from django.db import transaction

from families.enums import Alike, GuardianRole
from families.models import Guardian, Person
from families.services.merging.errors import SameRecordError, TwoAccountsError
from families.services.merging.moving import merge
from foundation.accounts.models import Account

_FILLED = ("civility", "birth_date", "email", "phone")


@transaction.atomic
def merge_people(*, kept: Person, lost: Person, actor: Account, reason: str) -> Person:
    """Make one adult out of two; what the kept one lacks comes from the other.

    The account moves when only the lost one has one. Raises SameRecordError,
    TwoAccountsError and ConflictError.
    """
    rows = Person.objects.select_for_update(of=("self",)).in_bulk([kept.pk, lost.pk])
    if len(rows) != 2:
        raise SameRecordError
    kept, lost = rows[kept.pk], rows[lost.pk]
    if kept.account_id and lost.account_id:
        raise TwoAccountsError

    def settle() -> list[str]:
        _join_places(kept, lost)
        _fill(kept, lost)
        return []

    merge(
        kind=Alike.PERSON,
        kept=kept,
        lost=lost,
        actor=actor,
        reason=reason,
        settle=settle,
    )
    lost.delete()
    return kept


def _join_places(kept: Person, lost: Person) -> None:
    """Leave one place in a household of both, the responsible's if there is one."""
    theirs = Guardian.objects.filter(person=kept).values("household")
    doubled = Guardian.objects.filter(person=lost, household__in=theirs)
    led = list(
        doubled.filter(role=GuardianRole.RESPONSIBLE).values_list(
            "household", flat=True
        )
    )
    doubled.delete()
    Guardian.objects.filter(person=kept, household__in=led).update(
        role=GuardianRole.RESPONSIBLE
    )


def _fill(kept: Person, lost: Person) -> None:
    for name in _FILLED:
        if not getattr(kept, name):
            setattr(kept, name, getattr(lost, name))
    account = lost.account
    if account is not None:
        lost.account = None
        lost.save(update_fields=["account"])
        kept.account = account
    kept.save()
