"""What an import changes: two packs compared, the town's before and after.

Things are recognised by what names them (a code, the first day of a tariff...), never
by their place in a list. Each change has a path that people can read:
`services[cantine].activities[repas].capacity`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: What names a row of a list, by the name of the list; most have a code.
IDENTITIES: Mapping[str, tuple[str, ...]] = {
    "versions": ("effective_from",),
    "requirements": ("proof", "situation"),
    "windows": ("residence", "from"),
    "sessions": ("name", "first_day", "start_time"),
    "closures": ("from", "until", "reason"),
    "ready_sentences": ("use", "title"),
    "sections": ("slug",),
    "pages": ("slug",),
}
#: Lists of days made in one go: compared day by day.
SERIES = "series"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the difference; `old` is None for what is new."""

    path: str
    old: Any
    new: Any

    @property
    def is_new(self) -> bool:
        """Whether nothing stood there."""
        return self.old is None


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return what differs, in the order of the second pack."""
    return tuple(_mappings(old, new, ""))


def shorten(value: Any, *, at_most: int = 160) -> str:
    """Return a value as one line that people can read."""
    if isinstance(value, Mapping):
        text = ", ".join(f"{key}: {shorten(each)}" for key, each in value.items())
    elif isinstance(value, list):
        text = ", ".join(shorten(each) for each in value)
    else:
        text = "" if value is None else str(value)
    text = " ".join(text.split())
    return text if len(text) <= at_most else f"{text[: at_most - 1]}…"


def names_in(pack: Mapping[str, Any]) -> frozenset[str]:
    """Return the paths of everything that has a name of its own."""
    return frozenset(_names(pack, ""))


def _mappings(old: Any, new: Any, path: str) -> Iterator[Change]:
    for key in [*new, *(key for key in old if key not in new)]:
        place = f"{path}.{key}".strip(".")
        yield from _values(key, old.get(key), new.get(key), place)


def _values(key: str, old: Any, new: Any, path: str) -> Iterator[Change]:
    if old == new:
        return
    if key == SERIES:
        yield from _series(old or [], new or [], path)
    elif _is_table(old) and _is_table(new):
        yield from _tables(key, old or [], new or [], path)
    elif isinstance(old, Mapping) and isinstance(new, Mapping) and key != "rules":
        yield from _mappings(old, new, path)
    else:
        yield Change(path, old, new)


def _tables(key: str, old: Any, new: Any, path: str) -> Iterator[Change]:
    known = {name_of(key, row): row for row in old}
    for row in new:
        name = name_of(key, row)
        place = f"{path}[{name}]"
        if name not in known:
            yield Change(place, None, row)
        else:
            yield from _mappings(known[name], row, place)
    remaining = {name_of(key, row) for row in new}
    for name, row in known.items():
        if name not in remaining:
            yield Change(f"{path}[{name}]", row, None)


def _series(old: Any, new: Any, path: str) -> Iterator[Change]:
    """Compare day by day; days that change alike are told together."""
    before, after = _days(old), _days(new)
    alike: dict[str, tuple[Any, Any, list[str]]] = {}
    for day in sorted(before.keys() | after.keys()):
        was, is_now = before.get(day), after.get(day)
        if was != is_now:
            together = alike.setdefault(repr((was, is_now)), (was, is_now, []))
            together[2].append(" ".join(day))
    for was, is_now, days in alike.values():
        span = days[0] if len(days) == 1 else f"{days[0]} - {days[-1]}: {len(days)}"
        yield Change(f"{path}[{span}]", was, is_now)


def _days(series: Any) -> dict[tuple[str, ...], dict[str, Any]]:
    return {
        (day, *([made["start_time"]] if "start_time" in made else [])): {
            key: value for key, value in made.items() if key != "days"
        }
        for made in series
        for day in made["days"]
    }


def _is_table(value: Any) -> bool:
    return value is None or (
        isinstance(value, list) and all(isinstance(row, Mapping) for row in value)
    )


def name_of(key: str, row: Mapping[str, Any]) -> str:
    """Return what names a row of a list."""
    keys = ("code",) if "code" in row else IDENTITIES.get(key, tuple(row))
    return " ".join(str(row[each]) for each in keys if row.get(each) is not None)


def _names(value: Mapping[str, Any], path: str) -> Iterator[str]:
    for key, inside in value.items():
        if not isinstance(inside, list):
            continue
        for row in inside:
            if isinstance(row, Mapping) and ("code" in row or key in IDENTITIES):
                place = f"{path}.{key}[{name_of(key, row)}]".strip(".")
                yield place
                yield from _names(row, place)
