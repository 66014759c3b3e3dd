"""Small tariffs and contexts for the tests of prices."""

from datetime import date
from decimal import Decimal
from typing import Any

from catalog.domain.prices import (
    Booking,
    Price,
    PriceContext,
    Residence,
    parse_tariff,
    price_for,
)

MONDAY = date(2026, 3, 9)

RESIDENT, OUTSIDE = Residence.RESIDENT, Residence.OUTSIDE
WORKS_HERE = Residence.WORKS_HERE
LATE, UNBOOKED = Booking.LATE, Booking.UNBOOKED


def context(quotient: str | None = None, **facts: Any) -> PriceContext:
    """Return the facts of a Monday; quotient and quantity may be texts."""
    if quotient is not None:
        facts["quotient"] = Decimal(quotient)
    facts["quantity"] = Decimal(facts.get("quantity", 1))
    return PriceContext(**{"day": MONDAY, **facts})


def rule(code: str = "all", **keys: Any) -> dict[str, Any]:
    """Return a rule, of two euros unless a method is given."""
    method = keys if "method" in keys else {"method": "fixed", "amount": "2.00", **keys}
    return {"code": code, **method}


def tariff(*rules: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """Return a tariff in euros that is all meal."""
    return {
        "currency": "EUR",
        "unit": "meal",
        "rules": list(rules) or [rule()],
        "split": {"meal": "100"},
        **keys,
    }


def adjustment(method: str, code: str = "change", **keys: Any) -> dict[str, Any]:
    """Return an adjustment."""
    return {"code": code, "method": method, **keys}


def priced(data: dict[str, Any], facts: PriceContext | None = None) -> Price:
    """Price with plain data, through the parser like everything else."""
    return price_for(parse_tariff(data), facts or context())
