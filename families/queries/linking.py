"""Reads about accounts and the files they may be linked to."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import Q, QuerySet

from families.domain.children import is_same_name
from families.domain.linking import Minor
from families.models import (
    Child,
    ChildMembership,
    FileLink,
    FileRequest,
    FileRequestMember,
    Guardian,
    Household,
    Person,
)
from families.signals import next_opening_asked
from foundation.accounts.models import Account
from tenants.domain.scope import Scope


def guardians_known_by(numbers: Collection[str]) -> QuerySet[Guardian]:
    """Return the adults of the files that a number names, in one read.

    By the file's own number, an adult's code, or a child's: then the adults of each
    of the child's households.
    """
    return (
        Guardian.objects.filter(
            Q(household__file_number__in=numbers)
            | Q(person__person_code__in=numbers)
            | Q(household__children__person_code__in=numbers)
        )
        .select_related("person", "household")
        .order_by("household__created_at", "pk")
        .distinct()
    )


def numbers_today(numbers: Collection[str]) -> frozenset[str]:
    """Add to numbers those of the files and children that took over, in one read.

    A file or a child merged into another one leads to it by its old number for good.
    """
    files = Household.objects.filter(file_number__in=numbers, merged_into__isnull=False)
    children = Child.objects.filter(person_code__in=numbers, merged_into__isnull=False)
    taken_over = files.values_list("merged_into__file_number").union(
        children.values_list("merged_into__person_code")
    )
    return frozenset(numbers) | {number for (number,) in taken_over}


def minors_known_by(numbers: Collection[str]) -> Iterator[Minor]:
    """Yield the children of the files that a number names, in one read."""
    rows = ChildMembership.objects.filter(
        Q(household__file_number__in=numbers) | Q(child__person_code__in=numbers),
        child__is_expected=False,
    ).values_list(
        "child__birth_date",
        "child__person_code",
        "household_id",
        "household__file_number",
    )
    for row in rows:
        yield Minor(*row)


def adults_of(household_id: int) -> QuerySet[Guardian]:
    """Return the adults of a household; of none for an id that does not exist."""
    return (
        Guardian.objects.filter(household_id=household_id)
        .select_related("person", "household")
        .order_by("pk")
    )


def has_household(account: Account) -> bool:
    """Tell whether an account answers for a household already."""
    return Guardian.objects.filter(person__account=account).exists()


def next_opening(*, now: datetime) -> datetime | None:
    """Return when the next registration period opens, as the catalogue knows it."""
    answers = next_opening_asked.send(sender=Household, now=now)
    # The stubs believe that every receiver answers a text.
    openings = cast("list[datetime | None]", [answer for _receiver, answer in answers])
    return min((each for each in openings if each is not None), default=None)


@dataclass(frozen=True, slots=True)
class PersonNumber:
    """A person of a file and their own code."""

    name: str
    code: str


def numbers_of(household: Household, request: FileRequest) -> list[PersonNumber]:
    """Return the codes of the people that a request names, in its order.

    Somebody of the file who is not named in the request is not told.
    """
    known: list[Person | Child] = [
        *Person.objects.filter(guardianships__household=household),
        *Child.objects.of(household),
    ]
    return [
        PersonNumber(str(somebody), somebody.person_code)
        for member in request.members.order_by("position")
        for somebody in known
        if _is_named(member, somebody)
    ]


def files_like(request: FileRequest) -> list[Household]:
    """Return the files that may be the one asked for, for a clerk to compare.

    Somebody named in the request is in it, born the same day, of the same last name.
    Four reads.
    """
    members = list(request.members.all())
    days = {member.birth_date for member in members}
    guardians = Guardian.objects.filter(person__birth_date__in=days).values_list(
        "household_id", "person__birth_date", "person__last_name"
    )
    children = ChildMembership.objects.filter(
        child__birth_date__in=days, child__is_expected=False
    ).values_list("household_id", "child__birth_date", "child__last_name")
    found = {
        household
        for household, born, name in (*guardians, *children)
        for member in members
        if member.birth_date == born and is_same_name(member.last_name, name)
    }
    return list(
        Household.objects.current().filter(pk__in=found).order_by("file_number")
    )


def answered_requests() -> QuerySet[FileRequest]:
    """Return the requests that have an answer, latest first."""
    return (
        FileRequest.objects.exclude(decided_at=None)
        .select_related("account__person", "household", "decided_by")
        .order_by("-decided_at", "-pk")
    )


def links_of(scope: Scope) -> QuerySet[FileLink]:
    """Return the links to the files a clerk may see, latest first."""
    return (
        FileLink.objects.filter(household__in=Household.objects.in_scope(scope))
        .select_related("account", "person", "household", "ended_by")
        .order_by("-linked_at", "-pk")
    )


def _is_named(member: FileRequestMember, somebody: Person | Child) -> bool:
    return (
        member.birth_date == somebody.birth_date
        and is_same_name(member.first_name, somebody.first_name)
        and is_same_name(member.last_name, somebody.last_name)
    )
