"""Families found by what a clerk types: only those of their part of the town."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Prefetch, prefetch_related_objects

from families.domain.search import query_of
from families.models import Child, Guardian, Household
from tenants.domain.scope import Scope

MOST = 50


@dataclass(frozen=True, slots=True)
class Found:
    """The first households found, by name; `is_more` when there are others."""

    households: list[Household]
    is_more: bool = False


def find_families(text: str, *, scope: Scope, most: int = MOST) -> Found:
    """Return the families that have every word of a text, in three queries.

    Each household comes with its adults and their accounts in `adults`, and with the
    children in scope and their schools in `shown_children`.
    """
    query = query_of(text)
    if not query:
        return Found([])
    matching = SearchQuery(query, search_type="raw", config="simple")
    found = list(
        Household.objects.in_scope(scope)
        .filter(search_entry__words=matching)
        .order_by("search_entry__sort_name", "pk")[: most + 1]
    )
    shown = found[:most]
    prefetch_related_objects(shown, *file_parts(scope))
    return Found(shown, is_more=len(found) > most)


def file_parts(scope: Scope) -> tuple[Prefetch[Any], Prefetch[Any]]:
    """Return what comes with a household: `adults`, `shown_children`."""
    return (
        Prefetch(
            "guardians",
            Guardian.objects.select_related("person__account").order_by("-role", "pk"),
            to_attr="adults",
        ),
        Prefetch(
            "children",
            Child.objects.in_scope(scope)
            .select_related("school")
            .order_by("birth_date", "pk"),
            to_attr="shown_children",
        ),
    )
