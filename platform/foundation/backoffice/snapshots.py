"""What a record held before and after a save, for the journal."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.fields import ParentalKey

from foundation.encryption.fields import EncryptedTextField
from foundation.encryption.town import blind_index
from foundation.journal.services import MASKED

Values = dict[str, Any]
_SKIPPED = {"public_id", "created_at"}


def snapshot(instance: models.Model) -> Values:
    """Return the fields of a record and of the rows kept inside it.

    Files are their names and links the words of what they lead to.
    """
    values = _fields(instance)
    for relation in _rows_inside(type(instance)):
        manager = getattr(instance, relation.get_accessor_name() or "")
        rows = [_fields(row) for row in manager.all()]
        values[relation.name] = sorted(rows, key=lambda row: str(row.get("position")))
    return values


def changes(before: Values, after: Values) -> tuple[Values, Values]:
    """Return the old and the new values of what differs."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return (
        {key: before[key] for key in keys if key in before},
        {key: after[key] for key in keys if key in after},
    )


def _fields(instance: models.Model) -> Values:
    return {
        field.name: _plain(field, instance)
        for field in instance._meta.concrete_fields  # noqa: SLF001 - _meta is public in practice.
        if not (field.primary_key or isinstance(field, ParentalKey))
        and field.name not in _SKIPPED
    }


def _plain(field: Any, instance: models.Model) -> Any:
    value = getattr(instance, field.name)
    if isinstance(field, EncryptedTextField):
        return f"{MASKED} {_trace(value)}" if value else ""
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(field, models.FileField):
        return value.name or ""
    if value is None or isinstance(value, str | int | bool | list | dict):
        return value
    return DjangoJSONEncoder().default(value)


def _trace(value: str) -> str:
    """Return a few signs that change with a secret value, and say nothing of it."""
    return blind_index(value, "snapshot")[:3].hex()


def _rows_inside(model: type[models.Model]) -> list[Any]:
    return [
        relation
        for relation in model._meta.related_objects  # noqa: SLF001 - _meta is public in practice.
        if isinstance(relation.field, ParentalKey)
    ]
