"""A ceiling under the lowest price of the list is allowed, and told."""

import pytest

from catalog.domain.prices import parse_tariff
from catalog.domain.prices.cap_checks import ceilings_under_prices
from tests.catalog.domain.prices.builders import rule, tariff

AMOUNTS = {"resident": "2.50", "outside": "6.00"}
METHODS = [
    rule(amount="2.50"),
    rule(method="table", by="residence", amounts=AMOUNTS),
    rule(method="by_child", columns="child_rank", amounts=["3.00", "2.50"]),
    rule(method="effort_rate", rate="0.01", floor="2.50", ceiling="9.00"),
    rule(
        method="quotient_bands",
        bands=[
            {"from": "0", "until": "500", "amount": "2.50"},
            {"from": "500", "amount": "4.00"},
        ],
    ),
]


def with_ceiling(amount, *rules):
    cap = {"code": "most", "label": "Most", "period": "month", "per": "child"}
    return parse_tariff(tariff(*rules, caps=[cap | {"amount": amount}]))


@pytest.mark.parametrize("each", METHODS, ids=lambda each: each["method"])
def test_only_what_is_under_the_lowest_price_is_told(each):
    low, fair = with_ceiling("2.49", each), with_ceiling("2.50", each)

    assert ceilings_under_prices(low) == low.caps
    assert ceilings_under_prices(fair) == ()


def test_prices_of_nothing_are_left_out():
    free = rule("free", amount="0", when={"residence": ["resident"]})
    low = with_ceiling("2.49", free, rule(amount="2.50"))

    assert ceilings_under_prices(low) == low.caps


def test_the_lowest_price_of_all_the_rules_counts():
    dear = rule("dear", amount="8.00", when={"residence": ["outside"]})

    assert ceilings_under_prices(with_ceiling("2.50", dear, rule(amount="2.50"))) == ()


def test_a_list_without_any_amount_is_not_looked_at():
    assert ceilings_under_prices(with_ceiling("0.01", rule(amount="0"))) == ()
    rate = rule(method="effort_rate", rate="0.5", without_quotient="refuse")
    assert ceilings_under_prices(with_ceiling("0.01", rate)) == ()


def test_a_price_of_some_cents_is_a_price():
    low = with_ceiling("0.49", rule(amount="0.50"))

    assert ceilings_under_prices(low) == low.caps
