"""A stored price can be read again, and worked out again to the same cent."""

import json
from dataclasses import replace

import pytest

from catalog.domain.prices import (
    ReplayDiffersError,
    TariffChangedError,
    Trace,
    parse_tariff,
    price_for,
    replay,
)
from tests.catalog.domain.prices.builders import (
    LATE,
    RESIDENT,
    adjustment,
    context,
    priced,
    rule,
    tariff,
)
from tests.catalog.domain.towns import tariff_of

LATE_MEAL = context("700", residence=RESIDENT, booking=LATE)


def stored(price):
    return json.loads(json.dumps(price.trace.to_data()))


def test_a_trace_shows_the_facts_and_each_step_as_plain_data():
    data = stored(priced(tariff_of("roncq", "meal"), LATE_MEAL))

    assert data["rule"] == "resident"
    assert data["minor"] == 485
    assert data["inputs"]["quotient"] == "700"
    assert data["steps"] == [
        {
            "kind": "base",
            "message": "quotient_band",
            "params": {"quotient": "700", "from": "640", "until": "860"},
            "before": None,
            "after": "2.35",
        },
        {
            "kind": "adjustment",
            "message": "supplement_amount",
            "params": {
                "adjustment": "not-booked-in-time",
                "because": "booking",
                "value": "late",
                "amount": "2.50",
            },
            "before": "2.35",
            "after": "4.85",
        },
    ]


def test_a_stored_trace_is_read_back_as_it_was():
    price = priced(tariff_of("roncq", "meal"), LATE_MEAL)

    assert Trace.from_data(stored(price)) == price.trace


def test_a_stored_price_is_worked_out_again_to_the_same_cent():
    grid = tariff_of("roncq", "meal")
    price = priced(grid, LATE_MEAL)

    assert replay(grid, stored(price)) == price
    assert replay(grid, price.trace) == price


def test_a_price_is_not_replayed_with_other_rules():
    price = priced(tariff(rule(amount="2.00")))

    with pytest.raises(TariffChangedError):
        replay(tariff(rule(amount="2.01")), stored(price))


def test_a_price_of_another_engine_is_not_replayed():
    data = stored(priced(tariff())) | {"engine": 0}

    with pytest.raises(TariffChangedError):
        replay(tariff(), data)


@pytest.mark.parametrize("change", [{"minor": 199}, {"rule": "other"}, {"steps": []}])
def test_a_stored_price_that_was_tampered_with_is_found(change):
    data = stored(priced(tariff())) | change

    with pytest.raises(ReplayDiffersError):
        replay(tariff(), data)


def test_the_facts_asked_for_are_kept_even_when_defaults_completed_them():
    data = tariff(
        rule(when={"residence": "outside"}),
        defaults={"residence": "outside"},
        adjustments=[adjustment("zero", when={"booking": "late"})],
    )

    price = price_for(parse_tariff(data), context())

    assert price.trace.inputs == context()
    assert replay(data, stored(price)) == price


def test_steps_lead_from_one_amount_to_the_next():
    data = tariff(
        rule(amount="0.335"),
        adjustments=[
            adjustment("percent", "half", percent="-50"),
            adjustment("amount", "fee", amount="-9"),
        ],
    )

    steps = priced(data, context(quantity=3)).trace.steps

    assert [step.after for step in steps[:-1]] == [step.before for step in steps[1:]]


def test_a_trace_is_frozen():
    trace = priced(tariff()).trace

    assert replace(trace, minor=1) != trace
    with pytest.raises(AttributeError):
        trace.minor = 1  # type: ignore[misc]  # What we refuse.


def test_the_labels_a_town_wrote_are_kept_in_the_trace():
    labelled = tariff(
        rule(label="Repas enfant"),
        adjustments=[adjustment("zero", label="Sortie scolaire")],
    )

    first, _, last = priced(labelled).trace.steps

    assert first.params == {"rule": "all", "label": "Repas enfant"}
    assert last.params == {"adjustment": "change", "label": "Sortie scolaire"}
