"""What a clerk decides of two records that look the same: one, or two."""

from datetime import datetime
from typing import Any

from django.db import transaction

from families.enums import Alike
from families.models import Distinct
from families.services.merging import merge_children, merge_households, merge_people
from families.services.merging.errors import SameRecordError
from foundation.accounts.models import Account
from foundation.journal.services import record


@transaction.atomic
def make_one(kind: Alike, *, kept: Any, lost: Any, actor: Account, reason: str) -> None:
    """Merge two records of a kind. Raises the refusals of `merging`."""
    if kind == Alike.HOUSEHOLD:
        merge_households(kept=kept, lost=lost, actor=actor, reason=reason)
    elif kind == Alike.PERSON:
        merge_people(kept=kept, lost=lost, actor=actor, reason=reason)
    else:
        merge_children(kept=kept, lost=lost, actor=actor, reason=reason)


@transaction.atomic
def tell_apart(
    kind: Alike, *, one: Any, other: Any, actor: Account, reason: str, now: datetime
) -> Distinct:
    """Keep that two records are not the same; they are not proposed again.

    Saying it twice keeps the first decision. Raises SameRecordError for one record.
    """
    if one.public_id == other.public_id:
        raise SameRecordError
    low, high = sorted([one.public_id, other.public_id])
    told, is_new = Distinct.objects.get_or_create(
        kind=kind,
        first=low,
        second=high,
        defaults={"decided_by": actor, "decided_at": now},
    )
    if is_new:
        for about, beside in ((one, other), (other, one)):
            record(
                actor=actor,
                action="different records",
                target=about,
                new={"other": str(beside.public_id)},
                reason=reason,
            )
    return told
