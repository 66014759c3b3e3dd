"""What is refused and what is done is said with all that a sentence needs."""

from decimal import Decimal

import pytest

from catalog.domain.prices import PriceError, parse_tariff, price_for, price_many
from catalog.domain.prices.errors import MissingFactError, NoRuleAppliesError
from foundation.reading import ConfigurationError
from tests.catalog.domain.prices.builders import (
    LATE,
    adjustment,
    context,
    priced,
    rule,
    tariff,
)


def grid(*bands, method="quotient_bands", **keys):
    return rule(method=method, bands=list(bands), **keys)


COLUMNS = {"columns": "child_rank"}


WITHOUT = "rules[0].without_quotient: not_allowed (value=top, allowed="
ROUNDED = "count.rounding: not_allowed (value=up, allowed="
BY = "rules[0].by: not_allowed (value=age, allowed=residence, booking, weekday, "
COLUMN = "rules[0].columns: not_allowed (value=age, allowed=child_rank, "


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            tariff(adjustments=[adjustment("limit", at_least="2", at_most="1")]),
            "adjustments[0].at_most: below_floor (floor=2)",
        ),
        (
            tariff(adjustments=[adjustment("limit", at_most="1", at_least="x")]),
            "adjustments[0].at_least: not_a_decimal",
        ),
        (
            tariff(rule(when={"minutes": {"from": 9, "until": 9}}), rule("b")),
            "rules[0].when.minutes.until: not_after_from (start=9)",
        ),
        (
            tariff(rule(when={"minutes": {"until": 44641}}), rule("b")),
            "rules[0].when.minutes.until: too_large (at_most=44640)",
        ),
        (
            tariff(rule(when={"quotient": {}}), rule("b")),
            "rules[0].when.quotient: no_bound",
        ),
        (
            tariff(count={"every": 30, "step": 20}),
            "count.step: not_a_divisor (every=30)",
        ),
        (
            tariff(count={"every": 30, "step": 10, "tolerance": 10}),
            "count.tolerance: tolerance_too_long (step=10)",
        ),
        (
            tariff(count={"every": 30, "at_least": "2", "at_most": "1.5"}),
            "count.at_most: below_floor (floor=2)",
        ),
        (tariff(count={"every": 0}), "count.every: too_small (at_least=1)"),
        (tariff(count={"every": 1441}), "count.every: too_large (at_most=1440)"),
        (
            tariff(count={"every": 30, "step": 31}),
            "count.step: too_large (at_most=30)",
        ),
        (
            tariff(count={"every": 30, "step": 0}),
            "count.step: too_small (at_least=1)",
        ),
        (
            tariff(count={"every": 30, "free": 1441}),
            "count.free: too_large (at_most=1440)",
        ),
        (
            tariff(count={"every": 30, "tolerance": -1}),
            "count.tolerance: too_small (at_least=0)",
        ),
        (
            tariff(count={"every": 30, "rounding": "up"}),
            f"{ROUNDED}started, completed, nearest)",
        ),
        (
            tariff(count={"every": 30, "at_least": "-1"}),
            "count.at_least: too_small (at_least=0)",
        ),
        (
            tariff(grid({"until": "5", "amount": "1"}, {"from": "4", "amount": "1"})),
            "rules[0].bands[1].from: band_overlaps (expected=5)",
        ),
        (
            tariff(grid({"until": "5", "amount": "1"}, {"from": "6", "amount": "1"})),
            "rules[0].bands[1].from: hole_before_band (expected=5)",
        ),
        (
            tariff(grid({"from": "5", "until": "5", "amount": "1"})),
            "rules[0].bands[0].until: not_after_from (start=5)",
        ),
        (
            tariff(
                grid(
                    {"until": "5", "amounts": ["1", "2"]},
                    {"from": "5", "amounts": ["1", "2", "3"]},
                    **COLUMNS,
                )
            ),
            "rules[0].bands[1].amounts: columns_differ (expected=2)",
        ),
        (
            tariff(
                grid(
                    {"until": "5", "rates": ["1", "2", "3"]},
                    {"from": "5", "rates": ["1", "2"]},
                    method="effort_bands",
                    **COLUMNS,
                )
            ),
            "rules[0].bands[1].rates: columns_differ (expected=3)",
        ),
        (
            tariff(grid({"amounts": ["1"]}, **COLUMNS)),
            "rules[0].bands[0].amounts: wrong_number_of_columns (fewest=2, most=12)",
        ),
        (
            tariff(rule(method="linear", points=[{"quotient": "1", "amount": "1"}])),
            "rules[0].points: too_few_points (fewest=2)",
        ),
        (
            tariff(
                rule(
                    method="linear",
                    points=[
                        {"quotient": "7", "amount": "1"},
                        {"quotient": "7", "amount": "2"},
                    ],
                )
            ),
            "rules[0].points[1].quotient: points_not_in_order (before=7)",
        ),
        (
            tariff(
                rule(
                    method="linear",
                    without_quotient="top",
                    points=[
                        {"quotient": "1", "amount": "1"},
                        {"quotient": "2", "amount": "2"},
                    ],
                )
            ),
            f"{WITHOUT}highest_price, refuse)",
        ),
        (
            tariff(rule(method="effort_rate", rate="1", floor="3", ceiling="2")),
            "rules[0].ceiling: below_floor (floor=3)",
        ),
        (
            tariff(rule(method="effort_rate", rate="1", without_quotient="top")),
            f"{WITHOUT}ceiling, refuse)",
        ),
        (
            tariff(rule(method="table", by="age", amounts={"x": "1"})),
            f"{BY}situation, variant, regime, period_kind)",
        ),
        (
            tariff(rule(method="table", by="regime", amounts={"mgen": "1"})),
            "rules[0].amounts.mgen: not_allowed (value=mgen, allowed=caf, msa, none)",
        ),
        (
            tariff(rule(method="by_child", columns="age", amounts=["1", "2"])),
            f"{COLUMN}children_registered, children_present, present_rank)",
        ),
        (
            tariff(rule(method="by_child", amounts=["1", "2"])),
            "rules[0].columns: missing",
        ),
        (
            tariff(split={"meal": "99.5"}),
            "split: shares_not_100 (total=99.5)",
        ),
        (
            tariff(rule(), rule("second")),
            "rules[1]: unreachable_rule (rule=second)",
        ),
        (
            tariff(
                rule("named", when={"quantity": {"from": "2"}}, count={"every": 30}),
                rule(),
            ),
            "rules[0].when.quantity: quantity_is_counted (rule=named)",
        ),
        (
            tariff(
                adjustments=[adjustment("zero", "lost", when={"event": "late_pickup"})]
            ),
            "adjustments[0]: event_without_price (rule=lost)",
        ),
    ],
)
def test_a_problem_says_where_it_is_what_it_is_and_with_which_figures(data, expected):
    with pytest.raises(ConfigurationError) as refusal:
        parse_tariff(data)

    assert [str(problem) for problem in refusal.value.problems] == [expected]


@pytest.mark.parametrize(
    ("change", "message", "params", "after"),
    [
        (
            adjustment("amount", amount="0.5"),
            "supplement_amount",
            {"amount": "0.5"},
            "2.50",
        ),
        (
            adjustment("amount", amount="-0.5"),
            "reduction_amount",
            {"amount": "0.5"},
            "1.50",
        ),
        (
            adjustment("percent", percent="0.5"),
            "supplement_percent",
            {"percent": "0.5"},
            "2.0100",
        ),
        (
            adjustment("percent", percent="-0.5"),
            "reduction_percent",
            {"percent": "0.5"},
            "1.9900",
        ),
        (adjustment("replace", amount="9"), "replaced", {}, "9"),
        (adjustment("zero"), "free", {}, "0"),
        (adjustment("limit", at_least="3"), "at_least", {}, "3"),
        (adjustment("limit", at_most="1"), "at_most", {}, "1"),
        (adjustment("limit", at_most="2"), "within_limits", {}, "2.00"),
    ],
)
def test_an_adjustment_says_what_it_did(change, message, params, after):
    step = priced(tariff(adjustments=[change])).trace.steps[1]

    assert (step.kind, step.message) == ("adjustment", message)
    assert step.params == {"adjustment": "change", **params}
    assert (step.before, Decimal(step.after or "x")) == ("2.00", Decimal(after))


def test_a_limit_for_each_unit_holds_below_too():
    limit = adjustment("limit", at_least="3.00", per="unit")

    assert priced(tariff(adjustments=[limit]), context(quantity=2)).minor == 600


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (MissingFactError(fact="quotient"), "missing_fact (fact=quotient)"),
        (
            NoRuleAppliesError(variant="a", day="b"),
            "no_rule_applies (variant=a, day=b)",
        ),
        (PriceError(), "no_price"),
    ],
)
def test_an_error_shows_its_code_and_its_figures(error, shown):
    assert str(error) == shown


def test_an_error_of_a_price_names_what_was_looked_for():
    by_day = tariff(rule(method="table", by="weekday", amounts={"sunday": "1"}))
    by_variant = tariff(rule(when={"residence": "outside"}))
    by_situation = tariff(rule(method="table", by="situation", amounts={"a": "1"}))

    for data, expected in (
        (by_day, "outside_grid (fact=weekday, value=monday)"),
        (by_situation, "missing_fact (fact=situation)"),
        (by_variant, "missing_fact (fact=residence)"),
    ):
        with pytest.raises(PriceError) as refusal:
            price_for(parse_tariff(data), context())
        assert str(refusal.value) == expected
    with pytest.raises(
        NoRuleAppliesError, match=r"no_rule_applies \(variant=standard\)"
    ):
        priced(tariff(rule(when={"booking": "in_time"})), context(booking=LATE))


def test_a_table_says_the_code_it_was_read_by():
    by_day = tariff(rule(method="table", by="weekday", amounts={"monday": "1"}))

    (step,) = priced(by_day).trace.steps

    assert (step.kind, step.message, step.before) == ("base", "table", None)
    assert step.params == {"by": "weekday", "value": "monday"}
    assert parse_tariff(by_day).facts == ("day", "event", "quantity", "variant")


AMOUNTS, RATES = {"amounts": ["1", "2", "3"]}, {"rates": ["1", "2", "3"]}


@pytest.mark.parametrize(
    "keys",
    [
        {"method": "by_child", **AMOUNTS},
        {"method": "quotient_bands", "bands": [AMOUNTS]},
        {"method": "bands", "of": "quantity", "bands": [AMOUNTS]},
        {"method": "effort_rate", **RATES},
        {"method": "effort_bands", "bands": [RATES]},
    ],
)
def test_in_bulk_each_child_keeps_its_own_column(keys):
    parsed = parse_tariff(tariff(rule(columns="present_rank", **keys)))
    asked = [context("100", present_rank=rank) for rank in (1, 2, 3, 4)]

    found = [price.minor for price in price_many(parsed, asked)]

    assert found == [100, 200, 300, 300]
    assert "present_rank" in parsed.facts


def test_in_bulk_minutes_and_quotients_are_told_apart():
    line = [{"quotient": "0", "amount": "0"}, {"quotient": "100", "amount": "1"}]
    parsed = parse_tariff(
        tariff(rule(method="linear", points=line), count={"every": 30})
    )
    asked = [
        context(quotient, minutes=minutes)
        for quotient in ("50", "100")
        for minutes in (30, 60)
    ]

    assert [price.minor for price in price_many(parsed, asked)] == [50, 100, 100, 200]
    assert parsed.facts == ("event", "minutes", "quantity", "quotient", "variant")


def test_in_bulk_a_session_keeps_its_own_amount():
    parsed = parse_tariff(tariff(rule(method="session_amount")))
    asked = [context(session_amount=Decimal(amount)) for amount in (1, 2)]

    assert [price.minor for price in price_many(parsed, asked)] == [100, 200]
