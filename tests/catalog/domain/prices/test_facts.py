"""Facts that few tariffs look at: who they choose, defaults, how they are kept."""

from datetime import time
from decimal import Decimal
from typing import Any

import pytest

from catalog.domain.prices import (
    DayKind,
    Event,
    MissingFactError,
    PriceContext,
    Regime,
    UnknownEventError,
    parse_tariff,
    tells_days_apart,
)
from tests.catalog.domain.prices.builders import (
    MONDAY,
    OUTSIDE,
    RESIDENT,
    context,
    priced,
    rule,
    tariff,
)


def amount(data, facts=None):
    return priced(data, facts).money.decimal


@pytest.mark.parametrize(
    ("condition", "yes", "no"),
    [
        ({"regime": "caf"}, {"regime": Regime.CAF}, {"regime": Regime.NONE}),
        (
            {"period_kind": ["holidays", "public_holiday"]},
            {"period_kind": DayKind.PUBLIC_HOLIDAY},
            {"period_kind": DayKind.TERM},
        ),
        ({"days_a_week": {"from": 4}}, {"days_a_week": 4}, {"days_a_week": 3}),
        (
            {"children_present": {"until": 2}},
            {"children_present": 1},
            {"children_present": 2},
        ),
        ({"present_rank": {"from": 2}}, {"present_rank": 2}, {"present_rank": 1}),
        ({"minutes": {"from": 1, "until": 31}}, {"minutes": 30}, {"minutes": 31}),
        ({"minutes": {"until": 1}}, {"minutes": 0}, {"minutes": 1}),
        (
            {"starts": {"until": "08:00"}},
            {"starts": time(7, 59)},
            {"starts": time(8)},
        ),
        ({"ends": {"from": "18:30"}}, {"ends": time(18, 30)}, {"ends": time(18)}),
    ],
)
def test_a_rule_is_for_those_its_condition_names(condition, yes, no):
    data = tariff(rule("named", when=condition, amount="5.00"), rule("others"))

    assert amount(data, context(**yes)) == 5
    assert amount(data, context(**no)) == 2
    with pytest.raises(MissingFactError, match=f"fact={next(iter(condition))}"):
        priced(data)


def test_a_late_pickup_has_its_own_rules_and_adjustments():
    data = tariff(
        rule("meal", amount="3.00"),
        rule("late", when={"event": "late_pickup"}, amount="5.00"),
        adjustments=[
            {
                "code": "outside",
                "when": {"residence": "outside"},
                "method": "percent",
                "percent": "50",
            },
            {
                "code": "again",
                "when": {"event": "late_pickup", "occurrence": {"from": 2}},
                "method": "amount",
                "amount": "10.00",
            },
        ],
    )
    late = {"event": Event.LATE_PICKUP, "residence": OUTSIDE}

    assert amount(data, context(residence=OUTSIDE)) == Decimal("4.50")
    assert amount(data, context(**late)) == 5
    assert amount(data, context(occurrence=2, **late)) == 15


def test_an_event_nobody_priced_has_no_price():
    with pytest.raises(UnknownEventError) as refusal:
        priced(tariff(), context(event=Event.LATE_PICKUP))

    assert refusal.value.params == {"event": "late_pickup"}


def test_a_rule_may_be_for_a_presence_and_a_late_pickup():
    both = rule(when={"event": ["presence", "late_pickup"]})

    assert amount(tariff(both)) == 2
    assert amount(tariff(both), context(event=Event.LATE_PICKUP)) == 2


@pytest.mark.parametrize(
    ("fact", "value", "shown"),
    [
        ("regime", "msa", Regime.MSA),
        ("period_kind", "term", DayKind.TERM),
        ("days_a_week", 2, 2),
        ("children_present", 2, 2),
        ("present_rank", 2, 2),
        ("minutes", 60, 60),
    ],
)
def test_the_published_default_of_an_unknown_fact_applies_and_is_said(
    fact, value, shown
):
    spans = {"days_a_week", "children_present", "present_rank", "minutes"}
    wanted = {"from": value} if fact in spans else value
    data = tariff(
        rule("named", when={fact: wanted}, amount="5.00"),
        rule("others"),
        defaults={fact: value},
    )

    found = priced(data)

    assert found.money.decimal == 5
    assert found.trace.steps[0].message == f"{fact}_by_default"
    assert found.trace.steps[0].params == {"value": str(shown)}
    assert found.trace.inputs == context()


def test_a_default_the_prices_do_not_look_at_is_not_said():
    assert len(priced(tariff(defaults={"regime": "caf"})).trace.steps) == 1


def test_the_facts_left_unknown_are_not_stored():
    stored = context("700", residence=RESIDENT).to_data()

    assert set(stored) == {
        "day",
        "residence",
        "quotient",
        "situation",
        "child_rank",
        "children_registered",
        "booking",
        "variant",
        "quantity",
        "booked_on",
        "occurrence",
    }


def test_every_fact_is_stored_and_read_back():
    facts = PriceContext(
        day=MONDAY,
        regime=Regime.CAF,
        period_kind=DayKind.TERM,
        days_a_week=3,
        children_present=2,
        present_rank=1,
        minutes=0,
        starts=time(7, 30),
        ends=time(18),
        session_amount=Decimal("0.00"),
        event=Event.LATE_PICKUP,
    )

    assert PriceContext.from_data(facts.to_data()) == facts
    assert facts.to_data()["starts"] == "07:30:00"


BY_DAY: dict[str, Any] = {
    "method": "bands",
    "of": "day",
    "bands": [
        {"until": "2026-09-01", "amount": "1"},
        {"from": "2026-09-01", "amount": "2"},
    ],
}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (tariff(), False),
        (tariff(rule(method="bands", of="minutes", bands=[{"amount": "1"}])), False),
        (tariff(rule(method="table", by="weekday", amounts={"monday": "2"})), False),
        (tariff(rule(when={"weekday": "monday"}), rule("others")), False),
        (tariff(rule(when={"booked_on": {"from": "2026-09-01"}})), False),
        (tariff(rule(when={"day": {"from": "2026-09-01"}})), True),
        (tariff(rule(**BY_DAY)), True),
        (tariff(rule(when={"weekday": "monday"}), rule("others", **BY_DAY)), True),
    ],
)
def test_a_tariff_tells_days_apart_or_only_weekdays(data, expected):
    assert tells_days_apart(parse_tariff(data)) is expected


def test_a_tariff_tells_days_apart_by_a_supplement():
    late = {"code": "change", "method": "amount", "amount": "1"}
    weekday = {**late, "when": {"weekday": "friday"}}
    dated = {**late, "when": {"day": {"from": "2026-09-01"}}}

    assert not tells_days_apart(parse_tariff(tariff(adjustments=[weekday])))
    assert tells_days_apart(parse_tariff(tariff(adjustments=[dated])))
