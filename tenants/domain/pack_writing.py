"""How the values of a town's configuration are written in a pack.

The counterpart of `foundation.reading`: what is written here is read there to the same
value, so that a pack that was exported, imported and exported again is the same file.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from foundation.shapes import WEEKDAYS

_NOTHING: tuple[object, ...] = (None, "", [], {}, ())


def without_blanks(
    values: Mapping[str, Any], defaults: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Leave out what says nothing, and what the reader would suppose anyway."""
    known = defaults or {}
    return {
        key: plain
        for key, value in values.items()
        if (plain := plain_value(value)) not in _NOTHING
        and not (key in known and plain == plain_value(known[key]))
    }


def plain_value(value: Any) -> Any:
    """Return a value as a pack writes it: texts, whole numbers, true, false, lists."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, datetime):
        raise TypeError("a moment is written in the town's time: use `moment`")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value


def plain_text(text: str) -> str:
    """Return a text without the blanks around it, its lines ended in one way."""
    return "\n".join(str(text).splitlines()).strip()


def moment(value: datetime | None, zone: ZoneInfo) -> str | None:
    """Write an instant as the town's own time, to the minute."""
    return None if value is None else f"{value.astimezone(zone):%Y-%m-%dT%H:%M}"


def weekdays(numbers: Iterable[int]) -> list[str]:
    """Write days of the week, of which 1 is Monday."""
    return [WEEKDAYS[number - 1] for number in sorted(numbers)]
