"""Records that may be one family, adult or child entered twice."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, QuerySet

from families.enums import Alike, SameBy
from families.models import Child, Guardian, Household, Person
from families.queries.alike_statements import STATEMENTS
from families.queries.search import file_parts
from foundation.journal.models import Entry
from tenants.domain.scope import Scope

Twin = Household | Person | Child


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that look the same, and by what."""

    first: Twin
    second: Twin
    same_by: tuple[SameBy, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Some pairs, the surest first; `is_more` when others follow."""

    shown: tuple[Pair, ...]
    is_more: bool


def find_pairs(kind: Alike, *, scope: Scope, start: int = 0, most: int) -> Pairs:
    """Return pairs in scope that nobody told apart: one statement, then their records.

    A pair counts once, with every reason for it. Both records are in scope.
    """
    rows = _rows(kind, scope, start=start, most=most + 1)
    keys = {key for first, second, _same_by in rows[:most] for key in (first, second)}
    known = {each.pk: each for each in alikes(kind, scope).filter(pk__in=keys)}
    return Pairs(
        tuple(
            Pair(known[first], known[second], tuple(map(SameBy, same_by)))
            for first, second, same_by in rows[:most]
        ),
        is_more=len(rows) > most,
    )


def find_alikes(
    kind: Alike, public_ids: Collection[UUID], *, scope: Scope
) -> dict[UUID, Any]:
    """Return the records of a kind in scope by their public ids."""
    found = alikes(kind, scope).filter(public_id__in=public_ids)
    return {each.public_id: each for each in found}


def find_made_one(
    kind: Alike, public_ids: Collection[UUID], *, scope: Scope
) -> Any | None:
    """Return what stays of two records that were made one, if it is in scope."""
    seen = alikes(kind, scope)
    told = Entry.objects.filter(
        kind=seen.model._meta.label_lower,  # noqa: SLF001 - _meta is public in practice.
        action=f"{kind} merged into another",
        record__in=public_ids,
        new__kept__in=[str(each) for each in public_ids],
    ).first()
    return seen.filter(public_id=told.new["kept"]).first() if told else None


def alikes(kind: Alike, scope: Scope) -> QuerySet[Any]:
    """Return the records of a kind in scope, with what a clerk compares.

    A file comes with `adults` and `shown_children`, an adult with `places`, a child
    with `files`: those in scope.
    """
    seen = Household.objects.in_scope(scope)
    if kind == Alike.HOUSEHOLD:
        return seen.select_related("commune").prefetch_related(*file_parts(scope))
    if kind == Alike.PERSON:
        places = Guardian.objects.filter(household__in=seen).select_related("household")
        return (
            Person.objects.filter(pk__in=places.values("person"))
            .select_related("account")
            .prefetch_related(
                Prefetch("guardianships", places.order_by("pk"), to_attr="places")
            )
        )
    files = Prefetch("households", seen.order_by("pk"), to_attr="files")
    children = Child.objects.in_scope(scope).select_related("school", "meal_type")
    return children.prefetch_related(files)


def _rows(
    kind: Alike, scope: Scope, *, start: int, most: int
) -> list[tuple[int, int, list[str]]]:
    seen: QuerySet[Any]
    if kind == Alike.CHILD:
        seen = Child.objects.in_scope(scope)
    else:
        seen = Household.objects.in_scope(scope)
    in_scope, asked = seen.order_by().values("pk").query.sql_with_params()
    statement = STATEMENTS[kind].replace("SEEN", in_scope)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*asked, kind.value, most, start])
        return list(cursor.fetchall())
