"""Move the rows of a lost record to the one that is kept, whatever they are.

Every relation that leads to the record is followed, so that a table added later moves
too. Rows of a table that nobody may change stay where they are: the lost record stays
as well, and says who took over.
"""

from collections.abc import Callable, Collection, Iterator

from django.db import IntegrityError, connection, models, transaction

from families.enums import Alike
from families.services.merging.errors import ConflictError
from families.signals import merging
from foundation.accounts.models import Account
from foundation.backoffice.snapshots import Values, snapshot
from foundation.journal.services import record
from foundation.records import Record

# The database keeps the words of a household itself.
_KEPT_BY_TRIGGERS = frozenset({"families.searchentry"})
_TRIGGERS_OF_BOOKS = """
    SELECT tgrelid::regclass::text
      FROM pg_trigger
     WHERE tgname = 'append_only' AND NOT tgisinternal
"""


def relations_to(model: type[models.Model]) -> Iterator[models.ForeignKey]:  # type: ignore[type-arg] # Of any model.
    """Yield every foreign key that leads to a model, links of many to many included."""
    for relation in model._meta.get_fields(include_hidden=True):  # noqa: SLF001 - _meta is public in practice.
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            yield relation.field  # type: ignore[union-attr,misc] # A foreign key.


def label_of(field: models.ForeignKey) -> str:  # type: ignore[type-arg] # Of any model.
    """Return the label of the model a foreign key belongs to."""
    return field.model._meta.label_lower  # noqa: SLF001 - _meta is public in practice.


def image_of(lost: Record) -> Values:
    """Return the whole of a record before it is merged: its fields, and its rows.

    Rows are counted and named by their ids; their own contents do not change.
    """
    rows = {
        f"{label_of(field)}.{field.name}": sorted(
            str(key) for key in _rows(field, lost).values_list("pk", flat=True)
        )
        for field in relations_to(type(lost))
        if label_of(field) not in _KEPT_BY_TRIGGERS
    }
    return {
        **snapshot(lost),
        "rows": {name: keys for name, keys in rows.items() if keys},
    }


def rows_to_move(lost: Record) -> list[tuple[str, int]]:
    """Return what would leave a record, in words, and how many rows of each.

    One query for each relation: for the page that asks a clerk to confirm.
    """
    books = _tables_of_books()
    counts: dict[str, int] = {}
    for field in relations_to(type(lost)):
        meta = field.model._meta  # noqa: SLF001 - _meta is public in practice.
        if label_of(field) not in _KEPT_BY_TRIGGERS and meta.db_table not in books:
            name = str(meta.verbose_name_plural)
            counts[name] = counts.get(name, 0) + _rows(field, lost).count()
    return sorted((name, count) for name, count in counts.items() if count)


def move_rows(
    *, kept: Record, lost: Record, seen_to: Collection[str]
) -> dict[str, int]:
    """Point every row of `lost` to `kept`; return how many moved, by label.

    Raises ConflictError, naming the records, when rows of both exclude each other.
    """
    skipped = {*seen_to, *_KEPT_BY_TRIGGERS}
    books = _tables_of_books()
    moved: dict[str, int] = {}
    for field in relations_to(type(lost)):
        table = field.model._meta.db_table  # noqa: SLF001 - _meta is public in practice.
        if label_of(field) in skipped or table in books:
            continue
        try:
            with transaction.atomic():
                count = _rows(field, lost).update(**{field.name: kept})
        except IntegrityError as error:
            raise ConflictError(field.model._meta.verbose_name_plural) from error  # noqa: SLF001 - _meta is public in practice.
        if count:
            moved[label_of(field)] = moved.get(label_of(field), 0) + count
    return moved


def merge(
    *,
    kind: Alike,
    kept: Record,
    lost: Record,
    actor: Account,
    reason: str,
    settle: Callable[[], Collection[str]],
) -> None:
    """Move everything, tell other applications, keep the trace.

    `settle` does what the kind of record asks for, and returns the labels of the
    models it saw to.
    """
    before = image_of(lost)
    seen_to = set(settle())
    answers = merging.send(
        sender=type(lost), kind=kind, kept=kept, lost=lost, actor=actor
    )
    for _receiver, labels in answers:
        seen_to |= set(labels or ())
    moved = move_rows(kept=kept, lost=lost, seen_to=seen_to)
    record(
        actor=actor,
        action=f"{kind} merged",
        target=kept,
        old={"lost": str(lost.public_id), "label": str(lost), **before},
        new={"moved": moved},
        reason=reason,
    )
    record(
        actor=actor,
        action=f"{kind} merged into another",
        target=lost,
        new={"kept": str(kept.public_id)},
        reason=reason,
    )


def _rows(field: models.ForeignKey, record_: Record) -> models.QuerySet[models.Model]:  # type: ignore[type-arg] # Of any model.
    rows: models.QuerySet[models.Model] = field.model._base_manager.filter(  # noqa: SLF001 - every row, whatever the manager hides.
        **{field.name: record_}
    )
    return rows


def _tables_of_books() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS_OF_BOOKS)
        return {name.rpartition(".")[2].strip('"') for (name,) in cursor.fetchall()}
