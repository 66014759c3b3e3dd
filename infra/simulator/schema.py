"""Check a request against the parameter types the official SDK ships.

The SDK's TypedDicts are generated from Stripe's own description of its API, so
a parameter that was removed or never existed is refused here too. An enum that
the SDK leaves open (`Literal[...] | str`) is closed, as it is at Stripe's.
"""

import re
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import (
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from stripe._request_options import RequestOptions
from typing_extensions import is_typeddict

from infra.simulator.errors import ApiError, missing, unknown

OPTIONS = frozenset(RequestOptions.__annotations__)
INTEGER = re.compile(r"^-?[0-9]{1,18}$")
NO_LONGER = "payment_method_types"


def validated(params: dict[str, Any], schema: type) -> dict[str, Any]:
    """Return the parameters with their real types, or raise ApiError."""
    if NO_LONGER in params:
        raise ApiError(
            "payment_method_types left the API in 2026-09-30.endive. "
            "Use allowed_payment_method_types or the Dashboard.",
            code="payment_method_types_no_longer_supported",
            param=NO_LONGER,
        )
    return _struct(params, schema, "")


@cache
def _hints(schema: type) -> dict[str, Any]:
    # The SDK's request options (api_key and the like) never travel in the body,
    # and their own hints do not resolve: leave them out first.
    kept = {k: v for k, v in schema.__annotations__.items() if k not in OPTIONS}
    bare = type(schema.__name__, (), {"__annotations__": kept})
    bare.__module__ = schema.__module__
    return get_type_hints(bare, include_extras=True)


def _struct(value: Any, schema: type, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ApiError("Invalid object", code="parameter_invalid", param=where)
    hints = _hints(schema)
    for name in value:
        if name not in hints:
            raise unknown(_inside(where, name))
    for name in schema.__required_keys__:  # type: ignore[attr-defined] # a TypedDict
        if name in hints and name not in value:
            raise missing(_inside(where, name))
    return {
        name: _typed(item, hints[name], _inside(where, name))
        for name, item in value.items()
    }


def _inside(where: str, name: str) -> str:
    return f"{where}[{name}]" if where else name


def _typed(value: Any, hint: Any, where: str) -> Any:
    origin = get_origin(hint)
    if origin in (NotRequired, Required):
        return _typed(value, get_args(hint)[0], where)
    options = get_args(hint) if origin is Union else (hint,)
    if isinstance(value, dict):
        return _branch(value, options, where)
    return _leaf(value, options, where)


def _branch(value: dict[str, Any], options: tuple[Any, ...], where: str) -> Any:
    for option in options:
        if is_typeddict(option):
            return _struct(value, option, where)
        if get_origin(option) is list:
            return _list(value, get_args(option)[0], where)
        if get_origin(option) is dict:
            item = get_args(option)[1]
            return {k: _mapped(v, item, _inside(where, k)) for k, v in value.items()}
    raise ApiError("Invalid value: a hash was not expected here.", param=where)


def _mapped(value: Any, hint: Any, where: str) -> Any:
    # Emptying a metadata key is how Stripe removes it.
    return value if value == "" else _typed(value, hint, where)


def _list(value: dict[str, Any], item: Any, where: str) -> list[Any]:
    if not all(key.isdecimal() for key in value):
        raise ApiError("Invalid array", code="parameter_invalid", param=where)
    ordered = sorted(value.items(), key=lambda pair: int(pair[0]))
    return [_typed(each, item, _inside(where, key)) for key, each in ordered]


def _leaf(value: str, options: tuple[Any, ...], where: str) -> Any:
    choices = [c for o in options if get_origin(o) is Literal for c in get_args(o)]
    if value in choices:
        return value
    if value == "":
        raise ApiError(
            f"You passed an empty string for '{where}'.",
            code="parameter_invalid_empty",
            param=where,
        )
    if any(choices) and int not in options:
        raise ApiError(
            f"Invalid {where}: must be one of {', '.join(map(str, choices))}",
            param=where,
        )
    for scalar, read in READERS.items():
        if scalar in options:
            return read(value, where)
    raise ApiError(f"Invalid value for {where}: {value}", param=where)


def _integer(value: str, where: str) -> int:
    if not INTEGER.match(value):
        raise ApiError(
            f"Invalid integer: {value}", code="parameter_invalid_integer", param=where
        )
    return int(value)


def _boolean(value: str, where: str) -> bool:
    if value not in ("true", "false"):
        raise ApiError(f"Invalid boolean: {value}", param=where)
    return value == "true"


def _decimal(value: str, where: str) -> Decimal:
    try:
        return Decimal(value)
    except InvalidOperation:
        raise ApiError(f"Invalid decimal: {value}", param=where) from None


def _text(value: str, where: str) -> str:
    if len(value) > 5000:
        raise ApiError(f"Invalid string: {where} is over 5000 characters.", param=where)
    return value


READERS = {int: _integer, bool: _boolean, Decimal: _decimal, str: _text}
