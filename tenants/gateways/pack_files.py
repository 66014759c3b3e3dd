"""Read and write a pack's file: YAML, and nothing of YAML that could surprise anybody.

Texts, whole numbers, true, false, null, lists and mappings. A day or an hour is a
text; a number with decimals stays a float, so that who needs an exact one refuses it.
No aliases (a few lines could grow to gigabytes), no tags, no key written twice.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import yaml
from yaml.constructor import ConstructorError
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import BaseResolver

from foundation.problems import ConfigurationError, Problem

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 30
# Keys, values and lists. A town of thirty services has some thousands of them, and
# reading a million would keep a whole process busy for a minute.
MAX_VALUES = 60_000
# What "\\0" or "\\ud800" between double quotes puts in a text; no database keeps it.
_STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# One step of a path: a key, or a place in a list.
_STEP = re.compile(r"([^.\[\]]+(?![^\[]*\]))|\[(\d+)\]")

_NAMES = {
    "tag:yaml.org,2002:null": (r"^(?:null|~|)$", ["n", "~", ""]),
    "tag:yaml.org,2002:bool": (r"^(?:true|false)$", list("tf")),
    "tag:yaml.org,2002:int": (r"^-?(?:0|[1-9][0-9]{0,17})$", list("-0123456789")),
    "tag:yaml.org,2002:float": (r"^-?[0-9]{1,17}\.[0-9]{1,17}$", list("-0123456789")),
}


def read_pack_file(content: bytes) -> Any:
    """Return the plain data of a file.

    Raises ConfigurationError; the path of its problem is a line and a column.
    """
    if len(content) > MAX_BYTES:
        raise _refused("file", "file_too_large", at_most=f"{MAX_BYTES // 1024} KB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused("file", "file_not_utf8") from error
    try:
        loader = _PackLoader(text)
        return loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        raise _at(error.problem_mark or error.context_mark, error) from error
    except yaml.reader.ReaderError as error:
        raise _refused("file", "file_strange_character") from error


def with_lines(problems: Iterable[Problem], content: bytes) -> list[Problem]:
    """Return the problems of a file that could be read, each path after its line.

    The line is that of the key, or of what should hold it when it is missing.
    """
    try:
        node = _PackLoader(content.decode("utf-8-sig")).get_single_node()
    except (UnicodeDecodeError, yaml.YAMLError):
        return list(problems)
    return [_with_line(each, node) for each in problems]


def write_pack_file(data: Mapping[str, Any]) -> bytes:
    """Return the file of plain data, which `read_pack_file` reads to the same data."""
    text: str = yaml.dump(
        data,
        Dumper=_PackDumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=88,
    )
    return text.encode()


class _PackLoader(yaml.SafeLoader):
    """PyYAML's safe loader, with fewer types and more refusals."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    depth = values = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        """Refuse aliases and tags, and nesting that no pack needs."""
        event = self.peek_event()  # type: ignore[no-untyped-call] # PyYAML has no types here.
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise _PackError("yaml_alias", event.start_mark)
        if getattr(event, "tag", None) not in {None, "!"}:
            raise _PackError("yaml_tag", event.start_mark)
        self.depth += 1
        self.values += 1
        if self.depth > MAX_DEPTH:
            raise _PackError("yaml_too_deep", event.start_mark)
        if self.values > MAX_VALUES:
            most = str(MAX_VALUES)
            raise _PackError("file_too_many", event.start_mark, at_most=most)
        node = super().compose_node(parent, index)
        if isinstance(node, ScalarNode) and _STRANGE.search(node.value):
            raise _PackError("file_strange_character", node.start_mark)
        self.depth -= 1
        return node

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - PyYAML's own signature.
        """Refuse a key written twice, and one that is not a text."""
        seen: set[str] = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise _PackError("yaml_key", key_node.start_mark)
            if key in seen:
                raise _PackError("yaml_twice", key_node.start_mark, key=key)
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


class _PackDumper(yaml.SafeDumper):
    """PyYAML's safe dumper, without what the loader above refuses."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything in full."""
        del data
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Write a text of several lines as it reads, the others on one line."""
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _write_list(dumper: yaml.SafeDumper, values: list[Any]) -> yaml.SequenceNode:
    """Keep short values of a list on the same line: days, codes, postal codes."""
    is_short = all(isinstance(each, str | int) for each in values)
    return dumper.represent_sequence(
        "tag:yaml.org,2002:seq", values, flow_style=is_short
    )


_PackDumper.add_representer(str, _write_text)
_PackDumper.add_representer(list, _write_list)


class _PackError(ConstructorError):
    """One of our own refusals, with its place."""

    def __init__(self, reason: str, mark: Any, **params: str) -> None:
        super().__init__(None, None, reason, mark)
        self.reason = reason
        self.params = params


for _tag, (_pattern, _first) in _NAMES.items():
    BaseResolver.add_implicit_resolver.__func__(  # type: ignore[attr-defined] # A class method, for our class.
        _PackLoader, _tag, re.compile(_pattern), _first
    )


def _with_line(problem: Problem, node: Node | None) -> Problem:
    steps = [key or int(at) for key, at in _STEP.findall(problem.path)]
    line = _line(node, steps)
    return replace(problem, path=f"line {line}, {problem.path}") if line else problem


def _line(node: Node | None, steps: list[str | int]) -> int | None:
    """Follow a path as far as it goes; None when it does not even start."""
    line = None
    for step in steps:
        found = _inside(node, step)
        if found is None:
            break
        place, node = found
        line = place.start_mark.line + 1
    return line


def _inside(node: Node | None, step: str | int) -> tuple[Node, Node] | None:
    """Return what stands at a step: where it is written, and its value."""
    if isinstance(step, int):
        is_there = isinstance(node, SequenceNode) and step < len(node.value)
        return (node.value[step],) * 2 if node is not None and is_there else None
    pairs = node.value if isinstance(node, MappingNode) else []
    return next(((key, value) for key, value in pairs if key.value == step), None)


def _at(mark: yaml.Mark | None, error: yaml.MarkedYAMLError) -> ConfigurationError:
    place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "file"
    if isinstance(error, _PackError):
        return _refused(place, error.reason, **error.params)
    return _refused(place, "yaml_syntax", said=str(error.problem or error.context))


def _refused(place: str, reason: str, **params: str) -> ConfigurationError:
    return ConfigurationError([Problem(place, reason, params)])
