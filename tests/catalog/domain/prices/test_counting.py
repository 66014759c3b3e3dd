"""Minutes make half-hours, quarters, hours, as the vote says."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from catalog.domain.prices import MissingFactError, parse_tariff, price_for
from tests.catalog.domain.prices.builders import context, priced, rule, tariff
from tests.catalog.domain.prices.test_parsing import problems

HALF_HOURS = {"every": 30}


def units(count, minutes):
    found = priced(tariff(count=count), context(minutes=minutes)).trace.steps[0]
    return Decimal(found.params["units"])


@pytest.mark.parametrize(
    ("count", "minutes", "expected"),
    [
        (HALF_HOURS, 0, "0"),
        (HALF_HOURS, 1, "1"),
        (HALF_HOURS, 30, "1"),
        (HALF_HOURS, 37, "2"),
        (HALF_HOURS, 60, "2"),
        ({**HALF_HOURS, "rounding": "completed"}, 59, "1"),
        ({**HALF_HOURS, "rounding": "completed"}, 60, "2"),
        ({**HALF_HOURS, "rounding": "nearest"}, 44, "1"),
        ({**HALF_HOURS, "rounding": "nearest"}, 45, "2"),
        ({**HALF_HOURS, "rounding": "nearest"}, 46, "2"),
        ({**HALF_HOURS, "tolerance": 10}, 40, "1"),
        ({**HALF_HOURS, "tolerance": 10}, 41, "2"),
        ({**HALF_HOURS, "tolerance": 10}, 10, "0"),
        ({**HALF_HOURS, "free": 15}, 15, "0"),
        ({**HALF_HOURS, "free": 15}, 16, "1"),
        ({**HALF_HOURS, "free": 15}, 46, "2"),
        ({**HALF_HOURS, "at_most": "4"}, 500, "4"),
        ({**HALF_HOURS, "at_least": "2"}, 10, "2"),
        ({**HALF_HOURS, "at_least": "2"}, 0, "0"),
        ({**HALF_HOURS, "at_least": "2", "at_most": "2"}, 500, "2"),
        ({"every": 60, "step": 15}, 61, "1.25"),
        ({"every": 60, "step": 15}, 600, "10"),
        ({"every": 60, "step": 15, "rounding": "nearest"}, 67, "1"),
        ({"every": 60, "step": 15, "rounding": "nearest"}, 68, "1.25"),
        ({"every": 60, "step": 1}, 45, "0.75"),
        ({"every": 1440}, 1, "1"),
    ],
)
def test_minutes_make_units(count, minutes, expected):
    assert units(count, minutes) == Decimal(expected)


def test_the_units_are_the_quantity_and_the_trace_says_how():
    data = tariff(
        rule(amount="1.10"),
        count=HALF_HOURS,
        adjustments=[
            {"code": "fee", "method": "amount", "amount": "0.10", "per": "unit"}
        ],
    )

    counted, _base, quantity, fee = priced(
        data, context(minutes=37, quantity=9)
    ).trace.steps

    assert (counted.kind, counted.message) == ("count", "counted")
    assert counted.params == {"minutes": "37", "units": "2", "every": "30"}
    assert quantity.after == "2.20"
    assert fee.after == "2.40"


def test_a_rule_may_count_in_its_own_way():
    data = tariff(
        rule("early", when={"minutes": {"until": 20}}, count={"every": 5}),
        rule("late"),
        count=HALF_HOURS,
    )
    parsed = parse_tariff(data)

    assert price_for(parsed, context(minutes=12)).minor == 600
    assert price_for(parsed, context(minutes=20)).minor == 200


def test_a_rule_that_does_not_count_takes_the_quantity_booked():
    data = tariff(
        rule("counted", when={"variant": "hourly"}, count=HALF_HOURS), rule("set")
    )

    assert priced(data, context(quantity=3)).minor == 600


def test_unknown_minutes_have_no_price():
    with pytest.raises(MissingFactError) as refusal:
        priced(tariff(count=HALF_HOURS))

    assert refusal.value.params == {"fact": "minutes"}


def test_a_third_of_an_hour_loses_nothing():
    thirds = tariff(rule(amount="0.345"), count={"every": 60, "step": 20})

    assert priced(thirds, context(minutes=20)).minor == 12
    assert priced(thirds, context(minutes=60)).minor == 35


def test_the_price_of_a_unit_is_rounded_first_when_the_vote_says_so():
    rate = rule(method="effort_rate", rate="0.0619", ceiling="9")
    once = tariff(rate, count={"every": 60})
    twice = tariff(rate, count={"every": 60}, round_unit_to="0.01")
    facts = context("1003", minutes=600)

    assert priced(once, facts).minor == 621
    assert priced(twice, facts).minor == 620
    (step,) = [
        each
        for each in priced(twice, facts).trace.steps
        if each.message == "unit_rounded"
    ]
    assert (step.kind, step.params) == ("rounding", {"to": "0.01"})
    assert (step.before, step.after) == ("0.620857", "0.62")


def test_a_unit_already_round_is_not_said_to_be_rounded():
    found = priced(tariff(round_unit_to="0.50"), context(quantity=3))

    assert [each.message for each in found.trace.steps] == ["fixed", "quantity"]


@pytest.mark.parametrize(
    ("count", "path", "reason"),
    [
        ({}, "count.every", "missing"),
        ({"every": 0}, "count.every", "too_small"),
        ({"every": 1441}, "count.every", "too_large"),
        ({"every": 30, "step": 20}, "count.step", "not_a_divisor"),
        ({"every": 30, "step": 31}, "count.step", "too_large"),
        ({"every": 30, "rounding": "up"}, "count.rounding", "not_allowed"),
        ({"every": 30, "tolerance": 30}, "count.tolerance", "tolerance_too_long"),
        (
            {"every": 30, "step": 10, "tolerance": 10},
            "count.tolerance",
            "tolerance_too_long",
        ),
        (
            {"every": 30, "tolerance": 5, "rounding": "nearest"},
            "count.tolerance",
            "tolerance_needs_started",
        ),
        (
            {"every": 30, "at_most": "1", "at_least": "2"},
            "count.at_most",
            "below_floor",
        ),
        ({"every": 30, "at_most": "-1"}, "count.at_most", "too_small"),
        ({"every": 30, "free": -1}, "count.free", "too_small"),
        ({"every": 30, "cap": "1"}, "count.cap", "unknown_key"),
    ],
)
def test_a_count_that_contradicts_itself_is_refused(count, path, reason):
    assert problems(tariff(count=count)) == {path: reason}


def test_a_counted_rule_has_no_condition_on_the_quantity():
    named = rule("many", when={"quantity": {"from": "2"}})

    found = problems(tariff(named, rule("few"), count=HALF_HOURS))

    assert found == {"rules[0].when.quantity": "quantity_is_counted"}


COUNTS = st.fixed_dictionaries(
    {"every": st.sampled_from([15, 30, 60])},
    optional={
        "step": st.sampled_from([5, 15]),
        "tolerance": st.integers(0, 4),
        "free": st.integers(0, 20),
        "at_most": st.sampled_from(["4", "10"]),
    },
)


@given(COUNTS, st.integers(0, 900), st.integers(0, 900))
def test_a_longer_stay_never_costs_less(count, one, other):
    parsed = parse_tariff(tariff(count=count))
    short, long = sorted((one, other))

    assert (
        price_for(parsed, context(minutes=short)).minor
        <= price_for(parsed, context(minutes=long)).minor
    )


@given(st.integers(0, 2000), st.sampled_from([5, 15, 30, 60]))
def test_started_units_are_found_by_counting_minute_by_minute(minutes, every):
    counted, left = 0, minutes
    while left > 0:
        counted, left = counted + 1, left - every

    assert units({"every": every}, minutes) == counted
