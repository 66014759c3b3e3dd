"""Whose each row is: what belongs to a household, by the keys between tables."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from families.models import Child, Household, Person
from foundation.accounts.models import Account
from tests.families.builders import Family

Row = models.Model
ROOTS: tuple[type[Row], ...] = (Household, Child, Person, Account)
# Who did something on a row does not own it; neither do those who wrote tables of ours.
DONE_BY = ("_by", "actor", "clerk")
# A part of the child's file, though it says which household gave it: both parents
# read it (docs/algorithms/households.md).
OF_THE_CHILD = ("families.Contact", "families.Authorisation", "families.Custody")
APPS: tuple[str, ...] = (
    "accounts",
    "journal",
    "post",
    "idempotency",
    "townhall",
    "families",
)
APPS += ("catalog", "enrolment", "billing")


def our_models() -> list[type[Row]]:
    """Return the models of a town that we wrote."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in APPS and model._meta.managed
    ]


def keys(model: type[Row]) -> list[models.ForeignKey[Any, Any]]:
    """Return the keys that may say whose a row is."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and not field.name.endswith(DONE_BY)
    ]


def paths(model: type[Row], depth: int = 3) -> list[tuple[type[Row], str]]:
    """Return the ways from a model to a household, child, person or account.

    The shortest first, then in the order of ROOTS.
    """
    roots = (Child, *ROOTS) if model._meta.label in OF_THE_CHILD else ROOTS
    found = [(root, path, path.count("__")) for root, path in _walk(model, depth)]
    ordered = sorted(found, key=lambda each: (roots.index(each[0]), each[2]))
    return [(root, path) for root, path, _depth in ordered]


def _walk(model: type[Row], depth: int) -> Iterator[tuple[type[Row], str]]:
    for key in keys(model):
        target = key.related_model
        if target in ROOTS:
            yield target, key.name
        elif depth > 1 and target is not model:
            for root, path in _walk(target, depth - 1):
                yield root, f"{key.name}__{path}"


def is_personal(model: type[Row]) -> bool:
    """Say whether rows of a model are somebody's."""
    return model in ROOTS or bool(paths(model))


def is_child_s(model: type[Row]) -> bool:
    """Say whether rows of a model are parts of a child's file, whoever wrote them."""
    return any(root is Child for root, _path in paths(model)[:1])


def rows_of(model: type[Row], family: Family, *, shared: bool = False) -> Any:
    """Return the rows of a model that are a family's, or of its children only."""
    roots: dict[type[Row], list[Row]] = {
        Household: [] if shared else [family.household],
        Child: list(family.children),
        Person: [] if shared else [family.person],
        Account: [] if shared else [family.account],
    }
    every = model._default_manager.all()
    if model in roots:
        return every.filter(pk__in=[each.pk for each in roots[model]])
    ways = paths(model)
    if not ways:
        return every.none()
    wanted, before = models.Q(pk__in=[]), models.Q()
    # The first key that says something decides.
    for root, path in ways:
        wanted |= before & models.Q(**{f"{path}__in": roots[root]})
        before &= models.Q(**{f"{path}__isnull": True})
    return every.filter(wanted)


def ids_of(family: Family, *, shared: bool = False) -> dict[str, list[UUID]]:
    """Return the public identifiers of what is a family's, by table."""
    found: dict[str, list[UUID]] = defaultdict(list)
    for model in our_models():
        if has_public_id(model):
            rows = rows_of(model, family, shared=shared).order_by("pk")
            found[model._meta.db_table] += rows.values_list("public_id", flat=True)
    return found


def has_public_id(model: type[Row]) -> bool:
    """Say whether rows of a model are named in addresses."""
    return any(field.name == "public_id" for field in model._meta.concrete_fields)


def ids_of_town() -> dict[str, list[UUID]]:
    """Return the public identifiers of what is nobody's, by table."""
    return {
        model._meta.db_table: list(
            model._default_manager.order_by("-pk").values_list("public_id", flat=True)[
                :40
            ]
        )
        for model in our_models()
        if has_public_id(model) and not is_personal(model)
    }
