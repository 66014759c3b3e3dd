"""Build answers only from fields the SDK's resource classes know.

A misspelt field, a missing one or a status outside the documented list is a bug
of the simulator: it raises ShapeError, and the test that met it fails.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Literal, Union, get_args, get_origin

from stripe import StripeObject
from stripe._object_classes import get_object_class

# One branch per payment method: Stripe sends only the branch in use.
SPARSE = frozenset({"PaymentMethod", "PaymentMethodDetails", "NextAction"})
# Sent only to those who ask for it with `expand`.
ON_REQUEST = frozenset({"line_items", "refunds"})


class ShapeError(Exception):
    """The simulator was about to answer something Stripe never would."""


@dataclass(frozen=True)
class Field:
    optional: bool
    choices: frozenset[Any]


def shaped(values: dict[str, Any]) -> dict[str, Any]:
    """Return the resource complete: unset optional fields become None."""
    kind = str(values["object"])
    return _shaped(get_object_class("V1", kind), values, kind)


def as_list(data: list[dict[str, Any]], url: str, *, more: bool) -> dict[str, Any]:
    """Return one page of objects, in the envelope the SDK pages through."""
    return {"object": "list", "data": data, "has_more": more, "url": url}


@cache
def fields_of(resource: type[Any]) -> dict[str, Field]:
    """Read the public fields of a resource class and its parents."""
    found: dict[str, Field] = {}
    for parent in reversed(resource.__mro__):
        for name, hint in vars(parent).get("__annotations__", {}).items():
            if not name.startswith("_") and get_origin(hint) is not ClassVar:
                found[name] = _field(hint)
    return found


def _field(hint: Any) -> Field:
    options = get_args(hint) if get_origin(hint) is Union else (hint,)
    choices = [c for o in options if get_origin(o) is Literal for c in get_args(o)]
    return Field(optional=type(None) in options, choices=frozenset(choices))


def _shaped(
    resource: type[StripeObject], values: dict[str, Any], where: str
) -> dict[str, Any]:
    fields = fields_of(resource)  # type: ignore[arg-type] # mypy: no hash on types
    if unknown := values.keys() - fields.keys():
        raise ShapeError(f"{where}: unknown {sorted(unknown)}")
    absent = fields.keys() - values.keys()
    if lacking := [name for name in absent if not fields[name].optional]:
        raise ShapeError(f"{where}: missing {sorted(lacking)}")
    for name, value in values.items():
        _check_choice(fields[name], value, f"{where}.{name}")
    inner = resource._inner_class_types  # noqa: SLF001 - the SDK's only map of it
    answer = {
        name: _nested(inner.get(name), value, f"{where}.{name}")
        for name, value in values.items()
    }
    if resource.__name__ not in SPARSE:
        answer |= dict.fromkeys(absent - ON_REQUEST)
    return answer


def _check_choice(field: Field, value: Any, where: str) -> None:
    if value is None:
        if not field.optional:
            raise ShapeError(f"{where}: may not be null")
    elif field.choices and value not in field.choices:
        raise ShapeError(f"{where}: {value!r} is not documented")


def _nested(resource: type[StripeObject] | None, value: Any, where: str) -> Any:
    if resource is None or value is None:
        return value
    if isinstance(value, list):
        return [_nested(resource, item, where) for item in value]
    if isinstance(value, dict) and "object" not in value:
        return _shaped(resource, value, where)
    return value
