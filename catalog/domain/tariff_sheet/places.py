"""Where a problem of the rules is filled in on the sheet."""

import re
from dataclasses import dataclass

from catalog.domain.tariff_sheet.values import CODES

_RULE = re.compile(
    r"(rules|adjustments|caps)\[(\d+)\](?:\.(\w+))?(?:\[(\d+)\])?(?:\.(.+))?"
)
_PARTS = {"rules": "lines", "adjustments": "supplements", "caps": "ceilings"}
#: The fields of a supplement that have another name in an adjustment.
_OF_SUPPLEMENTS = {
    "percent": "value",
    "amount": "value",
    "bands": "value",
    "at_least": "floor",
    "at_most": "ceiling",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem of the rules stands in the sheet.

    `part` is "lines", "supplements", "ceilings" or "sheet"; `band` counts from 0, and
    `key` is what the problem is with inside of it. A condition between bounds has
    the field "spans" and its fact as key.
    """

    part: str
    index: int = 0
    field: str = ""
    band: int | None = None
    key: str = ""


def place_of(path: str) -> Place:
    """Return where a path of the rules is filled in: `rules[1].bands[0].from`."""
    found = _RULE.match(path)
    if found is None:
        key, _dot, inner = path.partition(".")
        return Place("sheet", field=_of_whole(key, inner))
    part = _PARTS[found[1]]
    field, inner = found[3] or "", found[5] or ""
    if field == "when" and inner:
        return _condition(part, int(found[2]), inner.partition(".")[0])
    names = {"when": "label", "code": "label"}
    if part == "supplements":
        names |= _OF_SUPPLEMENTS
    return Place(
        part,
        int(found[2]),
        names.get(field, _of_whole(field, inner)),
        None if found[4] is None else int(found[4]),
        inner,
    )


def _condition(part: str, index: int, key: str) -> Place:
    if key in CODES:
        return Place(part, index, CODES[key])
    return Place(part, index, "spans", key=key)


def _of_whole(key: str, inner: str) -> str:
    """Return the field of a key that the whole and a line both have."""
    if key == "count":
        return f"count_{inner or 'every'}"
    if key == "defaults" and inner:
        return f"default_{inner}"
    names = {"split": "care", "rates": "rate"}
    return names.get(key, key)
