"""Read a town's configuration and gather everything that is wrong with it.

A rule of the town arrives as plain data, from a form or a file. Each mapping is
read through a `Node`, which knows its path and notes each problem as a code with
parameters. Nothing is corrected and nothing unknown is ignored: a mistyped key is
a problem like any other. Sentences for people: `foundation.problems`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from foundation.problems import ConfigurationError, Problem
from foundation.reading_days import DayReaders
from foundation.shapes import CODE, DECIMAL, EMAIL, WEEKDAYS

__all__ = ["WEEKDAYS", "ConfigurationError", "Node", "Problem", "read"]

T = TypeVar("T")

#: As long as the longest column of codes.
MOST_OF_A_CODE = 60


class Node(DayReaders):
    """One mapping being read; each reader notes its problem and goes on.

    A reader that finds a problem returns None or an empty value, so that one
    reading reports everything. `close` reports the keys that nobody read.
    """

    def __init__(self, data: object, path: str, problems: list[Problem]) -> None:
        """Start reading `data`, which stands at `path` of the whole."""
        self.path = path
        self.problems = problems
        self._first_problem = len(problems)
        self._known: set[str] = set()
        self._data: Mapping[object, object] = {}
        if isinstance(data, Mapping):
            self._data = data
        else:
            self.refuse("", "not_a_mapping")

    @property
    def is_sound(self) -> bool:
        """Whether nothing was refused since this node was opened."""
        return len(self.problems) == self._first_problem

    @property
    def is_empty(self) -> bool:
        """Whether it is a mapping without any key."""
        return self.is_sound and not self._data

    @property
    def data(self) -> dict[str, Any]:
        """The plain data, for a reader that starts from scratch."""
        return {str(key): value for key, value in self._data.items()}

    def refuse(self, key: str, reason: str, **params: str) -> None:
        """Note a problem with `key`, or with the whole mapping when empty."""
        path = f"{self.path}.{key}".strip(".") or "."
        self.problems.append(Problem(path, reason, params))

    def has(self, key: str) -> bool:
        """Tell whether `key` is present, null counting as absent."""
        self._known.add(key)
        return self._data.get(key) is not None

    def pass_over(self, *keys: str) -> None:
        """Leave keys to somebody else: `close` does not report them."""
        self._known.update(keys)

    def close(self) -> None:
        """Report the keys that no reader asked for."""
        for key in self._data:
            if key not in self._known:
                self.refuse(str(key), "unknown_key")

    def text(
        self, key: str, *, required: bool = True, at_most: int | None = None
    ) -> str:
        """Read a text that is not empty, of at most so many characters."""
        value = self._take(key, required=required)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, "not_a_text")
            return ""
        if at_most is not None and len(value.strip()) > at_most:
            self.refuse(key, "text_too_long", at_most=str(at_most))
            return ""
        return value.strip()

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """Read a list of texts that are not empty."""
        value = self._take(key, required=required)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.refuse(key, "not_a_list")
            return ()
        for index, each in enumerate(value):
            if not isinstance(each, str) or not each.strip():
                self.refuse(f"{key}[{index}]", "not_a_text")
        return tuple(each.strip() for each in value if isinstance(each, str))

    def email(self, key: str, *, required: bool = True) -> str:
        """Read an e-mail address, returned in lower case."""
        value = self.text(key, required=required, at_most=254)
        if value and not EMAIL.fullmatch(value):
            self.refuse(key, "not_an_address")
            return ""
        return value.lower()

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Read true or false."""
        value = self._take(key, required=False)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.refuse(key, "not_a_flag")
            return default
        return value

    def code(
        self,
        key: str,
        allowed: Collection[str] | None = None,
        *,
        required: bool = True,
    ) -> str | None:
        """Read one code: lower case letters, digits, hyphens, one of `allowed`."""
        value = self._take(key, required=required)
        return None if value is None else self._check_code(key, value, allowed)

    def choice(
        self, key: str, allowed: Collection[str], *, required: bool = True
    ) -> str | None:
        """Read one text among `allowed`, written exactly so."""
        value = self._take(key, required=required)
        if value is None or (isinstance(value, str) and value in allowed):
            return value
        shown = value if isinstance(value, str) else type(value).__name__
        self.refuse(key, "not_allowed", value=shown, allowed=", ".join(allowed))
        return None

    def codes(
        self,
        key: str,
        allowed: Collection[str] | None = None,
        *,
        required: bool = True,
    ) -> frozenset[str]:
        """Read one code or a list of different codes."""
        value = self._take(key, required=required)
        if value is None:
            return frozenset()
        if not isinstance(value, list):
            code = self._check_code(key, value, allowed)
            return frozenset() if code is None else frozenset([code])
        found = [
            self._check_code(f"{key}[{index}]", each, allowed)
            for index, each in enumerate(value)
        ]
        if len(set(found)) < len(found) or not found:
            self.refuse(key, "repeated_code" if found else "empty_list")
        return frozenset(code for code in found if code is not None)

    def weekdays(self, key: str, *, required: bool = True) -> frozenset[int]:
        """Read weekdays by their English names; Monday is 0."""
        return frozenset(
            map(WEEKDAYS.index, self.codes(key, WEEKDAYS, required=required))
        )

    def decimal(
        self,
        key: str,
        *,
        required: bool = True,
        at_least: Decimal | None = Decimal(0),
    ) -> Decimal | None:
        """Read an exact number: "2.50" or 2, never a float."""
        value = self._take(key, required=required)
        if value is None:
            return None
        value = str(value) if type(value) is int else value
        if not isinstance(value, str) or not DECIMAL.fullmatch(value):
            is_float = isinstance(value, float)
            self.refuse(key, "float_refused" if is_float else "not_a_decimal")
            return None
        number = Decimal(value)
        if at_least is not None and number < at_least:
            self.refuse(key, "too_small", at_least=str(at_least))
            return None
        return number

    def integer(
        self, key: str, *, required: bool = True, at_least: int = 0, at_most: int = 999
    ) -> int | None:
        """Read a whole number between two bounds, both allowed."""
        value = self._take(key, required=required)
        if value is None:
            return None
        if type(value) is not int:
            self.refuse(key, "not_a_whole_number")
        elif value < at_least:
            self.refuse(key, "too_small", at_least=str(at_least))
        elif value > at_most:
            self.refuse(key, "too_large", at_most=str(at_most))
        else:
            return value
        return None

    def child(self, key: str, *, required: bool = True) -> "Node | None":
        """Open the mapping under `key`."""
        value = self._take(key, required=required)
        path = f"{self.path}.{key}".strip(".")
        return None if value is None else Node(value, path, self.problems)

    def children(self, key: str, *, required: bool = True) -> "Iterator[Node]":
        """Open each mapping of the list under `key`."""
        value = self._take(key, required=required)
        if value is None:
            return
        if not isinstance(value, list):
            self.refuse(key, "not_a_list")
            return
        if required and not value:
            self.refuse(key, "empty_list")
        for index, each in enumerate(value):
            path = f"{self.path}.{key}[{index}]".strip(".")
            yield Node(each, path, self.problems)

    def all_keys(self) -> tuple[str, ...]:
        """Return the keys, all counted as read: the caller checks them."""
        self._known.update(str(key) for key in self._data)
        return tuple(str(key) for key in self._data)

    def _take(self, key: str, *, required: bool) -> object:
        self._known.add(key)
        value = self._data.get(key)
        if value is None and required:
            self.refuse(key, "missing")
        return value

    def _check_code(
        self, key: str, value: object, allowed: Collection[str] | None
    ) -> str | None:
        if not isinstance(value, str) or not CODE.fullmatch(value):
            self.refuse(key, "not_a_code")
            return None
        if len(value) > MOST_OF_A_CODE:
            self.refuse(key, "text_too_long", at_most=str(MOST_OF_A_CODE))
            return None
        if allowed is not None and value not in allowed:
            self.refuse(key, "not_allowed", value=value, allowed=", ".join(allowed))
            return None
        return value


def read(data: object, reader: Callable[[Node], T]) -> T:
    """Read a whole configuration, or raise ConfigurationError with each problem.

    `reader` may return anything when it noted a problem: the value is dropped.
    """
    problems: list[Problem] = []
    node = Node(data, "", problems)
    value = reader(node)
    node.close()
    if problems:
        raise ConfigurationError(problems)
    return value
