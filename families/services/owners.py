"""Whose record it is: an edit never touches another family's."""

from typing import TypeAlias

from families.models import Child, ChildMembership, Guardian, Household, Person

Target: TypeAlias = Household | Person | Child


def find_fresh(target: Target) -> Target | None:
    """Return the record as it is in the database now, or None when it is gone."""
    return type(target)._default_manager.filter(pk=target.pk).first()  # noqa: SLF001 - public in practice.


def belongs_to(target: Target, household: Household) -> bool:
    """Tell whether the record is the household, one of its adults or its children."""
    match target:
        case Household():
            return target.pk == household.pk
        case Person():
            theirs = Guardian.objects.filter(household=household, person=target)
            return theirs.exists()
        case Child():
            # Separated guardians: a household that no longer sees the file leaves it.
            seen = ChildMembership.objects.current().filter(
                child=target, household=household, sees_file=True
            )
            return seen.exists()
