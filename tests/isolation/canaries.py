"""A word of its own in every personal field of a family, read from the registry.

Nothing is listed by hand: a table without a row is made from its fields, a field that
may hold words is given one, and what takes none by any way is an error.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, models, transaction

from billing.models import RegieTax
from families.services.privacy.whose import Whose, rows_of, whose_copy
from foundation.encryption.fields import EncryptedTextField
from foundation.privacy.classes import DataClass, Owner, Table
from foundation.privacy.registry import class_of, model_of, tables
from foundation.storage import PrivateStorage
from foundation.town import current_schema
from tests.hostile.filling import _make
from tests.hostile.planted import Planted

#: Shorter texts are codes: a country, a currency.
SHORTEST = 7
TEXTS = (models.CharField, models.TextField, EncryptedTextField, models.JSONField)
#: A field whose words the database itself writes, from other fields.
WRITTEN_BY_THE_DATABASE = {"families.searchentry"}
#: Said in our own words, never in those of a family: what a reading showed, what a
#: change is about, what was done.
OUR_WORDS = {
    ("journal.entry", "action"),
    ("journal.reading", "what"),
    ("families.proposedvalue", "part"),
    ("families.proposedvalue", "field"),
}
WORDS = (
    "SELECT table_name, column_name FROM information_schema.columns"
    " JOIN information_schema.tables USING (table_schema, table_name)"
    " WHERE table_schema = %s AND table_type = 'BASE TABLE' AND data_type IN"
    " ('text', 'character varying', 'jsonb', 'json', 'bytea', 'ARRAY')"
)


@dataclass
class Cage:
    """The canaries of one family: the field each sits in, by its word."""

    prefix: str
    whose: Whose
    words: dict[str, str] = field(default_factory=dict)

    def word(self, place: str) -> str:
        """Return a new word for a field."""
        word = f"{self.prefix}{len(self.words):03d}z"
        self.words[word] = place
        return word

    def seen_in(self, text: str) -> set[str]:
        """Return the fields whose words are in a text."""
        found = re.findall(rf"{self.prefix}\d{{3}}z", text, re.IGNORECASE)
        return {self.words[each.lower()] for each in found}


def put_canaries(planted: Planted, prefix: str) -> Cage:
    """Put a canary in every personal field of a family that may hold words.

    Raises LookupError for a table that no row can be made of, or a field that no word
    can be written in.
    """
    whose = whose_copy(planted.family.person)
    whose.records.add(planted.family.household.public_id)
    cage = Cage(prefix, whose)
    missing = []
    # Addresses last: what was sent to somebody is found by the address they have now.
    for table in sorted(tables(), key=lambda each: each.owner == Owner.ADDRESS):
        if table.label in WRITTEN_BY_THE_DATABASE or not fields_for_words(table):
            continue
        try:
            _put(table, planted, cage)
        except (LookupError, TypeError) as error:
            missing.append(str(error))
    if missing:
        raise LookupError("\n".join(missing))
    return cage


def fields_for_words(table: Table) -> list[Any]:
    """Return the personal fields of a table that may hold words of their own."""
    if not table.is_personal:
        return []
    found = []
    for each in model_of(table)._meta.local_fields:
        data_class = class_of(table, each.name)
        if data_class is None or not data_class.is_personal or each.choices:
            continue
        if (table.label, each.name) in OUR_WORDS:
            continue
        if table.owner == Owner.ADDRESS and each.name in table.paths:
            continue
        length = getattr(each, "max_length", None) or 1_000
        texts = isinstance(each, TEXTS) and length >= SHORTEST
        if texts or isinstance(each, models.FileField):
            found.append(each)
    return found


def _put(table: Table, planted: Planted, cage: Cage) -> None:
    if table.owner == Owner.ADDRESS:
        _send_to_their_address(table, planted, cage)
    rows = rows_of(table, cage.whose).order_by("pk")
    if not rows.exists():
        _make(model_of(table), planted.mark, planted.family)
    row = rows.first()
    if row is None:
        raise LookupError(f"Plant a row of {table.label} by hand")
    frozen = [each for each in fields_for_words(table) if not _write(row, each, cage)]
    if frozen:
        _copy_with(row, frozen, cage)


def _send_to_their_address(table: Table, planted: Planted, cage: Cage) -> None:
    """Let a row be sent to the address that a family has now, itself a canary."""
    planted.family.account.refresh_from_db()
    address = planted.family.account.email
    known = {*cage.whose.addresses, address}
    cage.whose = replace(cage.whose, addresses=sorted(known))
    row = rows_of(table, cage.whose).first()
    if row is None:
        _make(model_of(table), planted.mark, planted.family)
        row = model_of(table)._base_manager.latest("pk")
    for path in table.paths:
        is_list = isinstance(row._meta.get_field(path), models.JSONField)
        setattr(row, path, [address] if is_list else address)
    row.save()


def _write(row: models.Model, described: Any, cage: Cage) -> bool:
    """Write a canary in a row; say whether the database let it."""
    word = f"{cage.prefix}{len(cage.words):03d}z"
    before = getattr(row, described.attname)
    setattr(row, described.name, _value(described, word, before))
    try:
        with transaction.atomic():
            row.save(update_fields=[described.name])
    except DatabaseError:
        row.refresh_from_db()
        return False
    cage.word(_place(row, described))
    return True


def _copy_with(row: models.Model, described: list[Any], cage: Cage) -> None:
    """Insert a row like one that never changes, with canaries from the beginning."""
    twin: Any = type(row)._base_manager.get(pk=row.pk)
    twin.pk = None
    for each in twin._meta.local_fields:
        _set_apart(twin, each)
    for each in described:
        word = cage.word(_place(row, each))
        setattr(twin, each.name, _value(each, word, getattr(row, each.attname)))
    try:
        with transaction.atomic():
            twin.save(force_insert=True)
            if twin._meta.label == "billing.LedgerEntry":
                # The ledger adds up to nothing.
                twin.pk, twin.amount_minor = None, -twin.amount_minor
                twin.save(force_insert=True)
    except DatabaseError as error:
        names = [each.name for each in described]
        raise LookupError(f"No canary in {row._meta.label} {names}: {error}") from error


def _set_apart(twin: Any, described: Any) -> None:
    """Change what only one row may have."""
    name, value = described.name, getattr(twin, described.attname)
    if name == "public_id":
        twin.public_id = uuid4()
    elif described.null and (
        name == "run" or isinstance(described, models.OneToOneField)
    ):
        setattr(twin, described.attname, None)
    elif name == "tax":
        twin.tax = _another_tax(value, twin.tax)
    elif name in {"number", "receipt_number"} and value is not None:
        setattr(twin, name, value + 1_000)


def _another_tax(key: int, tax: Any) -> Any:
    """Return a tax like another one, from another day."""
    tax.pk, tax.public_id = None, uuid4()
    tax.from_on += timedelta(days=1_000 + RegieTax.objects.count() + key)
    tax.save(force_insert=True)
    return tax


def _value(described: Any, word: str, before: Any) -> Any:
    """Return a word in the shape a field takes."""
    if isinstance(described, models.FileField):
        return described.storage.save("canary", ContentFile(word.encode()))
    if isinstance(described, models.JSONField):
        return [*before, word] if isinstance(before, list) else {"said": word}
    if isinstance(described, EncryptedTextField) and described.name in {"old", "new"}:
        return f'"{word}"'
    shapes = {models.EmailField: "{}@example.com", models.URLField: "https://{}.fr/"}
    return shapes.get(type(described), "{}").format(word)


def _place(row: models.Model, described: Any) -> str:
    return f"{row._meta.label_lower}.{described.name}"


def in_the_database(cage: Cage) -> dict[str, set[str]]:
    """Return the columns of the town that hold canaries, and which of them.

    Every text, JSON, array and byte column; what is sealed is opened first.
    """
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(WORDS, [current_schema()])
        for table, column in cursor.fetchall():
            cursor.execute(
                f'SELECT t."{column}"::text FROM "{table}" AS t'
                f' WHERE t."{column}"::text ~* %s'
                f' OR t."{column}"::text ~* %s',
                [cage.prefix, cage.prefix.encode().hex()],
            )
            for (text,) in cursor.fetchall():
                found.setdefault(f"{table}.{column}", set()).update(
                    cage.seen_in(text) or {"as bytes"}
                )
    for table in tables():
        for name, text in _opened(table):
            if cage.seen_in(text):
                found.setdefault(name, set()).update(cage.seen_in(text))
    return found


def _opened(table: Table) -> list[tuple[str, str]]:
    model = model_of(table)
    sealed = [e for e in model._meta.local_fields if isinstance(e, EncryptedTextField)]
    rows = model._base_manager.all() if sealed else []
    return [
        (f"{model._meta.db_table}.{each.column}", str(getattr(row, each.name) or ""))
        for row in rows
        for each in sealed
    ]


def in_files(cage: Cage) -> set[str]:
    """Return the fields whose canaries are in a private file of the town."""
    storage = PrivateStorage()
    found: set[str] = set()
    for name in storage.names():
        with storage.open(name) as kept:
            found |= cage.seen_in(kept.read().decode("latin-1"))
    return found


def sealed_places() -> set[str]:
    """Return the fields that open something: kept, never shown."""
    return {
        f"{table.label}.{name}"
        for table in tables()
        for name, each in table.classes.items()
        if each == DataClass.SEALED
    }
