"""Many prices at once: the same as one by one, with less work."""

from dataclasses import fields
from datetime import timedelta
from decimal import Decimal, getcontext, localcontext
from itertools import count, islice

import pytest
from hypothesis import given, strategies as st

from catalog.domain.prices import (
    MissingFactError,
    NoRuleAppliesError,
    Price,
    PriceContext,
    PriceError,
    parse_tariff,
    price_each,
    price_for,
    price_many,
    replay,
)
from catalog.domain.prices.bulk import AT_ONCE, WRITTEN
from tests.catalog.domain.prices.builders import (
    LATE,
    MONDAY,
    adjustment,
    context,
    rule,
    tariff,
)
from tests.catalog.domain.prices.strategies import FACTS, PARSED, attempt

EFFORT = tariff(
    rule(method="effort_rate", rate="0.36", floor="1", ceiling="5"),
    adjustments=[adjustment("percent", when={"booking": "late"}, percent="50")],
)
# The same numbers, written in several ways and held by several objects.
WRITINGS = st.sampled_from(["0", "0.0", "640", "640.0", "640.00", "100"]).map(Decimal)
ALIKE = st.lists(
    st.builds(
        PriceContext,
        day=st.sampled_from([MONDAY, MONDAY + timedelta(days=1)]),
        quotient=WRITINGS | st.none(),
        quantity=st.sampled_from(["1", "1.0", "2"]).map(Decimal),
        session_amount=WRITINGS | st.none(),
        booking=st.sampled_from([LATE, "in_time"]),
        minutes=st.sampled_from([30, 60]),
        days_a_week=st.just(2),
    ),
    max_size=12,
)


def told(answer):
    """Return all that an answer says, its proof as it is stored."""
    if isinstance(answer, PriceError):
        return answer.code, answer.params
    parts = (answer.care, answer.meal, answer.other)
    return answer.minor, answer.currency, parts, answer.trace.to_data()


@given(st.sampled_from(PARSED), st.lists(FACTS, max_size=8))
def test_each_answer_is_that_of_one_by_one_errors_too(known, several):
    _, parsed = known

    together = list(price_each(parsed, several))

    assert list(map(told, together)) == [told(attempt(parsed, x)) for x in several]


@given(st.sampled_from(PARSED), ALIKE)
def test_equal_numbers_written_otherwise_keep_their_own_proof(known, several):
    data, parsed = known

    together = list(price_each(parsed, several))

    assert list(map(told, together)) == [told(attempt(parsed, x)) for x in several]
    for price in together:
        if not isinstance(price, PriceError):
            assert replay(data, price.trace.to_data()) == price


@pytest.mark.parametrize(
    ("method", "fact"),
    [
        ({"method": "effort_rate", "rate": "1", "floor": "0"}, "quotient"),
        ({"method": "session_amount"}, "session_amount"),
        ({"method": "fixed", "amount": "2"}, "quantity"),
    ],
)
def test_a_number_written_otherwise_is_proved_as_it_was_written(method, fact):
    parsed = parse_tariff(tariff(rule(**method)))
    asked = [
        PriceContext.from_data(context().to_data() | {fact: text})
        for text in ("640", "640.0", "640", "640.0", "640")
    ]

    together = price_many(parsed, asked)

    assert list(map(told, together)) == [told(price_for(parsed, x)) for x in asked]
    texts = [str(price.trace.to_data()["steps"]) for price in together]
    assert ["640.0" in text for text in texts] == [False, True, False, True, False]


def test_what_the_tariff_cannot_tell_apart_is_worked_out_once():
    parsed = parse_tariff(EFFORT)
    quotient = Decimal("900.50")
    asked = [
        PriceContext(
            day=MONDAY + timedelta(days=day), quotient=quotient, child_rank=1 + day % 3
        )
        for day in range(50)
    ]

    together = price_many(parsed, asked)

    assert len({id(price.outcome) for price in together}) == 1
    assert [price.inputs for price in together] == asked


def test_numbers_written_alike_are_worked_out_at_most_twice():
    parsed = parse_tariff(EFFORT)
    asked = [context("900.50") for _ in range(50)]

    together = price_many(parsed, asked)

    assert len({id(each.quotient) for each in asked}) == 50
    assert len({id(price.outcome) for price in together}) <= 2


def test_every_fact_with_decimals_is_told_apart_by_its_writing():
    decimals = {
        each.name for each in fields(PriceContext) if "Decimal" in str(each.type)
    }

    assert decimals == WRITTEN


def test_many_prices_stop_at_the_first_without_a_price():
    parsed = parse_tariff(
        tariff(
            rule(when={"booking": "in_time", "situation": "one"}),
            rule("two", when={"situation": "two"}),
        )
    )
    fine = context(situation="one")

    with pytest.raises(MissingFactError):
        price_many(parsed, [fine, context(), context(situation="three")])
    with pytest.raises(NoRuleAppliesError):
        price_many(parsed, [fine, context(situation="three"), context()])


def test_a_refusal_is_given_again_to_each_and_keeps_nobody_s_facts():
    parsed = parse_tariff(tariff(rule(when={"situation": "one"})))

    answers = list(price_each(parsed, [context(), context(situation="one"), context()]))

    assert isinstance(answers[0], MissingFactError)
    assert isinstance(answers[1], Price)
    assert answers[1].minor == 200
    assert isinstance(answers[2], MissingFactError)
    assert answers[0].__traceback__ is None


def test_prices_are_given_while_others_are_still_to_come():
    parsed = parse_tariff(EFFORT)
    drawn = count()

    first = list(
        islice(price_each(parsed, (context(str(next(drawn))) for _ in count())), 3)
    )

    found = [each.inputs.quotient for each in first if isinstance(each, Price)]
    assert found == [0, 1, 2]
    assert next(drawn) == AT_ONCE


def test_more_contexts_than_are_priced_at_once_keep_their_order():
    parsed = parse_tariff(EFFORT)
    asked = [context(str(number)) for number in range(2 * AT_ONCE + 7)]

    together = price_many(parsed, asked)

    assert [price.inputs for price in together] == asked


def test_the_precision_of_the_caller_changes_no_price_and_is_given_back():
    parsed = parse_tariff(EFFORT)
    asked = [context("1234.56"), context("1234.56", booking=LATE)]

    with localcontext(prec=2):
        together = price_many(parsed, asked)
        answers = price_each(parsed, asked)
        next(answers)
        left = getcontext().prec

    assert left == 2
    assert [price.minor for price in together] == [444, 667]


def test_nothing_asked_is_nothing_priced():
    assert price_many(parse_tariff(EFFORT), []) == []
