"""The exact words and figures of errors and traces: sentences are made from them."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from catalog.domain.prices import PriceContext, fingerprint, parse_tariff, replay
from catalog.domain.prices.context import ContextError
from catalog.domain.prices.errors import (
    MissingFactError,
    NoRuleAppliesError,
    OutsideGridError,
    PriceError,
    ReplayDiffersError,
    TariffChangedError,
)
from catalog.domain.prices.trace import number
from foundation.problems import ConfigurationError
from tests.catalog.domain.prices.builders import (
    adjustment,
    context,
    priced,
    rule,
    tariff,
)

# Traces stored years ago name their tariff by such a mark.
FINGERPRINT = "f694098e05d377cb53ee0391dec65f0774fe1ef0a65534a402e8c9677ef33394"
LINE = [{"quotient": "0", "amount": "1"}, {"quotient": "9", "amount": "2"}]
BANDS = [
    {"from": "0", "until": "500", "amount": "1.00"},
    {"from": "500", "until": "900", "amount": "2.00"},
    {"from": "900", "until": "1400", "amount": "3.00"},
    {"from": "1400", "amount": "4.00"},
]
RATES = [
    {"until": "500", "rates": ["1", "0.5"], "floor": "1.00", "ceiling": "8.00"},
    {"from": "500", "rates": ["2", "1"], "floor": "1.00", "ceiling": "20.00"},
]


def problems(data):
    with pytest.raises(ConfigurationError) as refused:
        parse_tariff(data)
    return [
        (each.path, each.reason, dict(each.params)) for each in refused.value.problems
    ]


def told(data, facts=None):
    with pytest.raises(PriceError) as refused:
        priced(data, facts)
    return type(refused.value), refused.value.params


def steps(data, facts=None):
    return [each.to_data() for each in priced(data, facts).trace.steps]


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"quotient": Decimal(-1)}, "quotient"),
        ({"quantity": Decimal(-1)}, "quantity"),
        ({"session_amount": Decimal(-1)}, "session_amount"),
        ({"child_rank": 0}, "child_rank"),
        ({"children_registered": 0}, "children_registered"),
        ({"occurrence": 0}, "occurrence"),
        ({"days_a_week": 0}, "days_a_week"),
        ({"children_present": 0}, "children_present"),
        ({"present_rank": 0}, "present_rank"),
        ({"minutes": -1}, "minutes"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_by_its_name(facts, name):
    with pytest.raises(ContextError, match=rf"^{name} "):
        PriceContext(day=date(2026, 3, 9), **facts)


def test_an_error_without_details_is_its_code():
    assert str(NoRuleAppliesError()) == "no_rule_applies"
    assert str(MissingFactError(fact="minutes")) == "missing_fact (fact=minutes)"


def test_a_label_is_the_first_step_of_a_price():
    labelled = tariff(rule("night", label="Night meal", amount="2.00"))

    assert steps(labelled)[0] == {
        "kind": "rule",
        "message": "rule",
        "params": {"rule": "night", "label": "Night meal"},
        "before": None,
        "after": None,
    }


def test_a_price_is_never_below_zero_and_says_so():
    given = tariff(rule(), adjustments=[adjustment("amount", amount="-5.00")])

    assert steps(given)[-1] == {
        "kind": "limit",
        "message": "not_below_zero",
        "params": {},
        "before": "-3.00",
        "after": "0",
    }


def test_two_reductions_by_bands_go_down_one_after_the_other():
    lower = [adjustment("band_below", code=f"b{rank}", bands=1) for rank in range(3)]
    grid = rule(method="quotient_bands", bands=BANDS)

    assert priced(tariff(grid, adjustments=lower), context("1500")).minor == 1_00
    assert priced(tariff(grid, adjustments=lower[:2]), context("1500")).minor == 2_00


@pytest.mark.parametrize(("rank", "minor"), [(1, 6_00), (2, 3_00)])
def test_a_band_below_keeps_the_column_of_the_child(rank, minor):
    lower = [adjustment("band_below")]
    grid = rule(method="effort_bands", columns="child_rank", bands=RATES)

    price = priced(tariff(grid, adjustments=lower), context("600", child_rank=rank))

    assert price.minor == minor


def test_without_quotient_the_band_below_the_last_gives_its_ceiling():
    lower = [adjustment("band_below")]
    grid = rule(method="effort_bands", columns="child_rank", bands=RATES)

    assert priced(tariff(grid)).minor == 20_00
    assert priced(tariff(grid, adjustments=lower)).minor == 8_00


@pytest.mark.parametrize(
    ("quotient", "message"),
    [("99", "_floor"), ("100", ""), ("800", ""), ("801", "_ceiling")],
)
def test_a_bound_is_told_only_when_it_changes_the_price(quotient, message):
    grid = rule(method="effort_rate", rate="1", floor="1.00", ceiling="8.00")

    assert steps(tariff(grid), context(quotient))[0]["message"] == (
        f"effort_rate{message}"
    )


def test_a_grid_names_the_fact_it_misses():
    grid = rule(method="quotient_bands", bands=BANDS, without_quotient="refuse")

    assert told(tariff(grid)) == (MissingFactError, {"fact": "quotient"})
    open_rate = rule(method="effort_bands", bands=[{"rate": "1"}])
    assert told(tariff(open_rate)) == (MissingFactError, {"fact": "quotient"})


def test_a_value_outside_a_grid_is_told():
    hours = rule(
        method="bands",
        of="starts",
        bands=[{"from": "08:00", "until": "09:30", "amount": "1.00"}],
    )

    found = told(tariff(hours), context(starts=time(9, 30)))

    assert found == (OutsideGridError, {"fact": "starts", "value": "09:30"})


@pytest.mark.parametrize(
    "keys",
    [
        {"method": "quotient_bands", "bands": BANDS},
        {"method": "linear", "points": LINE},
        {"method": "effort_rate", "rate": "1", "ceiling": "8.00"},
    ],
)
def test_another_word_for_those_without_quotient_is_refused(keys):
    given = rule(without_quotient="guess", **keys)

    found = [(path, reason) for path, reason, _params in problems(tariff(given))]

    assert ("rules[0].without_quotient", "not_allowed") in found


def test_a_published_default_is_told_as_it_was_voted():
    grid = tariff(
        rule(method="quotient_bands", bands=BANDS), defaults={"quotient": "1400.00"}
    )

    assert steps(grid)[0]["params"] == {"value": "1400.00"}


def test_the_lowest_count_can_be_a_default():
    grid = tariff(
        rule(method="by_child", columns="children_present", amounts=["4", "3"]),
        defaults={"children_present": 1},
    )

    assert priced(grid).minor == 4_00


def test_less_than_a_unit_may_be_the_most_counted():
    half = rule(amount="2.00", count={"every": 60, "at_most": "0.5"})

    assert priced(tariff(half), context(minutes=600)).minor == 1_00


def test_a_tolerance_lasts_a_day_at_most():
    given = rule(amount="2.00", count={"every": 1440, "tolerance": 1441})

    found = problems(tariff(given))

    assert found[0][:2] == ("rules[0].count.tolerance", "too_large")


def test_a_replay_says_what_it_found():
    given = tariff(rule(amount="2.00"))
    stored = priced(given).trace.to_data()
    mark = stored["tariff"]

    with pytest.raises(TariffChangedError) as changed:
        replay(tariff(rule(amount="2.01")), stored)
    with pytest.raises(ReplayDiffersError) as differs:
        replay(given, stored | {"minor": 199})

    assert changed.value.params == {"tariff": mark, "engine": str(stored["engine"])}
    assert differs.value.params == {"stored": "199", "again": "200"}


def test_the_mark_of_a_tariff_never_changes():
    given = tariff(rule("été", label="Repas d'été", amount="2.00"))

    assert fingerprint(given) == FINGERPRINT


def test_a_repeated_code_and_shares_are_told():
    twice = tariff(rule("one", when={"residence": ["resident"]}), rule("one"))
    short = tariff(rule(), split={"care": "20", "meal": "30", "other": "40"})

    assert ("rules[1].code", "repeated_code", {"value": "one"}) in problems(twice)
    assert ("split", "shares_not_100", {"total": "90"}) in problems(short)


def test_rules_of_different_events_do_not_hide_each_other():
    given = tariff(
        rule("presence", when={"event": ["presence"]}),
        rule("late", amount="5.00", when={"event": ["late_pickup"]}),
    )

    assert set(parse_tariff(given).parts) == {"presence", "late_pickup"}


THREE = [
    {"until": "500", "rates": ["1", "0.5"], "ceiling": "8.00"},
    {"from": "500", "until": "900", "rates": ["2", "1"], "ceiling": "20.00"},
    {"from": "900", "rates": ["3", "1.5"], "ceiling": "60.00"},
]
BY_RANK: dict[str, Any] = {
    "method": "effort_bands",
    "columns": "child_rank",
    "bands": THREE,
}


@pytest.mark.parametrize(("quotient", "minor"), [("600", 6_00), (None, 20_00)])
def test_one_band_below_is_counted_from_the_familys_own(quotient, minor):
    below = tariff(rule(**BY_RANK), adjustments=[adjustment("band_below")])

    assert priced(below, context(quotient)).minor == minor


def test_without_quotient_the_rate_told_is_that_of_the_child():
    first, second = (
        steps(tariff(rule(**BY_RANK)), context(child_rank=rank)) for rank in (1, 2)
    )

    assert [each[-1]["params"]["rate"] for each in (first, second)] == ["3", "1.5"]


def test_bands_of_rates_may_refuse_those_without_quotient():
    grid = tariff(rule(**BY_RANK, without_quotient="refuse"))

    assert told(grid) == (MissingFactError, {"fact": "quotient"})


@pytest.mark.parametrize("quotient", [None, "0", "450", "900"])
@pytest.mark.parametrize(
    "method",
    [
        {"method": "linear", "points": LINE},
        {"method": "effort_bands", "bands": [{"rate": "1", "ceiling": "8.00"}]},
        {"method": "session_amount", "otherwise": "5.00"},
    ],
    ids=lambda each: each["method"],
)
def test_the_first_step_ends_with_the_price_of_one_unit(method, quotient):
    price = priced(tariff(rule(**method)), context(quotient))

    after = price.trace.steps[0].after
    assert after is not None
    assert Decimal(after) * 100 == price.minor


def test_a_number_is_told_without_power_of_ten():
    written = [number(Decimal(text)) for text in ("1E+2", "0E-2", "2.50", "12")]

    assert written == ["100", "0.00", "2.50", "12"]


def test_a_little_less_than_half_a_cent_is_not_a_cent():
    grid = tariff(rule(method="effort_rate", rate="1", floor="0"))

    assert priced(grid, context("100.4999")).minor == 100
    assert priced(grid, context("100.5")).minor == 101
