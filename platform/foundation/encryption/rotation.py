"""Seal again with the town's current key whatever an older key sealed."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import models, transaction

from foundation.encryption.fields import EncryptedTextField
from foundation.encryption.sealed import Sealed
from foundation.encryption.town import current_town_keys

BATCH_ROWS = 200


def reencrypt(queryset: models.QuerySet[Any], *, batch_rows: int = BATCH_ROWS) -> int:
    """Re-encrypt every value not sealed by the town's current key; count the rows.

    Works while people write: each batch is locked for the time of its own short
    transaction. Stopped halfway, it is safe to run again.
    """
    fields = _encrypted_fields(queryset.model)
    if not fields:
        return 0
    pks = list(queryset.order_by("pk").values_list("pk", flat=True))
    return sum(
        _reencrypt_batch(queryset, batch, fields) for batch in _batches(pks, batch_rows)
    )


def _reencrypt_batch(
    queryset: models.QuerySet[Any], pks: list[Any], fields: list[EncryptedTextField]
) -> int:
    changed = 0
    with transaction.atomic(using=queryset.db):
        rows = queryset.model._base_manager.using(queryset.db).filter(pk__in=pks)  # noqa: SLF001 - Django's documented API.
        for row in rows.select_for_update(of=("self",)).order_by("pk"):
            stale = [field for field in fields if _is_stale(field, row)]
            for field in stale:
                getattr(row, field.attname)
            if stale:
                row.save(update_fields=[field.name for field in stale])
                changed += 1
    return changed


def _is_stale(field: EncryptedTextField, row: models.Model) -> bool:
    value = row.__dict__.get(field.attname)
    current_id, _ = current_town_keys().ring.current
    return isinstance(value, Sealed) and value.key_id != current_id


def _encrypted_fields(model: type[models.Model]) -> list[EncryptedTextField]:
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's documented Meta API.
    return [field for field in fields if isinstance(field, EncryptedTextField)]


def _batches(pks: Iterable[Any], size: int) -> Iterator[list[Any]]:
    remaining = iter(pks)
    while batch := list(islice(remaining, size)):
        yield batch
