"""Methods, bands and defaults with a mistake are refused where it stands."""

import pytest

from catalog.domain.prices import parse_tariff
from tests.catalog.domain.prices.builders import rule, tariff
from tests.catalog.domain.prices.test_parsing import band, bands, problems


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
