"""One row at least of every model, and a mark in every text that somebody has.

What the builders of planted.py do not make is made here from the fields themselves,
so that a new model or a new field cannot be forgotten.
"""

import json
import os
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.core.files.base import ContentFile
from django.db import DatabaseError, models, transaction

from families.models import Child, DocumentSeal, Household, Person
from foundation.accounts.models import Account
from foundation.encryption.fields import EncryptedTextField
from tests.families.builders import NOW, TODAY, Family
from tests.hostile.owned import (
    DONE_BY,
    Row,
    has_public_id,
    is_child_s,
    is_personal,
    our_models,
    rows_of,
)

TEXTS = (models.CharField, models.TextField, EncryptedTextField)
# Begins what is sealed at rest: it is in no table, in no file, in no log.
SECRET = "sealed-word"
# What a row needs to be true to itself, where its fields alone do not say it.
NEEDED: dict[str, dict[str, Any]] = {
    "families.CounterVisit": {"ended_by": "finished", "ended_at": NOW},
    "families.LetterRun": {"state": "ready"},
    "families.ProposedValue": {"part": "child.identity", "field": "first_name"},
    "families.Contact": {"is_emergency": True},
    "families.Custody": {"other_household": None, "proposed_by": None},
    "billing.AidKind": {"amount_minor": 100},
    "catalog.SeasonCopy": {"made": {"sessions": [], "windows": [], "openings": {}}},
    "enrolment.LatePickup": {"pickup_time": time(18, 50), "currency": "EUR"},
    "enrolment.TariffReplay": {"until_on": TODAY + timedelta(days=30)},
}


def fill(mark: str, family: Family, *, shared: bool = False) -> None:
    """Make what a family lacks, then sign every empty text of its rows."""
    for model in our_models():
        if is_personal(model):
            wanted = is_planted(model) and (is_child_s(model) or not shared)
            if wanted and not rows_of(model, family, shared=shared):
                _make(model, mark, family, shared=shared)
            for row in rows_of(model, family, shared=shared):
                _sign(row, mark)


def is_planted(model: type[Row]) -> bool:
    """Say whether a family gets a row of a model: it has a page, or is a name."""
    names = {field.name for field in model._meta.concrete_fields}
    return has_public_id(model) or "last_name" in names


def fill_town(mark: str) -> None:
    """Make a row of each model that is nobody's."""
    for model in our_models():
        of_town = has_public_id(model) and not is_personal(model)
        if of_town and not model._default_manager.exists():
            _make(model, mark, None)


def _make(
    model: type[Row], mark: str, family: Family | None, *, shared: bool = False
) -> None:
    label = model._meta.label
    values = {
        field.name: _value(field, mark, family, shared=shared)
        for field in model._meta.concrete_fields
        if _is_needed(field)
    }
    row = model(**{**values, **NEEDED.get(label, {})})
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except (DatabaseError, ValueError, TypeError) as error:
        raise LookupError(f"Plant a row of {label} by hand: {error}") from error


def _is_needed(field: models.Field[Any, Any]) -> bool:
    if field.primary_key or field.has_default() or getattr(field, "generated", False):
        return False
    if isinstance(field, models.ForeignKey):
        owners = (Household, Child)
        return not field.null or field.related_model in owners
    return not field.null


def _value(field: Any, mark: str, family: Family | None, *, shared: bool) -> Any:
    if isinstance(field, models.ForeignKey):
        return _target(field, family, shared=shared)
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.FileField):
        return ContentFile(mark.encode(), f"{mark}.txt")
    for kind, value in (
        (models.SlugField, f"{mark.lower()}-{field.name}"[: field.max_length]),
        (models.EmailField, f"{mark.lower()}@example.com"),
        (models.URLField, f"https://{mark.lower()}.example/"),
        (EncryptedTextField, _sealed(field, mark)),
        (TEXTS, mark[: field.max_length]),
        (models.DateTimeField, _moment(field.name)),
        (models.DateField, TODAY),
        (models.BooleanField, False),
        (models.BinaryField, os.urandom(32)),
        (models.UUIDField, uuid4()),
        (models.GenericIPAddressField, "192.0.2.7"),
        (models.JSONField, {}),
        (ArrayField, []),
        ((models.IntegerField, models.DecimalField), 1),
    ):
        if isinstance(field, kind):
            return value
    raise TypeError(f"no value for {field}")


def _sealed(field: Any, mark: str) -> str:
    """Return a text to seal; proposed values and signed codes are kept as JSON."""
    text = f"{SECRET}-{mark}"
    if field.name == "content" and field.model is DocumentSeal:
        return json.dumps({"names": [text], "street": text})
    return f'"{text}"' if field.name in {"old", "new"} else text


def _moment(name: str) -> datetime:
    """Return when something happened, or a long time ahead for when it is over."""
    return NOW + timedelta(days=2_000) if "until" in name else NOW


def _target(field: Any, family: Family | None, *, shared: bool) -> Any:
    target = field.related_model
    if field.name.endswith(DONE_BY):
        return Account.objects.filter(is_superuser=True).earliest("pk")
    if family is not None:
        own = {
            Household: family.household,
            Child: family.children[0],
            Person: family.person,
            Account: family.account,
        }
        if target in own:
            return own[target]
        if is_personal(target):
            return rows_of(target, family, shared=shared).first()
    if not target._default_manager.exists():
        _make(target, "Municipalis", None)
    return target._default_manager.first()


def _sign(row: Row, mark: str) -> None:
    """Write the mark in the texts of a row that are empty and may be anything."""
    for field in row._meta.concrete_fields:
        if not isinstance(field, TEXTS) or field.choices:
            continue
        if isinstance(field, (models.FileField, models.SlugField)) or field.unique:
            continue
        if str(getattr(row, field.attname) or "") == "":
            _write(row, field, mark)


def _write(row: Row, field: Any, mark: str) -> None:
    value = mark[: field.max_length]
    if isinstance(field, models.EmailField):
        value = f"{mark.lower()}@example.com"
    if isinstance(field, EncryptedTextField):
        value = _sealed(field, mark)
    before = getattr(row, field.attname)
    setattr(row, field.attname, value)
    try:
        with transaction.atomic():
            row.save(update_fields=[field.name])
    except DatabaseError:
        # A rule of the table keeps it empty, or the row never changes.
        setattr(row, field.attname, before)
