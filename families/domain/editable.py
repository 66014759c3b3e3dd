"""What a family may change of its own file, in parts that a town rules one by one.

A value here is plain: text, number, truth, None, or lists and mappings of them. A day
is its ISO text. Two values are the same when they are equal once plain.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TypeAlias

Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain] | None"
PlainValues: TypeAlias = Mapping[str, Plain]


class Editable(StrEnum):
    """A part of the file that is changed, and checked by the town, as one."""

    ADDRESS = "household.address"
    PHONE = "person.phone"
    IDENTITY = "child.identity"
    SCHOOL = "child.school"
    INSURANCE = "child.insurance"
    HEALTH = "child.health"
    AUTHORISATIONS = "child.authorisations"
    PICKUP = "child.pickup"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field whose value differs from the present one."""

    name: str
    old: Plain
    new: Plain


def changes_between(
    present: PlainValues, values: PlainValues
) -> tuple[FieldChange, ...]:
    """Return the fields of `values` that differ, in their order.

    Raises KeyError for a field that the part of the file does not have.
    """
    return tuple(
        FieldChange(name, present[name], new)
        for name, new in values.items()
        if present[name] != new
    )


def fingerprint(value: Plain) -> str:
    """Return a short mark of a value: it tells whether two readings are the same."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True)
    return sha256(text.encode()).hexdigest()[:32]
