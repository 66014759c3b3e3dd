"""The shape of an editable part of the file, and what changing it needs to know."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.core.serializers.json import DjangoJSONEncoder

from families.domain.editable import Editable, Plain, PlainValues
from families.models import Household
from foundation.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Context:
    """Where a change happens: `actor` applies it, a family's adult or a clerk."""

    household: Household
    actor: Account | None
    now: datetime
    today: date


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a part: `label` for people, `show` puts a plain value in words."""

    name: str
    label: object
    show: Callable[[Plain], str] = str


@dataclass(frozen=True, slots=True)
class Part:
    """One editable part of the file.

    `present` reads every field of a record, as plain values. `change` writes some of
    them through the service that owns the part, and answers sentences that the family
    must read ("hand in a new proof"). A refusal is a DomainError. The values of a
    `is_secret` part (health) are masked in the journal.
    """

    key: Editable
    label: object
    fields: Sequence[Field]
    present: Callable[[Any], PlainValues]
    change: Callable[[Any, PlainValues, Context], Sequence[str]]
    is_secret: bool = False

    def field(self, name: str) -> Field:
        """Return one field; KeyError when the part does not have it."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


def plain(values: Mapping[str, Any]) -> PlainValues:
    """Return values as they are kept and compared: days and numbers as text."""
    return cast("PlainValues", json.loads(json.dumps(values, cls=DjangoJSONEncoder)))
