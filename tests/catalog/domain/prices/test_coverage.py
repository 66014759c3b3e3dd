"""Rules that nobody can reach are found, and only those."""

from itertools import product

import pytest
from hypothesis import given, strategies as st

from catalog.domain.prices import Booking, Residence, parse_tariff
from catalog.domain.prices.conditions import Codes, Span, When
from catalog.domain.prices.coverage import unreachable
from foundation.reading import ConfigurationError
from tests.catalog.domain.prices.builders import context, rule, tariff


def refused(*rules):
    with pytest.raises(ConfigurationError) as refusal:
        parse_tariff(tariff(*rules))
    return [str(problem) for problem in refusal.value.problems]


def test_nothing_comes_after_a_rule_that_always_applies():
    found = refused(rule("all"), rule("late", when={"booking": "late"}))

    assert found == ["rules[1]: unreachable_rule (rule=late)"]


def test_several_rules_together_leave_nothing_to_the_last():
    spans = [
        rule("low", when={"quotient": {"until": "500"}}),
        rule("high", when={"quotient": {"from": "400"}}),
        rule("never"),
    ]

    assert refused(*spans) == ["rules[2]: unreachable_rule (rule=never)"]


def test_a_code_the_tariff_does_not_name_still_reaches_the_last_rule():
    data = tariff(rule("a", when={"situation": "both-work"}), rule("other"))

    assert len(parse_tariff(data).rules) == 2


RESIDENCES = st.frozensets(st.sampled_from(list(Residence)), min_size=1)
TIMINGS = st.frozensets(st.sampled_from(list(Booking)), min_size=1)


@st.composite
def spans(draw):
    start = draw(st.integers(1, 5) | st.none())
    length = draw(st.integers(1, 4) | st.none())
    until = None if length is None else (start or 1) + length
    return Span(start, until) if (start, until) != (None, None) else Span(2)


@st.composite
def conditions(draw):
    matchers = {}
    if draw(st.booleans()):
        matchers["residence"] = Codes(draw(RESIDENCES))
    if draw(st.booleans()):
        matchers["booking"] = Codes(draw(TIMINGS))
    if draw(st.booleans()):
        matchers["child_rank"] = draw(spans())
    return When(matchers)


@given(st.lists(conditions(), min_size=1, max_size=5))
def test_a_rule_is_unreachable_exactly_when_trying_everything_never_reaches_it(rules):
    reached = set()
    for residence, booking, rank in product(Residence, Booking, range(1, 11)):
        facts = context(residence=residence, booking=booking, child_rank=rank)
        first = next((i for i, when in enumerate(rules) if when.holds(facts)), None)
        reached.add(first)

    assert set(unreachable(rules)) == set(range(len(rules))) - reached
