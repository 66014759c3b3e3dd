"""Read Stripe's nested form encoding: `a[b][0][c]=v`."""

import re
from typing import Any
from urllib.parse import parse_qsl

from infra.simulator.errors import ApiError

KEY = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")


def decode(encoded: str) -> dict[str, Any]:
    """Return nested dictionaries of strings; lists stay keyed by their index.

    Only the schema knows whether `[0]` is a list index or a key named "0".
    """
    found: dict[str, Any] = {}
    for key, value in parse_qsl(encoded, keep_blank_values=True):
        _place(found, _path(key), value, key)
    return found


def _path(key: str) -> list[str]:
    match = KEY.match(key)
    if match is None:
        raise ApiError(f"Invalid parameter name: {key}", param=key)
    return [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]


def _place(found: dict[str, Any], path: list[str], value: str, key: str) -> None:
    branch = found
    for position, step in enumerate(path[:-1]):
        # `a[]=x&a[]=y` numbers itself.
        named = step or str(len(branch))
        branch = branch.setdefault(named, {})
        if not isinstance(branch, dict):
            raise ApiError(
                f"Parameter given twice in two shapes: {key}", param=path[position]
            )
    branch[path[-1] or str(len(branch))] = value
