"""A town's opening configuration (its pack), read section by section.

Every application declares the sections it owns; all are read before anything is
written, and all the problems are told at once. Sections are read from the lowest
layer up, so that each may name what the lower ones declared.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from foundation.problems import ConfigurationError, Problem
from foundation.reading import Node

T = TypeVar("T")


class Register:
    """What is known while a pack is read: the town's facts, and codes declared."""

    def __init__(self, *, platform_host: str) -> None:
        """Start without any code; the first section notes the town's facts."""
        self.platform_host = platform_host
        self.currency = ""
        self._codes: dict[str, set[str]] = {}

    def declare(self, kind: str, node: Node, key: str = "code") -> str:
        """Read a code that nothing of the same kind has yet."""
        code = node.code(key) or ""
        known = self._codes.setdefault(kind, set())
        if code and code in known:
            node.refuse(key, "repeated_code")
        known.add(code)
        return code

    def note(self, kind: str, codes: Iterable[str]) -> None:
        """Make known codes that no pack declares."""
        self._codes.setdefault(kind, set()).update(codes)

    def known(self, kind: str) -> frozenset[str]:
        """Return the codes of a kind declared so far."""
        return frozenset(self._codes.get(kind, ())) - {""}

    def refer(
        self, kind: str, node: Node, key: str, *, required: bool = True
    ) -> str | None:
        """Read a code that must have been declared."""
        code = node.code(key, required=required)
        if code is not None and code not in self.known(kind):
            self.refuse_unknown(kind, node, key, code)
        return code

    def refuse_unknown(self, kind: str, node: Node, key: str, code: str) -> None:
        """Note that a code was never declared, with those that were."""
        known = ", ".join(sorted(self.known(kind))) or "-"
        node.refuse(key, "unknown_reference", value=code, kind=kind, known=known)


@dataclass(frozen=True)
class Section(Generic[T]):
    """A part of the pack: the keys of the file it owns, and how to read them."""

    keys: tuple[str, ...]
    read: Callable[[Node, Register], T]


class Pack:
    """A pack without any problem: the value of each section."""

    def __init__(self, values: Mapping[tuple[str, ...], Any]) -> None:
        """Keep the values by the keys of their sections."""
        self._values = values

    def get(self, section: Section[T]) -> T:
        """Return what a section says."""
        value: T = self._values[section.keys]
        return value


_SECTIONS: dict[tuple[str, ...], Section[Any]] = {}


def add_section(section: Section[Any]) -> None:
    """Make a section known; applications do it at start-up, lowest layer first."""
    _SECTIONS[section.keys] = section


def pack_keys() -> tuple[str, ...]:
    """Return the keys of a pack, in the order in which it is written."""
    return tuple(key for keys in _SECTIONS for key in keys)


def read_pack(data: object, *, platform_host: str) -> Pack:
    """Read a whole pack, given as plain data.

    Raises ConfigurationError with every problem of every section.
    """
    problems: list[Problem] = []
    node = Node(data, "", problems)
    if not node.is_sound:
        raise ConfigurationError(problems)
    register = Register(platform_host=platform_host)
    values = {}
    for section in _SECTIONS.values():
        values[section.keys] = section.read(node, register)
        node.pass_over(*section.keys)
    node.close()
    if problems:
        raise ConfigurationError(problems)
    return Pack(values)
