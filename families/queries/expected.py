"""Reads of children to be born."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from families.domain.children import EARLIEST, LATEST
from families.models import Child, ChildMembership, Household
from tenants.domain.scope import Scope


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


def may_be_born_already(child: Child, *, scope: Scope) -> QuerySet[Child]:
    """Return the children of the same households who may be the one expected.

    A family that adds its child anew, once born, has it twice.
    """
    first, last = child.birth_date - EARLIEST, child.birth_date + LATEST
    places = ChildMembership.objects.current()
    homes = places.filter(child=child).values("household")
    return (
        Child.objects.in_scope(scope)
        .born()
        .filter(
            birth_date__range=(first, last),
            pk__in=places.filter(household__in=homes).values("child"),
        )
        .order_by("birth_date", "pk")
    )
