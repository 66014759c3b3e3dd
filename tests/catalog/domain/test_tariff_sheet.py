from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.domain.prices import (
    PriceContext,
    PriceError,
    Tariff,
    parse_tariff,
    price_for,
)
from catalog.domain.prices.context import Booking, Residence
from catalog.domain.tariff_sheet import (
    Line,
    Place,
    Sheet,
    Supplement,
    place_of,
    rules_of,
    sheet_of,
)

TOWNS = Path(__file__).parent / "towns"
DAY = date(2026, 3, 9)


def tariffs() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(TOWNS.glob("*.yaml")):
        for name, rules in yaml.safe_load(file.read_text()).get("tariffs", {}).items():
            yield f"{file.stem} {name}", rules


def priced(tariff: Tariff, context: PriceContext) -> int | str:
    try:
        return price_for(tariff, context).minor
    except PriceError as error:
        return error.code


@pytest.mark.parametrize(("name", "rules"), list(tariffs()))
def test_a_real_tariff_that_a_sheet_can_say_gives_the_same_prices(name, rules):
    sheet = sheet_of(rules)
    if sheet is None:
        pytest.skip("this one is edited as text")
    before, after = parse_tariff(rules), parse_tariff(rules_of(sheet))

    for residence in Residence:
        for quotient in ("0", "399.99", "400", "1150", "5000"):
            for booking in Booking:
                context = PriceContext(
                    day=DAY,
                    residence=residence,
                    quotient=Decimal(quotient),
                    booking=booking,
                    child_rank=3,
                )
                assert priced(after, context) == priced(before, context)


def test_most_real_tariffs_are_written_without_text():
    found = {name: sheet_of(rules) is not None for name, rules in tariffs()}

    said = [name for name, known in found.items() if known]
    assert "roncq meal" in said
    assert "fay_aux_loges meal" in said
    assert "rawdon camp" in said
    assert len(said) >= len(found) - 2


def test_a_condition_that_a_sheet_does_not_know_is_left_to_the_text():
    rules = {
        "currency": "EUR",
        "unit": "meal",
        "rules": [
            {
                "code": "wednesday",
                "when": {"weekday": "wednesday"},
                "method": "fixed",
                "amount": "2.00",
            },
            {"code": "other", "method": "fixed", "amount": "3.00"},
        ],
        "split": {"meal": "100"},
    }

    parse_tariff(rules)

    assert sheet_of(rules) is None


def test_lines_and_supplements_make_a_tariff_with_its_codes():
    sheet = Sheet(
        currency="EUR",
        unit="meal",
        lines=(
            Line("fixed", residences=("resident",), amount="2.00"),
            Line("fixed", residences=("resident",), variant="adult", amount="4.00"),
            Line("fixed", label="Hors commune", amount="3.00"),
        ),
        supplements=(
            Supplement("add", "2.50", bookings=("late", "unbooked")),
            Supplement("take_percent", "25", child_rank=3, label="Troisième enfant"),
            Supplement("free", bookings=("absent_justified",)),
        ),
        default_residence="outside",
        meal="100",
    )

    rules = rules_of(sheet)

    assert [rule["code"] for rule in rules["rules"]] == [
        "resident",
        "resident-adult",
        "hors-commune",
    ]
    assert rules["adjustments"][1] == {
        "code": "troisieme-enfant",
        "label": "Troisième enfant",
        "when": {"child_rank": {"from": 3}},
        "method": "percent",
        "percent": "-25",
    }
    assert rules["split"] == {"meal": "100"}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("rules[2].bands[1].from", Place("lines", 2, "bands", 1)),
        ("rules[0]", Place("lines", 0)),
        ("rules[1].ceiling", Place("lines", 1, "ceiling")),
        ("adjustments[0].percent", Place("supplements", 0, "value")),
        ("adjustments[3].amount", Place("supplements", 3, "value")),
        ("split", Place("sheet", field="care")),
        ("unit", Place("sheet", field="unit")),
    ],
)
def test_a_problem_of_the_rules_finds_its_field(path, place):
    assert place_of(path) == place
