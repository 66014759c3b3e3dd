"""Money: whole minor units with a currency, one rounding rule, fair shares.

Amounts are stored in minor units (cents) and computed in Decimal. Nothing here
accepts a float, and amounts of two currencies never meet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from math import lcm
from typing import Self

from babel import Locale
from babel.numbers import format_currency

#: Digits after the decimal point, for each currency a town may bill in.
MINOR_DIGITS = {"EUR": 2, "CAD": 2}

# Its own context: a caller that lowers the precision must not change a price.
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


class MoneyError(ValueError):
    """An amount that cannot be."""


class UnknownCurrencyError(MoneyError):
    """The currency is not one that towns bill in."""


class CurrencyMismatchError(MoneyError):
    """Two amounts of different currencies were added or compared."""


class NotExactError(MoneyError):
    """A float, an infinite or an undefined number was given as an amount."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units: `Money(235, "EUR")` is 2.35 euros."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is not whole minor units of a known currency."""
        if type(self.minor) is not int:
            raise NotExactError(f"minor units are whole: {self.minor!r}")
        if self.currency not in MINOR_DIGITS:
            raise UnknownCurrencyError(f"unknown currency: {self.currency!r}")

    @classmethod
    def from_decimal(cls, amount: Decimal, currency: str) -> Self:
        """Round `amount`, in major units, to the minor unit of `currency`."""
        if currency not in MINOR_DIGITS:
            raise UnknownCurrencyError(f"unknown currency: {currency!r}")
        digits = MINOR_DIGITS[currency]
        rounded = round_half_up(amount, digits)
        return cls(int(rounded.scaleb(digits, _WIDE)), currency)

    @classmethod
    def zero(cls, currency: str) -> Self:
        """Return nothing, in `currency`."""
        return cls(0, currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, with every digit of the minor unit."""
        return Decimal(self.minor).scaleb(-MINOR_DIGITS[self.currency], _WIDE)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> "Money":
        if type(times) is not int:
            raise NotExactError(f"money is multiplied by whole numbers: {times!r}")
        return Money(self.minor * times, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._same(other)

    def __str__(self) -> str:
        return f"{self.decimal} {self.currency}"

    def split(self, weights: Sequence[int | Decimal]) -> list["Money"]:
        """Share the amount by `weights`, to the last cent (see `allocate`)."""
        shares = allocate(self.minor, weights)
        return [Money(share, self.currency) for share in shares]

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatchError(
                f"{self.currency} and {other.currency} do not mix"
            )
        return other.minor


def round_half_up(value: Decimal, exponent: int = 2) -> Decimal:
    """Round to `exponent` decimals, halves away from zero: the only rounding.

    Raises NotExactError for a float, an infinity or a NaN.
    """
    exact: object = value  # A caller without types may bring a float.
    if not (isinstance(exact, Decimal) and exact.is_finite()):
        raise NotExactError(f"not an exact amount: {value!r}")
    return value.quantize(Decimal(1).scaleb(-exponent), context=_WIDE)


def allocate(minor: int, weights: Sequence[int | Decimal]) -> list[int]:
    """Share whole minor units by weight, losing and creating none.

    Each share is rounded towards zero, then the units left go one by one to the
    largest remainders; equal remainders are served in the order given.
    """
    whole = _whole_weights(weights)
    total = sum(whole)
    if total == 0 or min(whole) < 0:
        raise MoneyError("weights are positive or zero, and not all zero")
    size, sign = abs(minor), -1 if minor < 0 else 1
    shares = [size * weight // total for weight in whole]
    by_remainder = sorted(range(len(whole)), key=lambda i: -(size * whole[i] % total))
    for index in by_remainder[: size - sum(shares)]:
        shares[index] += 1
    return [sign * share for share in shares]


def _whole_weights(weights: Sequence[int | Decimal]) -> list[int]:
    """Scale weights to whole numbers that keep their proportions exactly."""
    ratios = [weight.as_integer_ratio() for weight in weights]
    scale = lcm(*(denominator for _, denominator in ratios))
    return [numerator * scale // denominator for numerator, denominator in ratios]


def format_money(money: Money, locale: str) -> str:
    """Write an amount for people: `fr-ca` gives "12,00 $"."""
    return format_amount(money.decimal, money.currency, locale)


def format_amount(amount: Decimal, currency: str, locale: str) -> str:
    """Write an amount with all its decimals, at least those of the currency.

    For the steps of a calculation, where 3.2508 must not read 3.25.
    """
    return format_currency(
        amount,
        currency,
        locale=Locale.parse(locale.replace("-", "_")),
        decimal_quantization=False,
    )
