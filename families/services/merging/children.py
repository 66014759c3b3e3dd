"""A child who was entered twice."""

from django.db import transaction

from families.enums import Alike
from families.models import Child, ChildMembership
from families.services.merging.errors import BirthNotWrittenError, SameRecordError
from families.services.merging.moving import merge
from foundation.accounts.models import Account

_FILLED = ("school", "other_school", "school_class")


@transaction.atomic
def merge_children(*, kept: Child, lost: Child, actor: Account, reason: str) -> Child:
    """Make one child out of two; what the kept one lacks comes from the other.

    Raises SameRecordError, BirthNotWrittenError, and ConflictError when both hold what
    excludes each other: bookings at the same hours, accesses of the same days, two
    health sheets.
    """
    rows = Child.objects.select_for_update(of=("self",)).in_bulk([kept.pk, lost.pk])
    if len(rows) != 2 or any(each.merged_into_id for each in rows.values()):
        raise SameRecordError
    kept, lost = rows[kept.pk], rows[lost.pk]
    if kept.is_expected and not lost.is_expected:
        raise BirthNotWrittenError

    def settle() -> list[str]:
        lost.merged_into = kept
        lost.save(update_fields=["merged_into"])
        shared = ChildMembership.objects.filter(child=kept).values("household")
        ChildMembership.objects.filter(child=lost, household__in=shared).delete()
        _fill(kept, lost)
        return []

    merge(
        kind=Alike.CHILD,
        kept=kept,
        lost=lost,
        actor=actor,
        reason=reason,
        settle=settle,
    )
    return kept


def _fill(kept: Child, lost: Child) -> None:
    if kept.school_id or kept.other_school:
        names: tuple[str, ...] = ("school_class",)
    else:
        names = _FILLED
    for name in names:
        if not getattr(kept, name):
            setattr(kept, name, getattr(lost, name))
    kept.save()
