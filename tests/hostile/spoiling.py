"""Packs spoilt on purpose: one value replaced, or the whole made from the schema."""

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

Spot = tuple[str | int, ...]
DEEP: Any = [[[["x"]]]]
# Each of another type, too long, too far, or nothing that a database keeps.
WRONG: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 7, 10**17, 2.5, "", " \n", "x", "cantine"),
    *("a\0b", "a\ud800b", "a\x1bb", "é" * 5_000, "-" * 61, "a" * 61, "<b>"),
    *("0001-01-01", "9999-12-31", "2026-02-30", "9999-12-31T23:59"),
    *("0001-01-01T00:00", "24:00", "9" * 60, "1e400", "NaN", "-0"),
    *([], [None], [1, 2], DEEP, {}, {"x": DEEP}, {"": 1}),
)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
ANYTHING = st.recursive(
    PLAIN,
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(st.text(max_size=8), inside, max_size=4)
    ),
    max_leaves=12,
)


def spots(data: Any, way: Spot = ()) -> Iterator[Spot]:
    """Yield the way to each value, the first of each kind of list only."""
    if way:
        yield way
    if isinstance(data, dict):
        for key, value in data.items():
            yield from spots(value, (*way, key))
    elif isinstance(data, list) and data:
        for index in _one_of_each(data):
            yield from spots(data[index], (*way, index))


def _one_of_each(data: list[Any]) -> list[int]:
    """Return the first item with each set of keys."""
    shapes = [str(sorted(each)) if isinstance(each, dict) else "" for each in data]
    return sorted({shape: shapes.index(shape) for shape in shapes}.values())


def spoilt(data: Any, spot: Spot, value: object) -> Any:
    """Return a copy of a pack, with something else in one place."""
    whole = copy.deepcopy(data)
    inside = whole
    for key in spot[:-1]:
        inside = inside[key]
    inside[spot[-1]] = value
    return whole


def shaped(schema: Any, root: Any) -> st.SearchStrategy[Any]:
    """Give what follows a schema, and now and then what does not."""
    if "$ref" in schema:
        return shaped(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    right = _right(schema, root)
    return st.integers(0, 30).flatmap(
        lambda luck: (right, st.sampled_from(WRONG), ANYTHING)[max(0, luck - 28)]
    )


def _right(schema: Any, root: Any) -> st.SearchStrategy[Any]:
    if "anyOf" in schema:
        return st.one_of(*(shaped(each, root) for each in schema["anyOf"]))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    makers = {"object": _mapping, "array": _list, "integer": _number, "string": _text}
    maker = makers.get(schema.get("type"))
    return maker(schema, root) if maker else st.booleans() | ANYTHING


def _list(schema: Any, root: Any) -> st.SearchStrategy[Any]:
    return st.lists(shaped(schema.get("items", {}), root), max_size=3)


def _number(schema: Any, _root: Any) -> st.SearchStrategy[Any]:
    return st.integers(schema.get("minimum", -9), schema.get("maximum", 9_999))


def _text(schema: Any, _root: Any) -> st.SearchStrategy[Any]:
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True)
    most = min(schema.get("maxLength", 40), 40)
    return st.text(min_size=schema.get("minLength", 0), max_size=most)


def _mapping(schema: Any, root: Any) -> st.SearchStrategy[Any]:
    known = {
        key: shaped(each, root) for key, each in schema.get("properties", {}).items()
    }
    needed = {key: known[key] for key in schema.get("required", ()) if key in known}
    others = {key: each for key, each in known.items() if key not in needed}
    return st.fixed_dictionaries(needed, optional=others)
