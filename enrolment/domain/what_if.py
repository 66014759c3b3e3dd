"""What another tariff would change: revenue, who pays less, who pays more.

Households are compared over a past period, on the places they really took. Amounts
are minor units; what the other tariff has no price for is left out of both sides.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

DECILES = 10
MANY_CHILDREN = 3
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Household:
    """What one household paid, and would have paid, for the same places.

    `quotient` and `residence` are the latest known of the period.
    """

    places: int
    before: int
    after: int
    quotient: Decimal | None = None
    residence: str | None = None
    children: int = 1
    guardians: int = 1

    @property
    def change(self) -> int:
        """What it would pay more, below zero for less."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Group:
    """Households of one kind, added up.

    `first` and `last` are the bounds of a decile, included. `most` is the greatest
    rise of one household, 0 when nobody pays more.
    """

    key: str
    households: int
    places: int
    before: int
    after: int
    less: int
    more: int
    most: int
    first: str = ""
    last: str = ""

    @property
    def change(self) -> int:
        """What the group would pay more, below zero for less."""
        return self.after - self.before

    @property
    def same(self) -> int:
        """How many would pay the same."""
        return self.households - self.less - self.more

    def to_data(self) -> dict[str, Any]:
        """Return the group as plain data to store."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that a council asks: in all, by quotient, by kind of household."""

    total: Group
    quotients: tuple[Group, ...]
    residences: tuple[Group, ...]
    children: tuple[Group, ...]
    guardians: tuple[Group, ...]

    def to_data(self) -> dict[str, Any]:
        """Return plain data to store."""
        return {
            "total": self.total.to_data(),
            "quotients": [each.to_data() for each in self.quotients],
            "residences": [each.to_data() for each in self.residences],
            "children": [each.to_data() for each in self.children],
            "guardians": [each.to_data() for each in self.guardians],
        }


def compare(households: Iterable[Household]) -> Comparison:
    """Add the households up, in all and by kind."""
    listed = list(households)
    return Comparison(
        total=_group("total", listed),
        quotients=_by_quotient(listed),
        residences=_by(listed, lambda each: each.residence or UNKNOWN),
        children=_by(listed, _number_of_children),
        guardians=_by(listed, lambda each: "one" if each.guardians < 2 else "two"),
    )


def deciles(quotients: Sequence[Decimal]) -> list[int]:
    """Return the decile, 1 to 10, of each quotient of a rising list.

    Equal quotients stay together, in the decile of the first of them.
    """
    found: list[int] = []
    for index, value in enumerate(quotients):
        if index and quotients[index - 1] == value:
            found.append(found[-1])
        else:
            found.append(index * DECILES // len(quotients) + 1)
    return found


def _by_quotient(households: Sequence[Household]) -> tuple[Group, ...]:
    known = [(each.quotient, each) for each in households if each.quotient is not None]
    known.sort(key=lambda pair: pair[0])
    values = [value for value, _household in known]
    members: dict[int, list[tuple[Decimal, Household]]] = {}
    for decile, pair in zip(deciles(values), known, strict=True):
        members.setdefault(decile, []).append(pair)
    groups = [
        _group(
            str(decile),
            [household for _value, household in pairs],
            first=f"{pairs[0][0]:f}",
            last=f"{pairs[-1][0]:f}",
        )
        for decile, pairs in members.items()
    ]
    without = [each for each in households if each.quotient is None]
    return (*groups, *([_group(UNKNOWN, without)] if without else []))


def _by(
    households: Iterable[Household], key_of: Callable[[Household], str]
) -> tuple[Group, ...]:
    members: dict[str, list[Household]] = {}
    for each in households:
        members.setdefault(key_of(each), []).append(each)
    return tuple(_group(key, members[key]) for key in sorted(members))


def _number_of_children(household: Household) -> str:
    return str(min(household.children, MANY_CHILDREN))


def _group(
    key: str, households: Sequence[Household], *, first: str = "", last: str = ""
) -> Group:
    changes = [each.change for each in households]
    return Group(
        key=key,
        households=len(households),
        places=sum(each.places for each in households),
        before=sum(each.before for each in households),
        after=sum(each.after for each in households),
        less=sum(change < 0 for change in changes),
        more=sum(change > 0 for change in changes),
        most=max([0, *changes]),
        first=first,
        last=last,
    )
