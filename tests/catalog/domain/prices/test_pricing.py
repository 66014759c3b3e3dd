"""How a price is made: order of steps, one rounding, shares, refusals."""

from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext

import pytest

from catalog.domain.prices import (
    Booking,
    ContextError,
    MissingFactError,
    NoRuleAppliesError,
    OutsideGridError,
    PriceContext,
    UnknownVariantError,
    parse_tariff,
    price_for,
    price_many,
)
from tests.catalog.domain.prices.builders import (
    LATE,
    MONDAY,
    OUTSIDE,
    RESIDENT,
    adjustment,
    context,
    priced,
    rule,
    tariff,
)


def messages(price):
    return [step.message for step in price.trace.steps]


def minor(*rules, facts=None, **keys):
    return priced(tariff(*rules, **keys), facts).minor


def test_the_first_rule_that_applies_gives_the_price():
    rules = [
        rule("wednesday", when={"weekday": "wednesday"}, amount="9.00"),
        rule("resident", when={"residence": ["resident", "works_here"]}),
        rule("outside", amount="6.50"),
    ]

    wednesday = context(residence=OUTSIDE, day=date(2026, 3, 11))
    assert minor(*rules, facts=wednesday) == 900
    assert minor(*rules, facts=context(residence=RESIDENT)) == 200
    assert minor(*rules, facts=context(residence=OUTSIDE)) == 650


def test_no_rule_no_price():
    only_residents = rule(when={"residence": "resident"})

    with pytest.raises(NoRuleAppliesError):
        minor(only_residents, facts=context(residence=OUTSIDE))


def test_a_rule_that_fails_elsewhere_does_not_ask_for_an_unknown_fact():
    rules = [
        rule("resident-adult", when={"residence": "resident", "variant": "adult"}),
        rule("child", amount="1.00"),
    ]

    assert minor(*rules, facts=context()) == 100


@pytest.mark.parametrize(
    ("when", "fact"),
    [
        ({"residence": "resident"}, "residence"),
        ({"situation": "both-work"}, "situation"),
        ({"quotient": {"until": "500"}}, "quotient"),
        ({"booked_on": {"until": "2026-01-01"}}, "booked_on"),
    ],
)
def test_an_unknown_fact_is_never_taken_for_a_no(when, fact):
    with pytest.raises(MissingFactError) as refusal:
        minor(rule("some", when=when), rule("others"))

    assert refusal.value.params == {"fact": fact}


@pytest.mark.parametrize(
    ("defaults", "when"),
    [
        ({"residence": "outside"}, {"residence": "outside"}),
        ({"situation": "none-work"}, {"situation": "none-work"}),
        ({"quotient": "9999"}, {"quotient": {"from": "2000"}}),
    ],
)
def test_a_published_default_takes_the_place_of_an_unknown_fact(defaults, when):
    (fact,) = defaults
    rules = [rule("default", when=when, amount="9.00"), rule("others")]

    price = priced(tariff(*rules, defaults=defaults))

    assert price.minor == 900
    assert price.trace.steps[0].kind == "default"
    assert price.trace.steps[0].message == f"{fact}_by_default"
    assert price.trace.steps[0].params == {"value": defaults[fact]}


def test_a_default_that_changes_nothing_is_not_mentioned():
    price = priced(tariff(defaults={"residence": "outside"}))

    assert messages(price) == ["fixed"]


def test_a_quotient_outside_all_bands_has_no_price():
    grid = rule(
        method="quotient_bands",
        bands=[{"from": "400", "until": "900", "amount": "1.00"}],
    )

    assert minor(grid, facts=context("400")) == 100
    for outside in ("399.99", "900", "5000"):
        with pytest.raises(OutsideGridError) as refusal:
            minor(grid, facts=context(outside))
        assert refusal.value.params == {"fact": "quotient", "value": outside}


@pytest.mark.parametrize(
    "method",
    [
        {
            "method": "quotient_bands",
            "bands": [{"amount": "1.00"}],
            "without_quotient": "refuse",
        },
        {"method": "effort_rate", "rate": "1", "without_quotient": "refuse"},
        {"method": "effort_rate", "rate": "1"},
        {
            "method": "effort_rate",
            "rate": "1",
            "ceiling": "3",
            "without_quotient": "refuse",
        },
    ],
)
def test_a_tariff_may_refuse_to_price_without_quotient(method):
    with pytest.raises(MissingFactError):
        minor(rule(**method))


@pytest.mark.parametrize(
    ("quotient", "expected", "message"),
    [
        ("100", 260, "effort_rate_floor"),
        ("1000", 360, "effort_rate"),
        ("9000", 450, "effort_rate_ceiling"),
        (None, 450, "quotient_unknown_ceiling"),
    ],
)
def test_an_effort_rate_says_what_bounded_it(quotient, expected, message):
    keys = {"rate": "0.36", "floor": "2.60", "ceiling": "4.50"}

    price = priced(tariff(rule(method="effort_rate", **keys)), context(quotient))

    assert price.minor == expected
    assert messages(price)[0] == message


@pytest.mark.parametrize(
    ("by", "facts", "code"),
    [
        ("situation", {"situation": "one-works"}, "one-works"),
        ("variant", {"variant": "adult"}, "adult"),
        ("weekday", {}, "monday"),
        ("booking", {"booking": LATE}, "late"),
        ("residence", {"residence": RESIDENT}, "resident"),
    ],
)
def test_a_table_gives_the_price_in_front_of_a_code(by, facts, code):
    table = rule(method="table", by=by, amounts={code: "3.30"})

    assert minor(table, facts=context(**facts)) == 330


def test_a_code_that_is_not_in_the_table_has_no_price():
    table = rule(method="table", by="situation", amounts={"one-works": "3.30"})

    with pytest.raises(OutsideGridError):
        minor(table, facts=context(situation="none-work"))
    with pytest.raises(MissingFactError):
        minor(table, facts=context())


def test_a_variant_nobody_named_has_no_price():
    with pytest.raises(UnknownVariantError) as refusal:
        minor(facts=context(variant="adult"))

    assert refusal.value.params == {"variant": "adult"}


def test_adjustments_run_in_the_order_written_on_the_result_of_the_one_before():
    add = adjustment("amount", "add", amount="1.00")
    half_more = adjustment("percent", "half-more", percent="50")

    assert minor(adjustments=[add, half_more]) == 450
    assert minor(adjustments=[half_more, add]) == 400


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"method": "amount", "amount": "2.50"}, 850),
        ({"method": "amount", "amount": "2.50", "per": "unit"}, 1350),
        ({"method": "amount", "amount": "-0.50"}, 550),
        ({"method": "percent", "percent": "50"}, 900),
        ({"method": "percent", "percent": "-25"}, 450),
        ({"method": "percent", "percent": "-100"}, 0),
        ({"method": "replace", "amount": "10.00"}, 1000),
        ({"method": "replace", "amount": "10.00", "per": "unit"}, 3000),
        ({"method": "zero"}, 0),
    ],
)
def test_an_adjustment_applies_to_the_whole_or_to_each_unit(change, expected):
    adjustments = [{"code": "change", **change}]

    assert minor(adjustments=adjustments, facts=context(quantity=3)) == expected


def test_an_adjustment_applies_only_when_its_conditions_hold():
    late = adjustment(
        "percent", when={"booking": "late", "child_rank": {"from": 2}}, percent="50"
    )

    assert minor(adjustments=[late], facts=context(booking=LATE)) == 200
    assert minor(adjustments=[late], facts=context(booking=LATE, child_rank=2)) == 300


def test_a_price_is_never_below_zero_and_the_trace_says_so():
    refund = adjustment("amount", amount="-5.00")

    price = priced(tariff(adjustments=[refund]))

    assert price.minor == 0
    assert messages(price) == ["fixed", "reduction_amount", "not_below_zero"]


def test_a_price_is_rounded_once_at_the_end():
    third_off = adjustment("percent", percent="-33.3333")
    data = tariff(rule(amount="0.335"), adjustments=[third_off])

    price = priced(data, context(quantity=3))

    assert price.minor == 67
    assert messages(price) == ["fixed", "quantity", "reduction_percent", "rounded"]


@pytest.mark.parametrize(
    ("round_to", "expected"),
    [("0.01", 238), ("0.05", 240), ("0.10", 240), ("1.00", 200)],
)
def test_a_town_may_round_to_a_larger_coin(round_to, expected):
    assert minor(rule(amount="2.375"), round_to=round_to) == expected


def test_each_price_is_shared_between_care_meal_and_other():
    shares = {"care": "50", "meal": "25", "other": "25"}

    price = priced(tariff(rule(amount="0.99"), split=shares))

    assert (price.care, price.meal, price.other) == (49, 25, 25)


def test_a_rule_may_have_its_own_shares():
    brings_food = rule(
        "brings-food", when={"variant": "care-plan"}, split={"care": "100"}
    )
    data = tariff(brings_food, rule())

    assert priced(data, context(variant="care-plan")).care == 200
    assert priced(data).meal == 200


def test_the_precision_of_the_caller_does_not_change_a_price():
    data = tariff(rule(amount="123456.785"))

    with localcontext(prec=3):
        price = priced(data)

    assert price.minor == 12345679


@pytest.mark.parametrize(
    "facts",
    [
        {"quotient": 700.0},
        {"quotient": Decimal("NaN")},
        {"quotient": Decimal(-1)},
        {"quantity": 2},
        {"quantity": Decimal(-1)},
        {"child_rank": 0},
        {"children_registered": True},
        {"occurrence": Decimal(1)},
    ],
)
def test_facts_that_cannot_be_are_refused(facts):
    with pytest.raises(ContextError):
        PriceContext(day=MONDAY, **facts)


def test_many_prices_are_the_same_as_one_by_one_and_in_order():
    read = parse_tariff(
        tariff(
            rule(method="effort_rate", rate="0.36", floor="1", ceiling="5"),
            adjustments=[adjustment("percent", when={"booking": "late"}, percent="50")],
        )
    )
    asked = [
        context(str(quotient), booking=booking, day=MONDAY)
        for quotient in range(0, 2000, 97)
        for booking in Booking
    ]
    asked += [replace(each, day=date(2026, 3, 10)) for each in asked]

    together = price_many(read, asked)

    assert together == [price_for(read, each) for each in asked]
    assert [price.trace.inputs for price in together] == asked
