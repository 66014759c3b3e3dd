"""The 24 tariff methods of Noethysweb, each through data alone."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from catalog.domain.prices import (
    PriceContext,
    PriceError,
    parse_tariff,
    price_for,
    replay,
)

HERE = Path(__file__).parent
METHODS = yaml.safe_load((HERE / "noethysweb.yaml").read_text())
PAGE = HERE.parents[2] / "docs" / "algorithms" / "prices.md"
COUNT = 24


def answer(tariff, facts):
    """Return the price in major units, or the code of the refusal."""
    context = PriceContext.from_data({"day": "2026-03-09", **facts})
    try:
        price = price_for(parse_tariff(tariff), context)
    except PriceError as refusal:
        return refusal.code
    assert replay(tariff, price.trace.to_data()) == price
    return price.money.decimal


@pytest.mark.parametrize(
    "method", METHODS, ids=[f"{each['number']}-{each['name']}" for each in METHODS]
)
def test_a_method_is_written_as_data_and_gives_its_worked_amounts(method):
    expected = [
        Decimal(amount) if amount[0].isdigit() else amount
        for _facts, amount in method["cases"]
    ]

    found = [answer(method["tariff"], facts) for facts, _amount in method["cases"]]

    assert found == expected


def test_none_of_the_methods_is_missing():
    assert [each["number"] for each in METHODS] == list(range(1, COUNT + 1))


def test_the_page_says_how_each_method_is_written():
    _before, _title, told = PAGE.read_text().partition("\n## The 24 methods")
    section = told.partition("\n## ")[0]
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", section, re.MULTILINE)

    assert [(int(number), name.strip()) for number, name in rows] == [
        (each["number"], each["name"]) for each in METHODS
    ]
