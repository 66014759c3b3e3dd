"""All the tables, as each application registers them when Django starts."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models

from foundation.privacy.classes import PLUMBING, DataClass, Table

#: Applications whose every table has to be described.
DESCRIBED = frozenset(
    {
        "accounts",
        "journal",
        "post",
        "idempotency",
        "cache",
        "sessions",
        "account",
        "mfa",
        "usersessions",
        "socialaccount",
        "townhall",
        "families",
        "catalog",
        "enrolment",
        "billing",
        "cms",
    }
)
_TABLES: dict[str, Table] = {}


def register(tables: Iterable[Table]) -> None:
    """Add the tables of an application, those others refer to first."""
    for table in tables:
        _TABLES[table.label] = table


def tables() -> tuple[Table, ...]:
    """Return every table, in the order they were registered."""
    return tuple(_TABLES.values())


def model_of(table: Table) -> type[models.Model]:
    """Return the model of a table."""
    return apps.get_model(table.label)


def class_of(table: Table, field: str) -> DataClass | None:
    """Return the class of a field; keys and plumbing need no words."""
    if field in table.classes:
        return table.classes[field]
    return DataClass.TECHNICAL if field in PLUMBING else None


def problems() -> list[str]:
    """Return what the registry lacks or names in vain, one sentence each."""
    found: list[str] = []
    for model in _described_models():
        label = model._meta.label_lower  # noqa: SLF001 - _meta is public in practice.
        table = _TABLES.get(label)
        if table is None:
            found.append(f"{label} is not in the registry")
            continue
        names = {each.name for each in model._meta.local_fields}  # noqa: SLF001 - As above.
        found += [
            f"{label}.{name} has no class"
            for name in sorted(names)
            if class_of(table, name) is None
        ]
        found += [
            f"{label}.{name} is gone" for name in sorted(set(table.classes) - names)
        ]
        if table.is_personal and table.owner is None:
            found.append(f"{label} leads to nobody")
    known = {each._meta.label_lower for each in _described_models()}  # noqa: SLF001 - As above.
    return found + [f"{label} is gone" for label in sorted(set(_TABLES) - known)]


def _described_models() -> list[type[models.Model]]:
    return [
        each
        for each in apps.get_models()
        if each._meta.app_label in DESCRIBED  # noqa: SLF001 - As above.
    ]
