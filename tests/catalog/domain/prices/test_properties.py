"""What holds for every tariff of every town and for any facts."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor

import pytest
from hypothesis import given, strategies as st

from catalog.domain.prices import (
    PriceError,
    Residence,
    parse_tariff,
    price_for,
    price_many,
    replay,
)
from foundation.money import Money, round_half_up
from foundation.reading import ConfigurationError
from tests.catalog.domain.prices.builders import RESIDENT, context, rule, tariff
from tests.catalog.domain.prices.strategies import (
    FACTS,
    PARSED,
    QUOTIENTS,
    VARIANTS,
    attempt,
)
from tests.catalog.domain.towns import TARIFFS, tariff_of


def answers_or_refuses(data):
    try:
        return parse_tariff(data)
    except ConfigurationError as refusal:
        return refusal.problems


def leaves(value):
    """Go through everything inside plain data, or inside a price itself."""
    if isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from leaves(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from leaves(getattr(value, each.name))
    else:
        yield value


@given(st.sampled_from(PARSED), FACTS)
def test_a_price_is_replayed_splits_to_the_cent_and_holds_no_float(known, facts):
    data, parsed = known
    price = attempt(parsed, facts)
    if isinstance(price, PriceError):
        return  # A refusal is a right answer; others prove that prices are given.

    stored = price.trace.to_data()

    assert price.minor >= 0
    assert price.care + price.meal + price.other == price.minor
    assert replay(data, json.loads(json.dumps(stored))) == price
    assert not [leaf for leaf in leaves(stored) if isinstance(leaf, float)]
    assert not [leaf for leaf in leaves(price) if isinstance(leaf, float)]
    assert (price.trace.steps[-1].after or "").strip() != ""
    assert Decimal(price.trace.steps[-1].after) == price.money.decimal


@given(st.sampled_from(PARSED), st.lists(FACTS, max_size=8))
def test_pricing_together_changes_nothing(known, several):
    _, parsed = known
    priceable = [
        facts for facts in several if not isinstance(attempt(parsed, facts), PriceError)
    ]

    together = price_many(parsed, priceable)

    assert together == [price_for(parsed, facts) for facts in priceable]


@given(QUOTIENTS, QUOTIENTS, st.sampled_from([("roncq", "care"), ("2c2r", "care")]))
def test_a_higher_quotient_never_pays_less_where_bands_rise(one, other, name):
    parsed = parse_tariff(tariff_of(*name))
    low, high = (
        price_for(parsed, context(residence=RESIDENT, quotient=str(quotient))).minor
        for quotient in sorted((one, other))
    )

    assert low <= high


@given(QUOTIENTS | st.none())
def test_an_effort_rate_stays_between_its_floor_and_its_ceiling(quotient):
    parsed = parse_tariff(tariff_of("fay_aux_loges", "meal"))
    facts = context(None if quotient is None else str(quotient))

    assert 260 <= price_for(parsed, facts).minor <= 450


EDGES = st.lists(st.integers(1, 3000), min_size=1, max_size=8, unique=True).map(sorted)


@given(EDGES, QUOTIENTS)
def test_the_band_found_is_the_one_that_a_plain_search_finds(edges, quotient):
    bounds = [0, *edges, None]
    bands = [
        {"from": str(start), "amount": str(index)}
        | ({} if until is None else {"until": str(until)})
        for index, (start, until) in enumerate(pairwise(bounds))
    ]
    expected = sum(1 for edge in edges if quotient >= edge)

    grid = parse_tariff(tariff(rule(method="quotient_bands", bands=bands)))
    price = price_for(grid, context(str(quotient)))

    assert price.minor == expected * 100


AMOUNTS = st.decimals(min_value=0, max_value=50, places=2)


@st.composite
def lines(draw):
    quotients = sorted(draw(st.sets(st.integers(0, 3000), min_size=2, max_size=5)))
    amounts = draw(
        st.lists(AMOUNTS, min_size=len(quotients), max_size=len(quotients)).map(sorted)
    )
    return [
        {"quotient": str(quotient), "amount": str(amount)}
        for quotient, amount in zip(quotients, amounts, strict=True)
    ]


@given(lines(), QUOTIENTS, QUOTIENTS)
def test_a_line_that_rises_is_never_lower_for_more_and_stays_between_its_ends(
    points, one, other
):
    line = parse_tariff(tariff(rule(method="linear", points=points)))
    low, high = (
        price_for(line, context(str(each))).money.decimal
        for each in sorted((one, other))
    )

    assert Decimal(points[0]["amount"]) <= low <= high <= Decimal(points[-1]["amount"])
    assert price_for(line, context()).money.decimal == Decimal(points[-1]["amount"])


@given(lines(), QUOTIENTS)
def test_a_price_on_a_line_is_the_fraction_rounded_once(points, quotient):
    line = parse_tariff(tariff(rule(method="linear", points=points)))
    known = [(Fraction(p["quotient"]), Fraction(p["amount"])) for p in points]
    asked = Fraction(quotient)

    expected = known[0][1] if asked < known[0][0] else known[-1][1]
    for (left, start), (right, end) in pairwise(known):
        if left <= asked < right:
            expected = start + (end - start) * (asked - left) / (right - left)

    cents = floor(expected * 100 + Fraction(1, 2))
    assert price_for(line, context(str(quotient))).minor == cents


RATES = st.decimals(min_value=0, max_value=2, places=3)


@given(EDGES, st.lists(RATES, min_size=9, max_size=9), AMOUNTS, AMOUNTS, QUOTIENTS)
def test_an_effort_band_keeps_its_floor_and_its_ceiling(
    edges, rates, one, other, quotient
):
    floor_price, ceiling = sorted((one, other))
    bounds = [0, *edges, None]
    bands = [
        {"from": str(start), "rate": str(rate)}
        | {"floor": str(floor_price), "ceiling": str(ceiling)}
        | ({} if until is None else {"until": str(until)})
        for (start, until), rate in zip(pairwise(bounds), rates, strict=False)
    ]
    grid = parse_tariff(tariff(rule(method="effort_bands", bands=bands)))
    rate = rates[sum(1 for edge in edges if quotient >= edge)]
    asked = min(max(quotient * rate / 100, floor_price), ceiling)

    price = price_for(grid, context(str(quotient)))

    assert floor_price <= price.money.decimal <= ceiling
    assert price.money == Money.from_decimal(round_half_up(asked), "EUR")
    assert price_for(grid, context()).money.decimal == ceiling


@given(EDGES, st.integers(1, 4), QUOTIENTS)
def test_the_band_below_is_found_as_by_counting_down(edges, lower, quotient):
    bounds = [0, *edges, None]
    bands = [
        {"from": str(start), "amount": str(index)}
        | ({} if until is None else {"until": str(until)})
        for index, (start, until) in enumerate(pairwise(bounds))
    ]
    change = {"code": "second", "method": "band_below", "bands": lower}
    data = tariff(rule(method="quotient_bands", bands=bands), adjustments=[change])
    expected = max(sum(1 for edge in edges if quotient >= edge) - lower, 0)

    assert price_for(parse_tariff(data), context(str(quotient))).minor == expected * 100


COLUMNS = ("child_rank", "children_registered", "children_present", "present_rank")


@given(
    st.sampled_from(COLUMNS),
    st.lists(AMOUNTS, min_size=2, max_size=12),
    st.integers(1, 20),
)
def test_the_column_found_is_that_of_the_child_or_the_last_one(by, amounts, count):
    listed = [str(each) for each in amounts]
    data = tariff(rule(method="by_child", columns=by, amounts=listed))
    walked = amounts[0]
    for number, amount in enumerate(amounts, start=1):
        walked = amount if number <= count else walked

    assert price_for(parse_tariff(data), context(**{by: count})).money.decimal == walked


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["code", "method", "when", "bands", "from", "until", "amount", "rules"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(ANYTHING, st.sampled_from(["currency", "rules", "adjustments", "split", "when"]))
def test_whatever_is_written_the_parser_answers_or_refuses(value, key):

    data = tariff()
    data[key] = value

    assert answers_or_refuses(data)


@pytest.mark.parametrize("name", TARIFFS)
def test_every_tariff_of_the_towns_prices_somebody(name):
    parsed = parse_tariff(tariff_of(*name))
    facts = [
        context("700", residence=residence, variant=variant, booked_on=date(2023, 5, 1))
        for residence in Residence
        for variant in VARIANTS
    ]

    assert any(not isinstance(attempt(parsed, each), PriceError) for each in facts)
