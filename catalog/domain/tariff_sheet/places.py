"""Where a problem of the rules is filled in on the sheet."""

import re
from dataclasses import dataclass

_RULE = re.compile(r"(rules|adjustments)\[(\d+)\](?:\.(\w+))?(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem of the rules stands in the sheet.

    `part` is "lines", "supplements" or "sheet"; `band` counts from 0.
    """

    part: str
    index: int = 0
    field: str = ""
    band: int | None = None


def place_of(path: str) -> Place:
    """Return where a path of the rules is filled in: `rules[1].bands[0].from`."""
    found = _RULE.match(path)
    if found is None:
        key, _dot, inner = path.partition(".")
        if key == "count":
            return Place("sheet", field=f"count_{inner or 'every'}")
        return Place("sheet", field="care" if key == "split" else key)
    part = "lines" if found[1] == "rules" else "supplements"
    field, band = found[3] or "", found[4]
    names = {"percent": "value", "when": "label", "code": "label"}
    if part == "supplements":
        names |= {"amount": "value", "bands": "value"}
    return Place(
        part,
        int(found[2]),
        names.get(field, field),
        None if band is None else int(band),
    )
