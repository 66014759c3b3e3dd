"""Reads of shared children: with whom, and what both households may know."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from families.enums import GuardianRole, ProofStatus, Proves
from families.models import Child, ChildMembership, Guardian, Household, Proof


@dataclass(frozen=True, slots=True)
class SharedWith:
    """Another household of a child: the name of its responsible, nothing more."""

    household_id: int
    name: str


def shared_with(
    household: Household, child_ids: Collection[int]
) -> dict[int, list[SharedWith]]:
    """Return the other households of each child, in two queries."""
    pairs = list(
        ChildMembership.objects.current()
        .filter(child_id__in=child_ids)
        .exclude(household=household)
        .values_list("child_id", "household_id")
        .order_by("household_id")
    )
    names = names_of({household_id for _child, household_id in pairs})
    found: dict[int, list[SharedWith]] = defaultdict(list)
    for child_id, household_id in pairs:
        known = SharedWith(household_id, names.get(household_id, ""))
        found[child_id].append(known)
    return found


def children_to_share(household: Household) -> list[Child]:
    """Return the children whose file is theirs alone to share, in one query."""
    elsewhere = (
        ChildMembership.objects.current()
        .filter(child=OuterRef("pk"))
        .exclude(household=household)
    )
    children = Child.objects.of(household).exclude(Exists(elsewhere))
    return [child for child in children if child.sees_file]


def names_of(household_ids: Collection[int]) -> dict[int, str]:
    """Return the name of each household's responsible, in one query."""
    rows = Guardian.objects.filter(
        household_id__in=household_ids, role=GuardianRole.RESPONSIBLE
    ).values_list("household_id", "person__first_name", "person__last_name")
    return {key: f"{first} {last}".strip() for key, first, last in rows}


def care_plans_on(
    child_ids: Collection[int], *, day: date
) -> dict[int, tuple[date | None, int]]:
    """Return until when each child has a care plan, and who handed it in: one query.

    Both households of a child know this; the document stays with the one that gave
    it. The end is not included, and None without limit.
    """
    rows = Proof.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=day),
        child_id__in=child_ids,
        proof_type__proves=Proves.CARE_PLAN,
        status=ProofStatus.ACCEPTED,
        valid_from__lte=day,
    ).order_by("valid_from")
    found: dict[int, tuple[date | None, int]] = {}
    for each in rows:
        if each.child_id is not None:
            found[each.child_id] = each.valid_until, each.household_id
    return found
