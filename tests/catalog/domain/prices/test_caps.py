"""Ceilings over a period: read from a tariff, then taken off prices."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from catalog.domain.prices import parse_tariff
from catalog.domain.prices.caps import (
    Cap,
    Capped,
    CapTrace,
    Counted,
    above,
    reduce_by_caps,
)
from foundation.periods import Period
from foundation.problems import ConfigurationError

SUMMER = Period(date(2027, 7, 1), date(2027, 9, 1))
MONTH = Cap("month", "Monthly ceiling", 10_00, "month", "child")
FAMILY = Cap("family", "Ceiling of the family", 15_00, "month", "household")
TARIFF = {
    "currency": "EUR",
    "unit": "meal",
    "rules": [{"code": "all", "method": "fixed", "amount": "4.00"}],
    "split": {"meal": "100"},
}


def line(number, minor=400, **changes):
    facts = {
        "id": number,
        "tariff": 1,
        "household": 1,
        "child": 1,
        "activity": "lunch",
        "day": date(2027, 7, 1) + timedelta(days=number),
        "shares": (0, minor, 0),
        "caps": (MONTH,),
        "calendar": SUMMER,
    }
    return Counted(**facts | changes)


def with_caps(*caps):
    return TARIFF | {"caps": list(caps)}


def a_cap(**changes):
    return {
        "code": "month",
        "label": "Monthly ceiling",
        "amount": "46.00",
        "period": "month",
        "per": "child",
    } | changes


def reasons(data):
    with pytest.raises(ConfigurationError) as refusal:
        parse_tariff(data)
    return [(each.path, each.reason) for each in refusal.value.problems]


def test_a_tariff_reads_its_ceilings():
    tariff = parse_tariff(with_caps(a_cap(activities=["lunch"], per="household")))

    assert tariff.caps == (
        Cap(
            "month",
            "Monthly ceiling",
            46_00,
            "month",
            "household",
            frozenset({"lunch"}),
        ),
    )


def test_a_tariff_without_ceilings_has_none():
    assert parse_tariff(TARIFF).caps == ()


@pytest.mark.parametrize(
    ("changes", "path", "reason"),
    [
        ({"amount": "-1"}, "caps[0].amount", "too_small"),
        ({"amount": "0"}, "caps[0].amount", "too_small"),
        ({"amount": 46.0}, "caps[0].amount", "float_refused"),
        ({"amount": "1.005"}, "caps[0].amount", "too_many_decimals"),
        ({"amount": "9" * 9}, "caps[0].amount", "too_large"),
        ({"amount": "1e5"}, "caps[0].amount", "not_a_decimal"),
        ({"period": "fortnight"}, "caps[0].period", "not_allowed"),
        ({"per": "street"}, "caps[0].per", "not_allowed"),
        ({"label": " "}, "caps[0].label", "not_a_text"),
        ({"activities": []}, "caps[0].activities", "empty_list"),
        ({"surprise": 1}, "caps[0].surprise", "unknown_key"),
    ],
)
def test_a_ceiling_that_makes_no_sense_is_refused_by_name(changes, path, reason):
    assert (path, reason) in reasons(with_caps(a_cap(**changes)))


def test_two_ceilings_that_count_the_same_are_refused():
    found = reasons(with_caps(a_cap(), a_cap(code="again", amount="50.00")))

    assert found == [("caps[1].period", "repeated_ceiling")]


def test_a_code_is_used_once():
    found = reasons(with_caps(a_cap(), a_cap(per="household")))

    assert found == [("caps[1].code", "repeated_code")]


def test_more_than_five_ceilings_are_refused():
    many = [a_cap(code=f"c{index}", activities=[f"a{index}"]) for index in range(6)]

    assert reasons(with_caps(*many)) == [("caps", "too_large")]


def test_what_is_above_the_ceiling_is_taken_off_in_the_order_of_days():
    found = reduce_by_caps([line(3), line(1), line(2), line(4)])

    assert [(each.line, each.minor) for each in found] == [(3, 200), (4, 400)]
    assert found[0].trace.before == 800
    assert found[0].trace.price == 400


def test_what_was_billed_before_counts():
    billed = [replace(line(1, 900), taken={})]

    found = reduce_by_caps([line(2)], billed)

    assert [(each.line, each.minor) for each in found] == [(2, 300)]


def test_the_parts_of_a_price_are_reduced_as_they_are_shared():
    found = reduce_by_caps([line(1, shares=(500, 333, 334))])

    assert found[0].shares == (71, 48, 48)
    assert found[0].minor == 167


def test_a_line_given_back_gives_back_what_was_taken_off():
    first = line(1, 900)
    second = replace(line(2, 400), taken={0: 300})
    credit = line(3, -400, day=second.day)

    found = reduce_by_caps([credit], [first, second])

    assert [(each.line, each.minor) for each in found] == [(3, -300)]
    assert found[0].shares == (0, -300, 0)


def test_each_child_has_its_own_ceiling_and_the_household_one_for_all():
    lines = [
        line(number, 900, child=number % 2, caps=(MONTH, FAMILY)) for number in range(4)
    ]

    found = reduce_by_caps(lines)

    taken = {(each.line, each.position): each.minor for each in found}
    assert taken == {(2, 0): 800, (3, 0): 800, (1, 1): 300, (2, 1): 100, (3, 1): 100}
    assert sum(900 for _ in lines) - sum(taken.values()) == 15_00


def test_a_day_outside_the_calendar_is_not_counted():
    summer = replace(MONTH, period="calendar_period")

    assert reduce_by_caps([line(1, 5000, caps=(summer,), calendar=None)]) == []


def test_other_activities_are_left_out():
    care = replace(MONTH, activities=frozenset({"care"}))

    assert reduce_by_caps([line(1, 5000, caps=(care,))]) == []


@pytest.mark.parametrize(
    ("period", "first", "until"),
    [
        ("day", date(2027, 1, 6), date(2027, 1, 7)),
        ("week", date(2027, 1, 4), date(2027, 1, 11)),
        ("month", date(2027, 1, 1), date(2027, 2, 1)),
        ("school_year", date(2026, 9, 1), date(2027, 9, 1)),
        ("calendar_period", SUMMER.start, SUMMER.until),
    ],
)
def test_a_day_is_counted_in_its_period(period, first, until):
    cap = replace(MONTH, period=period)

    assert cap.period_of(date(2027, 1, 6), SUMMER) == Period(first, until)


def test_the_trace_is_stored_and_replayed():
    (capped,) = reduce_by_caps([line(1, 1240)])

    again = CapTrace.from_data(capped.trace.to_data())

    assert again == capped.trace
    assert again.replayed == 240


PRICES = st.integers(min_value=0, max_value=2000)
LINES = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.integers(0, 1),
        st.tuples(PRICES, PRICES, PRICES),
        st.integers(0, 3),
    ),
    max_size=25,
)
CAPS = st.sampled_from(
    [(MONTH,), (FAMILY,), (MONTH, FAMILY), (replace(FAMILY, period="week"), MONTH)]
)


def bill(lines, caps, runs):
    """Bill lines run by run; return all that was taken off."""
    billed: list[Counted] = []
    taken: list[Capped] = []
    for run in range(runs):
        fresh = [each for each, when in lines if when == run]
        found = reduce_by_caps(fresh, billed)
        by_line: dict[int, dict[int, int]] = {}
        for each in found:
            by_line.setdefault(each.line, {})[each.position] = each.minor
        billed += [replace(each, taken=by_line.get(each.id, {})) for each in fresh]
        taken += found
    return billed, taken


@given(LINES, CAPS)
def test_whatever_is_billed_first_the_whole_comes_to_the_same(facts, caps):
    lines = [
        (
            line(
                index,
                child=child,
                shares=shares,
                caps=caps[:1],
                day=SUMMER.start + timedelta(days=day),
            ),
            run,
        )
        for index, (day, child, shares, run) in enumerate(facts)
    ]
    together = [(each, 0) for each, _run in lines]

    _, one = bill(together, caps, 1)
    billed, many = bill(lines, caps, 4)

    assert sum(each.minor for each in one) == sum(each.minor for each in many)
    for each in billed:
        assert 0 <= each.minor - sum(each.taken.values()) <= each.minor


@given(LINES, CAPS)
def test_the_ceiling_holds_and_nothing_else_is_taken(facts, caps):
    lines = [
        line(index, child=child, shares=shares, caps=caps, day=SUMMER.start)
        for index, (_day, child, shares, _run) in enumerate(facts)
    ]

    taken = reduce_by_caps(lines)

    net = {each.id: list(each.shares) for each in lines}
    for each in taken:
        for part, minor in enumerate(each.shares):
            net[each.line][part] -= minor
            assert net[each.line][part] >= 0
        assert each.trace.replayed == each.minor
    per_child = {
        child: sum(sum(net[each.id]) for each in lines if each.child == child)
        for child in (0, 1)
    }
    for cap in caps:
        sums = per_child.values() if cap.per == "child" else [sum(per_child.values())]
        assert all(total <= cap.minor for total in sums)
    if not taken:
        assert sum(per_child.values()) == sum(each.minor for each in lines)


def test_nothing_is_above_a_ceiling_that_is_not_reached():
    assert [above(5, 10), above(10, 10), above(11, 10)] == [0, 0, 1]
