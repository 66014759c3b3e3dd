"""What holds for every tariff of every town and for any facts."""

import json
from datetime import date
from decimal import Decimal
from itertools import pairwise

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
    if isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
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
