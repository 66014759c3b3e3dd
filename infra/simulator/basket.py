"""What the family pays for: line items made of inline prices, in one currency."""

from infra.simulator.desk import Desk, check_metadata, new_id
from infra.simulator.errors import ApiError, missing, no_such, not_simulated
from infra.simulator.shapes import shaped
from infra.simulator.store import Json

MOST_ITEMS = 100
LEAST_AMOUNT = 50
PLAYED = {"price_data", "quantity", "metadata"}
PLAYED_PRICE = {"currency", "product_data", "unit_amount", "tax_behavior"}


def line_items(desk: Desk, asked: list[Json]) -> list[Json]:
    """Return LineItem bodies; amounts in minor units of their currency."""
    if len(asked) > MOST_ITEMS:
        raise ApiError(f"Up to {MOST_ITEMS} line items.", param="line_items")
    items = [
        _item(desk, each, f"line_items[{position}]")
        for position, each in enumerate(asked)
    ]
    if len({item["currency"] for item in items}) > 1:
        raise ApiError("All line items must have one currency.", param="line_items")
    total = sum(item["amount_total"] for item in items)
    if total < LEAST_AMOUNT:
        raise ApiError(
            f"The total due must be at least {LEAST_AMOUNT} in minor units: "
            f"it is {total}.",
            code="amount_too_small",
            param="line_items",
        )
    return items


def _item(desk: Desk, asked: Json, where: str) -> Json:
    if "price" in asked:
        raise no_such("price", asked["price"], param=f"{where}[price]")
    _check(asked, PLAYED, ("price_data", "quantity"), where)
    _at_least(1, asked["quantity"], f"{where}[quantity]")
    price = _price(desk, asked["price_data"], f"{where}[price_data]")
    total = price["unit_amount"] * asked["quantity"]
    return shaped(
        {
            "id": new_id("li"),
            "object": "item",
            "amount_discount": 0,
            "amount_subtotal": total,
            "amount_tax": 0,
            "amount_total": total,
            "currency": price["currency"],
            "description": asked["price_data"]["product_data"]["name"],
            "metadata": check_metadata(asked.get("metadata")),
            "price": price,
            "quantity": asked["quantity"],
        }
    )


def _price(desk: Desk, asked: Json, where: str) -> Json:
    _check(asked, PLAYED_PRICE, ("unit_amount", "product_data"), where)
    _at_least(0, asked["unit_amount"], f"{where}[unit_amount]")
    return shaped(
        {
            "id": new_id("price"),
            "object": "price",
            "active": False,
            "billing_scheme": "per_unit",
            "created": desk.now,
            "currency": currency_of(asked["currency"], f"{where}[currency]"),
            "livemode": False,
            "metadata": {},
            "product": new_id("prod"),
            "tax_behavior": asked.get("tax_behavior", "unspecified"),
            "type": "one_time",
            "unit_amount": asked["unit_amount"],
        }
    )


def _check(asked: Json, played: set[str], needed: tuple[str, ...], where: str) -> None:
    if beyond := asked.keys() - played:
        raise not_simulated(f"{where}[{min(beyond)}]")
    for name in needed:
        if name not in asked:
            raise missing(f"{where}[{name}]")


def _at_least(least: int, given: int, param: str) -> None:
    if given < least:
        raise ApiError(
            f"This value must be greater than or equal to {least}.",
            code="parameter_invalid_integer",
            param=param,
        )


def currency_of(asked: str, where: str) -> str:
    """Return the currency in lower case; the simulator plays those of the towns."""
    currency = asked.lower()
    if currency not in {"eur", "cad", "chf", "gbp", "usd"}:
        raise ApiError(f"Invalid currency: {asked}", param=where)
    return currency
