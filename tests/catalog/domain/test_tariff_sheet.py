from collections.abc import Iterator
from dataclasses import replace
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


def tariff_with(rule: dict[str, Any], *changes: dict[str, Any]) -> dict[str, Any]:
    return {
        "currency": "EUR",
        "unit": "meal",
        "defaults": {"residence": "outside", "regime": "caf"},
        "count": {"every": 30, "tolerance": 5, "at_most": "8"},
        "rules": [rule, {"code": "other", "method": "fixed", "amount": "3.00"}],
        "adjustments": list(changes),
        "round_unit_to": "0.05",
        "split": {"meal": "100"},
    }


@pytest.mark.parametrize(
    "keys",
    [
        {"method": "fixed", "amount": "2.00", "when": {"weekday": "wednesday"}},
        {"method": "fixed", "amount": "2.00", "when": {"regime": ["caf", "msa"]}},
        {"method": "fixed", "amount": "2.00", "when": {"period_kind": "term"}},
        {
            "method": "linear",
            "points": [
                {"quotient": "400", "amount": "1.00"},
                {"quotient": "1200", "amount": "4.60"},
            ],
            "without_quotient": "refuse",
            "when": {"residence": "resident"},
        },
        {
            "method": "quotient_bands",
            "columns": "child_rank",
            "bands": [
                {"until": "700", "amounts": ["5.00", "4.00"]},
                {"from": "700", "amounts": ["9.00", "8.00"]},
            ],
            "when": {"residence": "resident"},
        },
        {
            "method": "effort_bands",
            "bands": [
                {"until": "600", "rate": "0.50", "floor": "2.00"},
                {"from": "600", "rate": "0.80", "ceiling": "9.00"},
            ],
            "when": {"residence": "resident"},
        },
        {
            "method": "bands",
            "of": "minutes",
            "bands": [{"until": 61, "amount": "2.00"}, {"from": 61, "amount": "4.00"}],
            "when": {"residence": "resident"},
        },
        {
            "method": "session_amount",
            "otherwise": "4.00",
            "when": {"residence": "resident"},
        },
        {
            "method": "by_child",
            "columns": "children_present",
            "amounts": ["5.00", "4.50", "4.00"],
            "when": {"starts": {"from": "07:30", "until": "08:00"}},
        },
        {
            "method": "effort_rate",
            "columns": "child_rank",
            "rates": ["0.36", "0.30"],
            "ceiling": "9.00",
            "when": {"booking": "late", "day": {"from": "2026-07-01"}},
        },
        {
            "method": "bands",
            "of": "starts",
            "bands": [
                {"until": "08:00", "amount": "2.00"},
                {"from": "08:00", "amount": "1.00"},
            ],
            "when": {"days_a_week": {"from": 3}},
        },
        {
            "method": "fixed",
            "amount": "3.00",
            "count": {"every": 15},
            "split": {"care": "100"},
            "when": {"event": "late_pickup", "occurrence": {"from": 2, "until": 4}},
        },
    ],
)
def test_a_line_says_the_frequent_methods_and_loses_nothing(keys):
    rules = tariff_with({"code": "first", **keys})

    sheet = sheet_of(rules)

    assert sheet is not None
    assert sheet.lines[0].kept is None
    again = rules_of(sheet)
    before, after = parse_tariff(rules), parse_tariff(again)
    assert (after.rules[0].method, after.rules[0].count) == (
        before.rules[0].method,
        before.rules[0].count,
    )
    assert after.rules[0].when.matchers == before.rules[0].when.matchers
    assert (after.defaults, after.round_unit_to) == (
        before.defaults,
        before.round_unit_to,
    )


def test_the_second_child_and_the_third_may_pay_differently():
    second = {
        "code": "second",
        "when": {"child_rank": {"from": 2, "until": 3}},
        "method": "percent",
        "percent": "-10",
    }
    below = {
        "code": "below",
        "when": {"child_rank": {"from": 3}},
        "method": "band_below",
        "bands": 2,
    }
    grid = {
        "code": "grid",
        "when": {"residence": "resident"},
        "method": "quotient_bands",
        "bands": [{"until": "700", "amount": "1"}, {"from": "700", "amount": "2"}],
    }

    sheet = sheet_of(tariff_with(grid, second, below))

    assert sheet is not None
    assert sheet.supplements == (
        Supplement(
            "take_percent", "10", code="second", child_rank=2, child_rank_until=3
        ),
        Supplement("band_below", "2", code="below", child_rank=3),
    )
    assert rules_of(sheet)["adjustments"] == [second, below]


def test_what_a_line_has_no_words_for_is_kept_as_it_is():
    # Of a later version of the engine.
    several = {"code": "several", "method": "auction", "reserve": "2.00"}
    adults = {"code": "adults", "when": {"moon": "full"}, "method": "zero"}

    sheet = sheet_of(tariff_with(several, adults))

    assert sheet is not None
    assert (sheet.lines[0].kept, sheet.supplements[0].kept) == (several, adults)
    assert sheet.lines[1].kept is None
    again = rules_of(replace(sheet, lines=(*sheet.lines[:1], Line("fixed", "b"))))
    assert (again["rules"][0], again["adjustments"]) == (several, [adults])


def methods() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(
        (TOWNS.parent / "noethysweb.yaml").read_text()
    )
    return found


@pytest.mark.parametrize("method", methods(), ids=lambda each: each["name"])
def test_no_method_is_lost_when_another_part_changes(method):
    sheet = sheet_of(method["tariff"])
    assert sheet is not None
    before, after = parse_tariff(method["tariff"]), parse_tariff(rules_of(sheet))

    for facts, _amount in method["cases"]:
        context = PriceContext.from_data({"day": "2026-03-09", **facts})
        assert priced(after, context) == priced(before, context)


def test_lines_and_supplements_make_a_tariff_with_its_codes():
    sheet = Sheet(
        currency="EUR",
        unit="meal",
        lines=(
            Line("fixed", residences=("resident",), amount="2.00"),
            Line("fixed", residences=("resident",), variants=("adult",), amount="4.00"),
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
        ("rules[2].bands[1].from", Place("lines", 2, "bands", 1, "from")),
        (
            "rules[0].bands[1].amounts[2]",
            Place("lines", 0, "bands", 1, "amounts[2]"),
        ),
        ("rules[0].when.residence", Place("lines", 0, "residences")),
        ("rules[0].when.minutes.until", Place("lines", 0, "spans", key="minutes")),
        ("rules[0].count.step", Place("lines", 0, "count_step", key="step")),
        ("rules[0].split", Place("lines", 0, "care")),
        ("adjustments[0].at_most", Place("supplements", 0, "ceiling")),
        ("caps[1].amount", Place("ceilings", 1, "amount")),
        ("defaults.minutes", Place("sheet", field="default_minutes")),
        ("rules[0]", Place("lines", 0)),
        ("rules[1].ceiling", Place("lines", 1, "ceiling")),
        ("adjustments[0].percent", Place("supplements", 0, "value")),
        ("adjustments[3].amount", Place("supplements", 3, "value")),
        ("split", Place("sheet", field="care")),
        ("count.every", Place("sheet", field="count_every")),
        ("count", Place("sheet", field="count_every")),
        ("adjustments[1].bands", Place("supplements", 1, "value")),
        ("unit", Place("sheet", field="unit")),
    ],
)
def test_a_problem_of_the_rules_finds_its_field(path, place):
    assert place_of(path) == place


def test_limits_ceilings_and_narrow_supplements_are_said_and_lose_nothing():
    most = {"code": "most", "method": "limit", "at_least": "1.00", "at_most": "9.00"}
    long_days = {
        "code": "long",
        "when": {"minutes": {"from": 300}, "children_registered": {"from": 2}},
        "method": "amount",
        "amount": "1.00",
    }
    month = {
        "code": "month",
        "label": "Au plus par mois",
        "amount": "80.00",
        "period": "month",
        "per": "household",
        "activities": ["repas"],
    }
    rules = {
        **tariff_with({"code": "first", "method": "fixed", "amount": "2"}),
        "rules": [{"code": "first", "method": "fixed", "amount": "2"}],
        "adjustments": [most, long_days],
        "caps": [month],
    }

    sheet = sheet_of(rules)

    assert sheet is not None
    assert [each.kept for each in sheet.supplements] == [None, None]
    assert (sheet.supplements[0].floor, sheet.supplements[0].ceiling) == (
        "1.00",
        "9.00",
    )
    again = rules_of(sheet)
    assert (again["adjustments"], again["caps"]) == ([most, long_days], [month])


def test_every_method_of_the_list_is_written_without_text():
    sheets = [sheet_of(method["tariff"]) for method in methods()]

    kept = [line for sheet in sheets if sheet for line in sheet.lines if line.kept]
    kept_too = [each for sheet in sheets if sheet for each in sheet.supplements]
    assert len(sheets) == 24
    assert kept == []
    assert [each for each in kept_too if each.kept] == []


@pytest.mark.parametrize(
    ("by", "amounts"),
    [
        ("regime", {"caf": "1.00", "msa": "2.00"}),
        ("residence", {"resident": "1.00"}),
        ("weekday", {"wednesday": "3.00", "monday": "1.00"}),
        ("variant", {"adult": "4.00", "standard": "2.00", "care-plan": "0.50"}),
        ("situation", {"un-parent": "2.00"}),
    ],
)
def test_a_table_is_said_with_the_codes_that_it_names(by, amounts):
    table = {"code": "some", "method": "table", "by": by, "amounts": amounts}

    sheet = sheet_of(tariff_with(table))

    assert sheet is not None
    assert (sheet.lines[0].kept, sheet.lines[0].by) == (None, by)
    assert list(rules_of(sheet)["rules"][0]["amounts"].items()) == list(amounts.items())


def test_several_special_cases_are_said_together():
    several = {
        "code": "several",
        "when": {"variant": ["adult", "care-plan"]},
        "method": "fixed",
        "amount": "2.00",
    }
    free = {"code": "free", "when": several["when"], "method": "zero"}

    sheet = sheet_of(tariff_with(several, free))

    assert sheet is not None
    assert sheet.lines[0].variants == sheet.supplements[0].variants
    assert sheet.lines[0].variants == ("adult", "care-plan")
    again = rules_of(sheet)
    assert (again["rules"][0], again["adjustments"]) == (several, [free])
