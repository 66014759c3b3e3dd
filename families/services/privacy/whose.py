"""Find the rows of some people, in any table, from the registry alone."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db import models
from django.db.models import Q

from families.models import Child, ChildMembership, Guardian, Household, Person
from foundation.privacy.classes import Owner, Table
from foundation.privacy.registry import model_of


@dataclass(frozen=True, slots=True)
class Whose:
    """Keys of those whose rows are wanted; `records` are public identifiers."""

    households: Collection[int] = ()
    people: Collection[int] = ()
    children: Collection[int] = ()
    accounts: Collection[int] = ()
    addresses: Collection[str] = ()
    records: set[UUID] = field(default_factory=set)

    def keys(self, owner: Owner) -> Collection[object]:
        """Return the keys to look for in tables of an owner."""
        return {
            Owner.HOUSEHOLD: self.households,
            Owner.PERSON: self.people,
            Owner.CHILD: self.children,
            Owner.ACCOUNT: self.accounts,
            Owner.ADDRESS: self.addresses,
            Owner.RECORD: self.records,
        }[owner]


def whose_copy(person: Person) -> Whose:
    """Return whose data somebody is given: their own, their households', four queries.

    Of a child, only with the file open to the household. Nobody else's household.
    """
    households = list(
        Guardian.objects.filter(
            person=person, household__in=Household.objects.current()
        ).values_list("household", flat=True)
    )
    children = list(
        ChildMembership.objects.current()
        .filter(household__in=households, sees_file=True)
        .values_list("child", flat=True)
    )
    account = person.account
    addresses = {person.email.lower(), account.email if account else ""} - {""}
    return Whose(
        households=households,
        people=[person.pk],
        children=sorted(set(children)),
        accounts=[account.pk] if account else [],
        addresses=sorted(addresses),
    )


def shares_a_child(whose: Whose) -> bool:
    """Tell whether another household has one of the children too."""
    return (
        Child.objects.filter(pk__in=whose.children)
        .filter(
            pk__in=ChildMembership.objects.exclude(
                household__in=whose.households
            ).values("child")
        )
        .exists()
    )


def rows_of(table: Table, whose: Whose) -> models.QuerySet[models.Model]:
    """Return the rows of a personal table that belong to some people."""
    rows: models.QuerySet[models.Model] = model_of(table)._base_manager.all()  # noqa: SLF001 - every row, whatever the manager hides.
    if table.owner is None:
        return rows.none()
    keys = list(whose.keys(table.owner))
    if not keys:
        return rows.none()
    wanted = Q()
    for path in table.paths:
        wanted |= Q(**{_lookup(table, path): keys})
    return rows.filter(wanted)


def _lookup(table: Table, path: str) -> str:
    if table.owner == Owner.ADDRESS:
        described = model_of(table)._meta.get_field(path)  # noqa: SLF001 - _meta is public in practice.
        if isinstance(described, models.JSONField):
            return f"{path}__has_any_keys"
    return f"{path}__in"
