"""What a password must be made of.

A town chooses its rule; the platform keeps a floor under it. The floor follows the
French recommendation of 2022 on passwords (CNIL, délibération 2022-100): about 50 bits
where sign-in is slowed down after failures, as it is here. Its example of that level
is eight characters of three kinds out of four; fewer kinds need more characters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import log2
from unicodedata import category


class Kind(StrEnum):
    """The four kinds of characters."""

    LOWER = "lower"
    UPPER = "upper"
    DIGIT = "digit"
    SYMBOL = "symbol"


#: The fewest characters allowed, by the number of kinds that a rule guarantees.
FLOOR = {0: 12, 1: 12, 2: 10, 3: 8, 4: 8}
LONGEST_MINIMUM = 64
#: Names of the conditions that are not about one kind.
LENGTH = "length"
KINDS = "kinds"


@dataclass(frozen=True, slots=True)
class PasswordRule:
    """A town's rule.

    `length` counts characters; `kinds` is how many of the four must be there, whichever
    they are (0 to 4); `required` are the kinds that must be there in any case.
    """

    length: int = FLOOR[0]
    kinds: int = 0
    required: frozenset[Kind] = frozenset()

    @property
    def guaranteed(self) -> int:
        """The number of kinds that every password of this rule has."""
        return max(self.kinds, len(self.required))

    @property
    def shortest_allowed(self) -> int:
        """The fewest characters that the platform allows with these kinds."""
        return FLOOR[self.guaranteed]

    @property
    def is_strong_enough(self) -> bool:
        """Tell whether the rule is not under the floor."""
        return self.length >= self.shortest_allowed

    @property
    def asks_for_any(self) -> bool:
        """Tell whether "n of the four" says more than the required kinds."""
        return self.kinds > len(self.required)

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions, in the order people read them."""
        kinds = tuple(kind.value for kind in Kind if kind in self.required)
        return (LENGTH, *kinds, *([KINDS] if self.asks_for_any else []))


def rule_of(*, length: int, kinds: int, required: Iterable[str]) -> PasswordRule:
    """Return a rule raised to the floor where it lies under it.

    What a town once saved is trusted no more than what somebody typed.
    """
    rule = PasswordRule(length, kinds, frozenset(Kind(kind) for kind in required))
    if rule.is_strong_enough:
        return rule
    return PasswordRule(rule.shortest_allowed, kinds, rule.required)


def kind_of(character: str) -> Kind:
    """Return the kind of a character; letters without capitals count as small ones."""
    sort = category(character)
    if sort == "Nd":
        return Kind.DIGIT
    if sort == "Lu":
        return Kind.UPPER
    return Kind.LOWER if sort.startswith("L") else Kind.SYMBOL


def unmet(rule: PasswordRule, password: str) -> tuple[str, ...]:
    """Return the conditions that a password does not meet, in reading order."""
    found = {kind_of(character) for character in password}
    missing = {kind.value for kind in rule.required - found}
    if len(password) < rule.length:
        missing.add(LENGTH)
    if rule.asks_for_any and len(found) < rule.kinds:
        missing.add(KINDS)
    return tuple(name for name in rule.conditions if name in missing)


def bits(length: int, alphabet: int) -> float:
    """Return the bits of a random password, as the recommendation counts them."""
    return length * log2(alphabet)
