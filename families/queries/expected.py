"""Reads of children to be born."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from families.models import Child, ChildMembership, Household


def get_expected(household: Household, public_id: UUID) -> Child:
    """Return a child of the household, to be born or born since.

    Raises Http404 for any other child, exactly as for one that does not exist.
    """
    seen = ChildMembership.objects.current().filter(household=household, sees_file=True)
    return get_object_or_404(
        Child.objects.filter(pk__in=seen.values("child")), public_id=public_id
    )


def expected_of(household: Household) -> list[Child]:
    """Return the children that a household expects, the next one first."""
    return list(Child.objects.in_family(household).filter(is_expected=True))
