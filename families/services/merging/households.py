"""Two files of one family become one; the number of the other still leads to it."""

from django.db import transaction
from django.db.models import Min

from families.enums import Alike, GuardianRole
from families.models import ChildMembership, Following, Guardian, Household
from families.services.merging.errors import SameRecordError
from families.services.merging.moving import merge
from foundation.accounts.models import Account


@transaction.atomic
def merge_households(
    *, kept: Household, lost: Household, actor: Account, reason: str
) -> Household:
    """Move everything of a file to another one; invoices keep their words.

    The kept file keeps its responsible and its address. Raises SameRecordError, and
    ConflictError when both hold what excludes each other (quotients of one day, open
    requests for one child, mandates of one régie).
    """
    rows = Household.objects.select_for_update(of=("self",)).in_bulk([kept.pk, lost.pk])
    if len(rows) != 2 or any(each.merged_into_id for each in rows.values()):
        raise SameRecordError
    kept, lost = rows[kept.pk], rows[lost.pk]

    def settle() -> list[str]:
        lost.merged_into = kept
        lost.save(update_fields=["merged_into"])
        _join_adults(kept, lost)
        _join_children(kept, lost)
        _join_departments(kept, lost)
        return []

    merge(
        kind=Alike.HOUSEHOLD,
        kept=kept,
        lost=lost,
        actor=actor,
        reason=reason,
        settle=settle,
    )
    return kept


def _join_adults(kept: Household, lost: Household) -> None:
    """Leave one place to an adult of both; the kept file keeps its responsible."""
    places = Guardian.objects.filter(household=lost)
    places.filter(
        person__in=Guardian.objects.filter(household=kept).values("person")
    ).delete()
    led = Guardian.objects.filter(household=kept, role=GuardianRole.RESPONSIBLE)
    if led.exists():
        places.update(role=GuardianRole.CO_RESPONSIBLE)


def _join_children(kept: Household, lost: Household) -> None:
    """Leave one place to a child of both."""
    shared = ChildMembership.objects.filter(household=kept).values("child")
    ChildMembership.objects.filter(household=lost, child__in=shared).delete()


def _join_departments(kept: Household, lost: Household) -> None:
    """Let departments know the family since the first of both days."""
    both = Following.objects.filter(household__in=[kept, lost])
    since = list(both.values("department").annotate(first=Min("since_on")))
    both.delete()
    Following.objects.bulk_create(
        Following(
            household=kept, department_id=each["department"], since_on=each["first"]
        )
        for each in since
    )
