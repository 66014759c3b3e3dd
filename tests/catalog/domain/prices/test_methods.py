"""Each method finds its price where its words say, and refuses elsewhere."""

from datetime import date, time
from decimal import Decimal

import pytest

from catalog.domain.prices import (
    DayKind,
    MissingFactError,
    OutsideGridError,
    Regime,
)
from tests.catalog.domain.prices.builders import (
    context,
    priced,
    rule,
    tariff,
)

LINE = tariff(
    rule(
        method="linear",
        points=[
            {"quotient": "400", "amount": "1.00"},
            {"quotient": "1200", "amount": "4.60"},
            {"quotient": "2000", "amount": "3.00"},
        ],
    )
)
EFFORT = rule(
    method="effort_bands",
    bands=[
        {"until": "600", "rate": "0.50", "floor": "2.00", "ceiling": "2.75"},
        {"from": "600", "until": "1200", "rate": "0.80", "ceiling": "9.00"},
        {"from": "1200", "rate": "1.00", "ceiling": "15.00"},
    ],
)


def amount(data, facts=None):
    return priced(data, facts).money.decimal


def last_words(data, facts=None):
    """Return the message of the base step, and its parameters."""
    (step,) = [each for each in priced(data, facts).trace.steps if each.kind == "base"]
    return step.message, dict(step.params)


@pytest.mark.parametrize(
    ("quotient", "expected", "message"),
    [
        ("0", "1.00", "linear_below"),
        ("399.99", "1.00", "linear_below"),
        ("400", "1.00", "linear"),
        ("700", "2.35", "linear"),
        ("1199.99", "4.60", "linear"),
        ("1600", "3.80", "linear"),
        ("2000", "3.00", "linear_above"),
        ("9000", "3.00", "linear_above"),
        (None, "4.60", "quotient_unknown_ceiling"),
    ],
)
def test_a_line_rises_between_two_points_and_is_level_outside(
    quotient, expected, message
):
    assert amount(LINE, context(quotient)) == Decimal(expected)
    assert last_words(LINE, context(quotient))[0] == message


def test_the_trace_of_a_line_holds_its_two_points():
    assert last_words(LINE, context("700"))[1] == {
        "quotient": "700",
        "from": "400",
        "until": "1200",
        "low": "1.00",
        "high": "4.60",
    }
    assert last_words(LINE, context("9"))[1] == {"quotient": "9", "from": "400"}
    assert last_words(LINE, context("2000"))[1] == {"quotient": "2000", "from": "2000"}


def test_a_line_may_refuse_an_unknown_quotient():
    line = {**LINE["rules"][0], "without_quotient": "refuse"}

    with pytest.raises(MissingFactError) as refusal:
        priced(tariff(line))

    assert refusal.value.params == {"fact": "quotient"}


def test_a_third_times_three_is_whole_again():
    points = [{"quotient": "0", "amount": "0"}, {"quotient": "3", "amount": "0.115"}]
    line = tariff(rule(method="linear", points=points))

    assert amount(line, context("1", quantity=3)) == Decimal("0.12")


@pytest.mark.parametrize(
    ("quotient", "expected", "message"),
    [
        ("300", "2.00", "effort_band_floor"),
        ("500", "2.50", "effort_band"),
        ("599.99", "2.75", "effort_band_ceiling"),
        ("600", "4.80", "effort_band"),
        ("1199", "9.00", "effort_band_ceiling"),
        ("1200", "12.00", "effort_band"),
        (None, "15.00", "quotient_unknown_ceiling"),
    ],
)
def test_each_band_has_its_own_rate_floor_and_ceiling(quotient, expected, message):
    data = tariff(EFFORT)

    assert amount(data, context(quotient)) == Decimal(expected)
    assert last_words(data, context(quotient))[0] == message


def test_the_trace_of_an_effort_band_says_what_was_asked():
    assert last_words(tariff(EFFORT), context("300"))[1] == {
        "quotient": "300",
        "rate": "0.50",
        "asked": "1.5000",
        "from": "0",
        "until": "600",
    }
    assert last_words(tariff(EFFORT), context())[1] == {"rate": "1.00"}


def test_outside_the_effort_bands_there_is_no_price():
    bands = [{"from": "100", "until": "200", "rate": "1"}]
    data = tariff(rule(method="effort_bands", bands=bands))

    for quotient in ("99.99", "200"):
        with pytest.raises(OutsideGridError) as refusal:
            priced(data, context(quotient))
        assert refusal.value.params == {"fact": "quotient", "value": quotient}
    with pytest.raises(MissingFactError, match="fact=quotient"):
        priced(data)


def test_a_rate_goes_down_from_child_to_child():
    rates = rule(
        method="effort_rate",
        columns="children_registered",
        rates=["0.0619", "0.0516", "0.0413"],
        floor="0.40",
        ceiling="3.00",
    )
    found = [
        amount(tariff(rates), context("2000", children_registered=count, child_rank=1))
        for count in (1, 2, 3, 7)
    ]

    assert found == list(map(Decimal, ("1.24", "1.03", "0.83", "0.83")))
    assert amount(tariff(rates)) == Decimal("3.00")


def test_effort_bands_may_have_a_rate_for_each_child():
    data = tariff(
        rule(
            method="effort_bands",
            columns="child_rank",
            bands=[
                {"until": "800", "rates": ["1.00", "0.80"], "ceiling": "7.00"},
                {"from": "800", "rates": ["1.20", "1.00"], "ceiling": "20.00"},
            ],
        )
    )

    assert amount(data, context("500", child_rank=2)) == Decimal("4.00")
    assert amount(data, context("1000", child_rank=1)) == Decimal("12.00")
    assert amount(data, context(child_rank=2)) == Decimal("20.00")


def test_the_column_is_said_before_the_price():
    data = tariff(
        rule(method="by_child", columns="present_rank", amounts=["9.00", "8.00"])
    )

    column, base = priced(data, context(present_rank=4)).trace.steps

    assert (column.kind, column.message) == ("column", "column")
    assert column.params == {"by": "present_rank", "value": "4"}
    assert (base.message, base.after) == ("fixed", "8.00")


def test_a_column_nobody_can_count_has_no_price():
    data = tariff(
        rule(method="by_child", columns="present_rank", amounts=["9.00", "8.00"])
    )

    with pytest.raises(MissingFactError) as refusal:
        priced(data)

    assert refusal.value.params == {"fact": "present_rank"}


@pytest.mark.parametrize(
    ("of", "start", "until", "inside", "outside"),
    [
        ("minutes", 30, 60, {"minutes": 59}, {"minutes": 60}),
        ("quantity", "2", "3", {"quantity": "2.5"}, {"quantity": "3"}),
        ("days_a_week", 2, 4, {"days_a_week": 3}, {"days_a_week": 4}),
        ("children_present", 2, 3, {"children_present": 2}, {"children_present": 1}),
        ("occurrence", 2, 3, {"occurrence": 2}, {"occurrence": 3}),
        ("starts", "07:00", "08:00", {"starts": time(7)}, {"starts": time(8)}),
        ("ends", "18:30", "19:00", {"ends": time(18, 45)}, {"ends": time(18, 29)}),
        (
            "day",
            "2026-03-01",
            "2026-04-01",
            {"day": date(2026, 3, 31)},
            {"day": date(2026, 4, 1)},
        ),
    ],
)
def test_bands_are_read_by_any_fact(of, start, until, inside, outside):
    band = {"from": start, "until": until, "amount": "4.00"}
    data = tariff(rule(method="bands", of=of, bands=[band]))
    found = priced(data, context(**inside))

    assert found.trace.steps[0].after == "4.00"
    with pytest.raises(OutsideGridError) as refusal:
        priced(data, context(**outside))
    assert refusal.value.params["fact"] == of


def test_the_trace_of_a_band_shows_the_fact_and_its_bounds():
    band = {"from": "07:00", "until": "08:00", "amount": "4.00"}
    data = tariff(rule(method="bands", of="starts", bands=[band]))

    assert last_words(data, context(starts=time(7, 30))) == (
        "band",
        {"of": "starts", "value": "07:30", "from": "07:00", "until": "08:00"},
    )


def test_a_band_without_first_bound_starts_at_the_lowest_value():
    hours = [{"until": "12:00", "amount": "1"}, {"from": "12:00", "amount": "2"}]
    days = [{"until": "2026-03-10", "amount": "1"}]

    at_midnight = tariff(rule(method="bands", of="starts", bands=hours))
    long_ago = tariff(rule(method="bands", of="day", bands=days))

    assert amount(at_midnight, context(starts=time(0))) == 1
    assert amount(long_ago, context(day=date(1990, 1, 1))) == 1
    with pytest.raises(MissingFactError, match="fact=starts"):
        priced(at_midnight)


def test_a_session_carries_its_own_price():
    own = tariff(rule(method="session_amount"))
    otherwise = tariff(rule(method="session_amount", otherwise="4.00"))
    show = context(session_amount=Decimal("12.50"))

    assert amount(own, show) == amount(otherwise, show) == Decimal("12.50")
    assert last_words(own, show)[0] == "session_amount"
    assert last_words(otherwise) == ("session_without_amount", {})
    assert amount(otherwise) == Decimal("4.00")
    with pytest.raises(MissingFactError, match="fact=session_amount"):
        priced(own)


@pytest.mark.parametrize(
    ("by", "facts", "code"),
    [
        ("regime", {"regime": Regime.MSA}, "msa"),
        ("period_kind", {"period_kind": DayKind.HOLIDAYS}, "holidays"),
    ],
)
def test_a_table_is_read_by_regime_or_by_the_calendar(by, facts, code):
    data = tariff(rule(method="table", by=by, amounts={code: "3.30"}))

    assert amount(data, context(**facts)) == Decimal("3.30")
    with pytest.raises(MissingFactError, match=f"fact={by}"):
        priced(data)
