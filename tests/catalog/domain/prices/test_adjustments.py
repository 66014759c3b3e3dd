"""The band below, limits, and what they refuse."""

from decimal import Decimal

import pytest

from catalog.domain.prices import Event, MissingFactError
from foundation.reading import ConfigurationError
from tests.catalog.domain.prices.builders import (
    OUTSIDE,
    RESIDENT,
    adjustment,
    context,
    priced,
    rule,
    tariff,
)
from tests.catalog.domain.prices.test_parsing import problems

BANDS = [
    {"until": "400", "amount": "1.00"},
    {"from": "400", "until": "800", "amount": "2.00"},
    {"from": "800", "amount": "4.00"},
]
GRID = rule(
    "grid", when={"residence": "resident"}, method="quotient_bands", bands=BANDS
)
SECOND = adjustment("band_below", "second", when={"child_rank": {"from": 2}})


def below(*changes, rules=()):
    listed = rules or [GRID, rule("others", amount="6.00")]
    return tariff(*listed, adjustments=list(changes or [SECOND]))


def amount(data, quotient=None, rank=2, **facts):
    known = {"residence": RESIDENT, "child_rank": rank, **facts}
    return priced(data, context(quotient, **known)).money.decimal


@pytest.mark.parametrize(
    ("quotient", "rank", "expected"),
    [
        ("900", 1, "4.00"),
        ("900", 2, "2.00"),
        ("500", 2, "1.00"),
        ("300", 2, "1.00"),
        (None, 2, "2.00"),
    ],
)
def test_the_second_child_pays_the_band_below(quotient, rank, expected):
    assert amount(below(), quotient, rank) == Decimal(expected)


def test_bands_below_add_up_and_stop_at_the_lowest():
    third = adjustment("band_below", "third", when={"child_rank": {"from": 3}})
    two = adjustment("band_below", "two", bands=2)

    assert amount(below(SECOND, third), "900", 3) == 1
    assert amount(below(two), "900", 1) == 1
    assert amount(below(two, SECOND), "900", 2) == 1


def test_the_trace_goes_from_the_band_to_the_one_below():
    facts = context("900", residence=RESIDENT, child_rank=2, quantity=3)

    base, lower, quantity = priced(below(), facts).trace.steps

    assert (base.message, base.after) == ("quotient_last_band", "4.00")
    assert (lower.kind, lower.message) == ("adjustment", "band_below")
    assert (lower.before, lower.after) == ("4.00", "2.00")
    assert lower.params == {
        "adjustment": "second",
        "because": "child_rank",
        "value": "2",
        "bands": "1",
        "from": "400",
        "until": "800",
    }
    assert (quantity.before, quantity.after) == ("2.00", "6.00")


def test_the_band_below_comes_before_the_other_changes_whatever_their_order():
    late = adjustment("amount", "late", amount="2.50")

    assert amount(below(late, SECOND), "900") == Decimal("4.50")


def test_a_price_without_bands_stays_and_the_trace_says_so():
    facts = context(residence=OUTSIDE, child_rank=2)

    base, kept = priced(below(), facts).trace.steps

    assert (base.after, kept.message) == ("6.00", "no_band_below")
    assert (kept.before, kept.after) == ("6.00", "6.00")


def test_the_rate_of_the_band_below_is_taken_of_the_same_quotient():
    rates = rule(
        method="effort_bands",
        bands=[
            {"until": "500", "rate": "0.50", "ceiling": "2.00"},
            {"from": "500", "rate": "1.00", "ceiling": "9.00"},
        ],
    )
    data = below(rules=[rates])

    assert amount(data, "600", 1) == 6
    assert amount(data, "600") == 2
    assert amount(data, "300") == Decimal("1.50")
    assert amount(data) == 2


def test_without_quotient_the_band_below_needs_a_ceiling():
    rates = rule(
        method="effort_bands",
        bands=[
            {"until": "500", "rate": "0.50"},
            {"from": "500", "rate": "1.00", "ceiling": "9.00"},
        ],
    )

    with pytest.raises(MissingFactError, match="fact=quotient"):
        amount(below(rules=[rates]))
    assert amount(below(rules=[rates]), rank=1) == 9


def test_the_band_below_keeps_the_column_of_the_child():
    columns = rule(
        method="quotient_bands",
        columns="child_rank",
        bands=[
            {"until": "500", "amounts": ["3.00", "2.00"]},
            {"from": "500", "amounts": ["6.00", "5.00"]},
        ],
    )

    assert amount(below(rules=[columns]), "900") == 2


def test_the_band_below_is_not_for_another_event():
    late = rule(
        "late", when={"event": "late_pickup"}, method="quotient_bands", bands=BANDS
    )

    data = below(rules=[GRID, rule("others"), late])

    assert amount(data, "900", event=Event.LATE_PICKUP) == 4


@pytest.mark.parametrize(
    ("limits", "price", "expected", "message"),
    [
        ({"at_least": "3.00"}, "2.99", "3.00", "at_least"),
        ({"at_least": "3.00"}, "3.00", "3.00", "within_limits"),
        ({"at_most": "3.00"}, "3.01", "3.00", "at_most"),
        ({"at_most": "3.00"}, "3.00", "3.00", "within_limits"),
        ({"at_least": "1", "at_most": "1"}, "5", "1", "at_most"),
        ({"at_least": "1", "at_most": "1"}, "0", "1", "at_least"),
        ({"at_most": "0"}, "5", "0", "at_most"),
    ],
)
def test_a_limit_keeps_the_price_between_two_amounts(limits, price, expected, message):
    data = tariff(rule(amount=price), adjustments=[adjustment("limit", **limits)])

    found = priced(data)

    assert found.money.decimal == Decimal(expected)
    assert found.trace.steps[1].message == message


def test_a_limit_may_be_for_each_unit():
    data = tariff(
        rule(amount="2.00"),
        adjustments=[adjustment("limit", at_most="1.50", per="unit")],
    )

    assert priced(data, context(quantity=4)).minor == 600


@pytest.mark.parametrize(
    ("change", "path", "reason"),
    [
        (adjustment("limit"), "adjustments[0]", "no_limit"),
        (
            adjustment("limit", at_least="2", at_most="1"),
            "adjustments[0].at_most",
            "below_floor",
        ),
        (adjustment("limit", at_least="-2"), "adjustments[0].at_least", "too_small"),
        (adjustment("limit", at_most="-2"), "adjustments[0].at_most", "too_small"),
        (adjustment("band_below", bands=0), "adjustments[0].bands", "too_small"),
        (adjustment("band_below", bands=21), "adjustments[0].bands", "too_large"),
        (adjustment("band_below"), "adjustments[0]", "no_bands_below"),
        (
            adjustment("zero", when={"event": "late_pickup"}),
            "adjustments[0]",
            "event_without_price",
        ),
    ],
)
def test_an_adjustment_that_contradicts_the_tariff_is_refused(change, path, reason):
    assert problems(tariff(adjustments=[change])) == {path: reason}


def test_the_problem_names_the_adjustment():
    with pytest.raises(ConfigurationError) as refusal:
        priced(tariff(adjustments=[SECOND]))

    assert str(refusal.value) == "adjustments[0]: no_bands_below (rule=second)"
