"""The copy itself: a ZIP of JSON, one file for each subject, and the documents."""

import json
import zipfile
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePosixPath
from typing import IO, Any

from django.db import models
from django.db.models.fields.files import FieldFile
from django.template.loader import render_to_string

from families.models import Child, Person
from families.services.privacy.whose import Whose, rows_of, shares_a_child
from foundation.accounts.models import Account
from foundation.privacy.classes import DataClass, Owner, Table
from foundation.privacy.registry import class_of, tables
from foundation.records import Record

#: The shape of the files; it grows when a table or a field is described otherwise.
FORMAT = "preau-personal-data/1"
#: Written in place of what opens something.
SEALED = "kept, not shown"
_KINDS = {b"%PDF": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG": "png"}


def write_archive(target: IO[bytes], *, whose: Whose, now: datetime) -> None:
    """Write everything of some people: one query for each table."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        found = _areas(archive, whose)
        for area, content in found.items():
            written = {
                "format": FORMAT,
                "made_at": now,
                "area": area,
                "tables": content,
            }
            text = json.dumps(written, default=_plain, ensure_ascii=False, indent=1)
            archive.writestr(f"{area}.json", text)
        about = {"areas": sorted(found), "now": now}
        archive.writestr(
            "LISEZMOI.txt", render_to_string("families/copy/LISEZMOI.txt", about)
        )


def _areas(archive: zipfile.ZipFile, whose: Whose) -> dict[str, dict[str, Any]]:
    """Return the rows of each table by area; files go in the archive at once."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    shared = shares_a_child(whose)
    # What happened to records comes last, once the records are known.
    for table in sorted(tables(), key=lambda each: each.owner == Owner.RECORD):
        if not table.is_personal:
            continue
        rows = list(_with_references(table, rows_of(table, whose)))
        if not (shared and table.owner == Owner.CHILD):
            whose.records.update(
                row.public_id for row in rows if isinstance(row, Record | Account)
            )
        found[table.area][table.label] = [
            _row(archive, table, row, whose) for row in rows
        ]
    return found


def _with_references(
    table: Table, rows: models.QuerySet[models.Model]
) -> models.QuerySet[models.Model]:
    """Read with each row the records it names, in the same query."""
    named = [
        each.name
        for each in rows.model._meta.local_fields  # noqa: SLF001 - _meta is public in practice.
        if each.is_relation and class_of(table, each.name) != DataClass.TECHNICAL
    ]
    return rows.select_related(*named).order_by("pk") if named else rows.order_by("pk")


def _row(
    archive: zipfile.ZipFile, table: Table, row: models.Model, whose: Whose
) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if isinstance(row, Record):
        told["public_id"], told["created_at"] = row.public_id, row.created_at
    for described in row._meta.local_fields:  # noqa: SLF001 - _meta is public in practice.
        match class_of(table, described.name):
            case None | DataClass.TECHNICAL:
                continue
            case DataClass.SEALED:
                told[described.name] = SEALED
            case _:
                value = getattr(row, described.name)
                told[described.name] = _told(archive, table, row, value, whose)
    return told


def _told(
    archive: zipfile.ZipFile, table: Table, row: models.Model, value: Any, whose: Whose
) -> Any:
    if isinstance(value, FieldFile):
        return _document(archive, table, row, value) if value else None
    if table.owner == Owner.ADDRESS and isinstance(value, list):
        # Others a message was sent to are none of this person's business.
        return [each for each in value if each in whose.addresses]
    if isinstance(value, models.Model):
        return _reference(value, whose)
    return value


def _reference(value: models.Model, whose: Whose) -> Any:
    if isinstance(value, Account):
        return "you" if value.pk in whose.accounts else "somebody else"
    told = {"public_id": getattr(value, "public_id", None)}
    if isinstance(value, Person | Child):
        return {**told, "name": str(value)}
    return {**told, "name": str(getattr(value, "name", ""))}


def _document(
    archive: zipfile.ZipFile, table: Table, row: models.Model, file: FieldFile
) -> str:
    """Write a document in clear; return its name in the archive."""
    try:
        with file.open("rb") as source:
            content = source.read()
    except FileNotFoundError:
        return "missing"
    ending = next((end for head, end in _KINDS.items() if content.startswith(head)), "")
    given = PurePosixPath(str(getattr(row, "original_name", "")) or table.label).stem
    safe = "".join(sign if sign.isalnum() or sign in "-_ ." else "-" for sign in given)
    key = getattr(row, "public_id", row.pk)
    name = f"documents/{table.area}/{safe[:60]}-{key}.{ending or 'bin'}"
    archive.writestr(name, content)
    return name


def _plain(value: object) -> object:
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case bytes() | memoryview():
            return bytes(value).hex()
        case set() | frozenset() | tuple():
            return list(value)
    return str(value)
