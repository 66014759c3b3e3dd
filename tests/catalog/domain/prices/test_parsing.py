"""A tariff with a mistake is refused, and every mistake is named."""

import json
from datetime import date
from decimal import Decimal

import pytest

from catalog.domain.prices import fingerprint, parse_tariff
from foundation.reading import ConfigurationError
from tests.catalog.domain.prices.builders import adjustment, rule, tariff
from tests.catalog.domain.towns import TARIFFS, tariff_of


def bands(*rows):
    return rule(method="quotient_bands", bands=list(rows))


def band(start, until, amount="1"):
    bounds = {"from": start, "until": until}
    kept = {key: value for key, value in bounds.items() if value is not None}
    return {**kept, "amount": amount}


def problems(data):
    with pytest.raises(ConfigurationError) as refusal:
        parse_tariff(data)
    return {problem.path: problem.reason for problem in refusal.value.problems}


@pytest.mark.parametrize(
    ("data", "path", "reason"),
    [
        ([], ".", "not_a_mapping"),
        (tariff(currency="USD"), "currency", "not_allowed"),
        (tariff(currency=None), "currency", "missing"),
        (tariff(unit="Half hour"), "unit", "not_a_code"),
        (tariff(colour="red"), "colour", "unknown_key"),
        (tariff(rules=[]), "rules", "empty_list"),
        (tariff(rules={}), "rules", "not_a_list"),
        (tariff(rules=None), "rules", "missing"),
        (tariff(rules=["free"]), "rules[0]", "not_a_mapping"),
        (tariff(rule(method="magic")), "rules[0].method", "not_allowed"),
        (tariff(rule(method=["fixed"])), "rules[0].method", "not_allowed"),
        (tariff({"method": "fixed", "amount": "1"}), "rules[0].code", "missing"),
        (tariff(rule(), rule()), "rules[1].code", "repeated_code"),
        (tariff(rule(amonut="1")), "rules[0].amonut", "unknown_key"),
        (tariff(rule(amount=None)), "rules[0].amount", "missing"),
        (tariff(rule(amount=2.5)), "rules[0].amount", "float_refused"),
        (tariff(rule(amount="-1")), "rules[0].amount", "too_small"),
        (tariff(rule(amount="2,50")), "rules[0].amount", "not_a_decimal"),
        (tariff(rule(amount="NaN")), "rules[0].amount", "not_a_decimal"),
        (tariff(rule(amount="1e3")), "rules[0].amount", "not_a_decimal"),
        (tariff(rule(amount="٣")), "rules[0].amount", "not_a_decimal"),
        (tariff(rule(amount="1\n")), "rules[0].amount", "not_a_decimal"),
        (tariff(rule(amount=True)), "rules[0].amount", "not_a_decimal"),
        (tariff(rule(amount=Decimal(2))), "rules[0].amount", "not_a_decimal"),
        (tariff(round_to="0.03"), "round_to", "not_allowed"),
        (tariff(round_to=0.05), "round_to", "not_allowed"),
        (tariff(split=None), "split", "missing"),
        (tariff(split={"meal": "60", "care": "30"}), "split", "shares_not_100"),
        (tariff(split={"meal": "110", "care": "-10"}), "split.care", "too_small"),
        (tariff(split={"lunch": "100"}), "split.lunch", "unknown_key"),
        (tariff(rule(split={"meal": "1"})), "rules[0].split", "shares_not_100"),
        (tariff(defaults={"residence": "here"}), "defaults.residence", "not_allowed"),
        (tariff(defaults={"rank": 1}), "defaults.rank", "unknown_key"),
    ],
)
def test_a_mistake_is_refused_where_it_stands(data, path, reason):
    assert problems(data).get(path) == reason


@pytest.mark.parametrize(
    ("rows", "path", "reason"),
    [
        ([], "rules[0].bands", "empty_list"),
        (
            [band("0", "400"), band("399", None)],
            "rules[0].bands[1].from",
            "band_overlaps",
        ),
        (
            [band("0", "400"), band("401", None)],
            "rules[0].bands[1].from",
            "hole_before_band",
        ),
        (
            [band("0", None), band("400", None)],
            "rules[0].bands[0].until",
            "only_last_band_is_open",
        ),
        ([band("400", "400")], "rules[0].bands[0].until", "not_after_from"),
        ([band("400", "300")], "rules[0].bands[0].until", "not_after_from"),
        ([band("0", None, "-1")], "rules[0].bands[0].amount", "too_small"),
        ([band("0", None, 0.5)], "rules[0].bands[0].amount", "float_refused"),
        ([band(0.5, None)], "rules[0].bands[0].from", "float_refused"),
        ([{**band("0", None), "to": 3}], "rules[0].bands[0].to", "unknown_key"),
    ],
)
def test_bands_touch_without_overlapping(rows, path, reason):
    assert problems(tariff(bands(*rows))).get(path) == reason


@pytest.mark.parametrize(
    ("keys", "path", "reason"),
    [
        ({"rate": "0.36", "floor": "5", "ceiling": "4"}, "ceiling", "below_floor"),
        ({"floor": "1"}, "rate", "missing"),
        (
            {"rate": "0.36", "without_quotient": "ceiling"},
            "without_quotient",
            "no_ceiling",
        ),
        (
            {"rate": "0.36", "without_quotient": "low"},
            "without_quotient",
            "not_allowed",
        ),
    ],
)
def test_an_effort_rate_makes_sense(keys, path, reason):
    found = problems(tariff(rule(method="effort_rate", **keys)))

    assert found.get(f"rules[0].{path}") == reason


@pytest.mark.parametrize(
    ("keys", "path", "reason"),
    [
        ({"by": "colour", "amounts": {}}, "by", "not_allowed"),
        ({"by": "residence", "amounts": {"moon": "1"}}, "amounts.moon", "not_allowed"),
        ({"by": "residence", "amounts": {}}, "amounts", "empty_table"),
        ({"by": "situation", "amounts": {"a": 1.5}}, "amounts.a", "float_refused"),
        ({"by": "situation"}, "amounts", "missing"),
    ],
)
def test_a_table_makes_sense(keys, path, reason):
    found = problems(tariff(rule(method="table", **keys)))

    assert found.get(f"rules[0].{path}") == reason


@pytest.mark.parametrize(
    ("when", "path", "reason"),
    [
        ({}, "when", "no_condition"),
        ("late", "when", "not_a_mapping"),
        ({"residense": "resident"}, "when.residense", "unknown_key"),
        ({"residence": "moon"}, "when.residence", "not_allowed"),
        ({"residence": []}, "when.residence", "empty_list"),
        ({"residence": ["outside", "outside"]}, "when.residence", "repeated_code"),
        ({"booking": ["late", 3]}, "when.booking[1]", "not_a_code"),
        ({"weekday": "mercredi"}, "when.weekday", "not_allowed"),
        ({"child_rank": 3}, "when.child_rank", "not_a_mapping"),
        ({"child_rank": {}}, "when.child_rank", "no_bound"),
        ({"child_rank": {"from": "3"}}, "when.child_rank.from", "not_a_whole_number"),
        ({"child_rank": {"from": 0}}, "when.child_rank.from", "too_small"),
        ({"child_rank": {"from": 1000}}, "when.child_rank.from", "too_large"),
        (
            {"child_rank": {"from": 3, "until": 3}},
            "when.child_rank.until",
            "not_after_from",
        ),
        ({"quotient": {"from": 1.5}}, "when.quotient.from", "float_refused"),
        ({"day": {"from": date(2026, 1, 1)}}, "when.day.from", "not_a_day"),
        ({"day": {"from": "2026-02-30"}}, "when.day.from", "not_a_day"),
        ({"day": {"from": "20260201"}}, "when.day.from", "not_a_day"),
    ],
)
def test_a_condition_makes_sense(when, path, reason):
    assert problems(tariff(rule(when=when))).get(f"rules[0].{path}") == reason


@pytest.mark.parametrize(
    ("change", "path", "reason"),
    [
        (adjustment("double"), "method", "not_allowed"),
        (adjustment("amount"), "amount", "missing"),
        (adjustment("amount", amount="0"), "amount", "changes_nothing"),
        (adjustment("amount", amount="1", per="day"), "per", "not_allowed"),
        (adjustment("percent", percent="-101"), "percent", "too_small"),
        (adjustment("percent", percent="0.0"), "percent", "changes_nothing"),
        (adjustment("percent", percent=50.0), "percent", "float_refused"),
        (adjustment("replace", amount="-1"), "amount", "too_small"),
        (adjustment("zero", amount="1"), "amount", "unknown_key"),
    ],
)
def test_an_adjustment_makes_sense(change, path, reason):
    found = problems(tariff(adjustments=[change]))

    assert found.get(f"adjustments[0].{path}") == reason


def test_two_adjustments_do_not_share_a_code():
    twice = [adjustment("zero"), adjustment("zero")]

    assert problems(tariff(adjustments=twice)) == {
        "adjustments[1].code": "repeated_code"
    }


def test_all_mistakes_are_reported_at_once():
    data = tariff(
        rule(amount=1.5),
        rule("b", method="quotient_bands", bands=[band("0", "9"), band("8", None)]),
        currency="FRF",
        surprise=1,
    )

    assert problems(data) == {
        "currency": "not_allowed",
        "rules[0].amount": "float_refused",
        "rules[1].bands[1].from": "band_overlaps",
        "surprise": "unknown_key",
    }


def test_a_refusal_reads_on_one_line_for_developers():
    with pytest.raises(ConfigurationError) as refusal:
        parse_tariff(tariff(rule(amount="-1")))

    assert str(refusal.value) == "rules[0].amount: too_small (at_least=0)"


@pytest.mark.parametrize(("town", "name"), TARIFFS)
def test_the_tariffs_of_the_towns_survive_json(town, name):
    data = tariff_of(town, name)

    again = json.loads(json.dumps(data))

    assert parse_tariff(again).fingerprint == parse_tariff(data).fingerprint


def test_the_fingerprint_ignores_the_order_of_keys_but_not_a_cent():
    one, other = tariff(), dict(reversed(tariff().items()))

    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint(tariff(rule(amount="2.01")))


def columns(*bands):
    return rule(method="quotient_bands", columns="child_rank", bands=list(bands))


def points(*pairs):
    listed = [{"quotient": each, "amount": amount} for each, amount in pairs]
    return rule(method="linear", points=listed)


@pytest.mark.parametrize(
    ("written", "path", "reason"),
    [
        (columns({"until": "9"}), "bands[0].amounts", "missing"),
        (columns({"amounts": "1"}), "bands[0].amounts", "not_a_list"),
        (columns({"amounts": ["1"]}), "bands[0].amounts", "wrong_number_of_columns"),
        (
            columns({"amounts": ["1"] * 13}),
            "bands[0].amounts",
            "wrong_number_of_columns",
        ),
        (columns({"amounts": ["1", "-1"]}), "bands[0].amounts[1]", "too_small"),
        (columns({"amounts": ["1", 2.5]}), "bands[0].amounts[1]", "float_refused"),
        (
            columns(
                {"until": "5", "amounts": ["1", "2"]},
                {"from": "5", "amounts": ["1", "2", "3"]},
            ),
            "bands[1].amounts",
            "columns_differ",
        ),
        (bands({"until": "9"}), "bands[0].amount", "missing"),
        (rule(method="by_child", amounts=["1", "2"]), "columns", "missing"),
        (
            rule(method="by_child", columns="age", amounts=["1", "2"]),
            "columns",
            "not_allowed",
        ),
        (rule(method="by_child", columns="child_rank"), "amounts", "missing"),
        (points(("1", "1")), "points", "too_few_points"),
        (points(("1", "1"), ("1", "2")), "points[1].quotient", "points_not_in_order"),
        (points(("2", "1"), ("1", "2")), "points[1].quotient", "points_not_in_order"),
        (points(("1", "1"), ("2", "-2")), "points[1].amount", "too_small"),
        (points(("1", "1"), ("-2", "2")), "points[1].quotient", "too_small"),
        (rule(method="linear"), "points", "missing"),
        (rule(method="session_amount", otherwise="-1"), "otherwise", "too_small"),
        (rule(method="bands", of="age", bands=[{"amount": "1"}]), "of", "not_allowed"),
        (rule(method="bands", of="minutes", bands=[]), "bands", "empty_list"),
        (
            rule(method="bands", of="minutes", bands=[{"from": "9", "amount": "1"}]),
            "bands[0].from",
            "not_a_whole_number",
        ),
        (
            rule(
                method="bands",
                of="starts",
                bands=[
                    {"until": "08:00", "amount": "1"},
                    {"from": "09:00", "amount": "1"},
                ],
            ),
            "bands[1].from",
            "hole_before_band",
        ),
        (
            rule(
                method="bands",
                of="day",
                bands=[
                    {"until": "2026-01-01", "amount": "1"},
                    {"until": "2026-02-01", "amount": "1"},
                ],
            ),
            "bands[1].from",
            "band_overlaps",
        ),
        (
            rule(
                method="effort_bands",
                bands=[{"rate": "1", "floor": "2", "ceiling": "1"}],
            ),
            "bands[0].ceiling",
            "below_floor",
        ),
        (
            rule(
                method="effort_bands",
                bands=[{"until": "9", "rate": "1"}, {"from": "8", "rate": "1"}],
            ),
            "bands[1].from",
            "band_overlaps",
        ),
        (
            rule(
                method="effort_bands",
                without_quotient="ceiling",
                bands=[{"rate": "1"}],
            ),
            "without_quotient",
            "no_ceiling",
        ),
        (
            rule(
                method="effort_bands",
                columns="child_rank",
                bands=[
                    {"until": "9", "rates": ["1", "2"]},
                    {"from": "9", "rates": ["1", "2", "3"]},
                ],
            ),
            "bands[1].rates",
            "columns_differ",
        ),
    ],
)
def test_a_method_with_a_mistake_is_refused_in_its_rule(written, path, reason):
    assert problems(tariff(written)) == {f"rules[0].{path}": reason}


@pytest.mark.parametrize(
    ("span", "index"),
    [
        ({"from": "800"}, 0),
        ({"from": "400"}, 0),
        ({"until": "400"}, 1),
        ({"until": "300"}, 1),
    ],
)
def test_a_band_that_its_rule_never_reaches_is_refused(span, index):
    grid = bands(band("0", "400"), band("400", None))
    named = {**grid, "code": "named", "when": {"quotient": span}}

    assert problems(tariff(named, rule())) == {
        f"rules[0].bands[{index}]": "band_never_used"
    }


def test_bands_that_their_rule_reaches_in_part_are_kept():
    grid = bands(band("0", "400"), band("400", None))
    spans = ({"from": "399"}, {"until": "401"}, {"from": "100", "until": "500"})

    for span in spans:
        named = {**grid, "code": "named", "when": {"quotient": span}}
        assert len(parse_tariff(tariff(named, rule())).rules) == 2


@pytest.mark.parametrize(
    ("defaults", "path", "reason"),
    [
        ({"regime": "ccas"}, "defaults.regime", "not_allowed"),
        ({"period_kind": "summer"}, "defaults.period_kind", "not_allowed"),
        ({"minutes": 0}, "defaults.minutes", "too_small"),
        ({"days_a_week": "2"}, "defaults.days_a_week", "not_a_whole_number"),
        ({"age": 2}, "defaults.age", "unknown_key"),
    ],
)
def test_a_default_that_cannot_be_is_refused(defaults, path, reason):
    assert problems(tariff(defaults=defaults)) == {path: reason}


def test_a_late_pickup_does_not_hide_the_rules_of_a_presence():
    late = rule("late", when={"event": "late_pickup"})
    again = rule("again", when={"event": "late_pickup"})

    assert len(parse_tariff(tariff(late, rule())).rules) == 2
    assert problems(tariff(late, rule(), again)) == {"rules[2]": "unreachable_rule"}
    assert problems(tariff(rule(), rule("b"))) == {"rules[1]": "unreachable_rule"}


def test_a_rule_for_two_events_is_reached_by_one_of_them():
    both = rule("both", when={"event": ["presence", "late_pickup"]})

    assert len(parse_tariff(tariff(rule(), both)).rules) == 2
