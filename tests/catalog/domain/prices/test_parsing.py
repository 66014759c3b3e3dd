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
