"""What looks wrong in the ceilings of a tariff, without being impossible."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal

from catalog.domain.prices.caps import Cap
from catalog.domain.prices.tariff import Tariff
from foundation.money import Money

_PRICES = frozenset({"amount", "amounts", "floor"})


def ceilings_under_prices(tariff: Tariff) -> tuple[Cap, ...]:
    """Return the ceilings that are under the lowest price of one unit.

    Such a ceiling replaces the price list: it is allowed, and worth a warning. Prices
    of nothing are left out; a price without any amount in the list is not looked at.
    """
    amounts = [
        amount
        for rule in tariff.rules
        for amount in _amounts(rule.method, named=False)
        if amount > 0
    ]
    if not amounts:
        return ()
    lowest = Money.from_decimal(min(amounts), tariff.currency).minor
    return tuple(cap for cap in tariff.caps if cap.minor < lowest)


def _amounts(value: object, *, named: bool) -> Iterator[Decimal]:
    """Go through what a method is made of; yield what is under a name of a price."""
    if isinstance(value, Decimal):
        yield from [value] if named else []
        return
    if is_dataclass(value):
        for field in fields(value):
            inside = getattr(value, field.name)
            yield from _amounts(inside, named=field.name in _PRICES)
    within = value.values() if isinstance(value, Mapping) else value
    for each in within if isinstance(within, Iterable) else ():
        if not isinstance(each, str):
            yield from _amounts(each, named=named)
