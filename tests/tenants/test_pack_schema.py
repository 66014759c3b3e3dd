"""The schema of a pack, its reader and its documentation know the same keys."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from foundation.reading import Node
from tenants.gateways.pack_files import read_pack_file
from tenants.services.opening import checked_pack
from tests.cast import pack_of

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "pack.schema.json").read_text())
EVERYTHING = Path(__file__).parent / "everything.yaml"
PACKS = [*sorted((ROOT / "infra" / "demo").glob("*.yaml")), EVERYTHING]
DOCUMENTATION = (ROOT / "docs" / "operations" / "opening-a-town.md").read_text()
PLACE = re.compile(r"\[\d+\]")


def objects(schema: Any, path: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Give the keys of each mapping of the schema, by its path."""
    if "items" in schema:
        yield from objects(schema["items"], path)
    if "properties" in schema:
        yield path, frozenset(schema["properties"])
        for key, inside in schema["properties"].items():
            yield from objects(inside, f"{path}.{key}".strip("."))


@pytest.fixture
def read_keys(monkeypatch):
    """The keys that the reader asks for, by the path of their mapping."""
    found: dict[str, set[str]] = defaultdict(set)
    close = Node.close

    def noted(node: Node) -> None:
        # The engines of prices read their rules from a root of their own.
        if node.path or "town" in node._known:
            found[PLACE.sub("", node.path)] |= node._known
        close(node)

    monkeypatch.setattr(Node, "close", noted)
    for file in PACKS:
        checked_pack(read_pack_file(file.read_bytes()))
    return found


@pytest.mark.parametrize("file", PACKS, ids=lambda path: path.stem)
def test_each_pack_follows_the_schema(file):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    jsonschema.validate(read_pack_file(file.read_bytes()), SCHEMA)


@pytest.mark.parametrize("name", ["rochebelle", "etangs"])
def test_the_towns_of_the_tests_follow_the_schema(name):
    jsonschema.validate(pack_of(name), SCHEMA)


def test_the_schema_and_the_reader_know_the_same_keys(read_keys):
    known = dict(objects(SCHEMA))

    # What the engines of prices and deadlines read has paths of its own.
    asked = {path: frozenset(read_keys[path]) for path in known}

    assert asked == known


def test_each_key_of_the_schema_stands_in_the_documentation():
    keys = {key for _path, keys in objects(SCHEMA) for key in keys}

    missing = sorted(key for key in keys if f"`{key}`" not in DOCUMENTATION)

    assert missing == []


def test_a_key_nobody_knows_is_refused_by_both():
    data = {**pack_of("rochebelle"), "surprise": 1}

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)
    with pytest.raises(ValueError, match="surprise: unknown_key"):
        checked_pack(data)
