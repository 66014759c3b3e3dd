"""What third parties pay: amounts, days, percentages, ceilings."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from billing.domain.aid_traces import AidTrace
from billing.domain.aids import Aid, AidedLine, Use, apply_aids
from foundation.periods import Period

JULY = date(2027, 7, 5)
YEAR = Period(date(2027, 1, 1), date(2028, 1, 1))
CAF = Aid(
    id=1,
    name="Aid for free time",
    payer="CAF",
    method="day",
    household=1,
    period=YEAR,
    minor=400,
    activities=frozenset({7}),
)


def line(number=1, minor=1500, *, days=1, **changes):
    first = changes.pop("first", JULY + timedelta(days=number))
    facts = {
        "id": number,
        "household": 1,
        "child": 1,
        "service": 3,
        "activity": 7,
        "days": tuple(first + timedelta(days=n) for n in range(days)),
        "minutes": 480,
        "quantity": Decimal(1),
        "quotient": Decimal(500),
        "shares": (minor, 0, 0),
    }
    return AidedLine(**facts | changes)


def given_by(lines, *aids, used=()):
    return [(each.line, each.minor) for each in apply_aids(lines, aids, used)]


def test_an_aid_pays_its_amount_for_each_day():
    assert given_by([line(days=5, minor=6000)], CAF) == [(1, 2000)]


def test_an_aid_never_pays_more_than_the_price():
    (share,) = apply_aids([line(minor=250)], [CAF])

    assert (share.minor, share.trace.limit) == (250, "price")


def test_two_lines_of_a_day_share_the_amount_of_the_day():
    lines = [line(1, 300, first=JULY), line(2, 300, first=JULY)]

    assert given_by(lines, CAF) == [(1, 300), (2, 100)]


def test_half_days_depend_on_how_long_a_session_lasts():
    half = replace(CAF, method="half_day", minor=250)

    assert given_by([line(1, minutes=240), line(2, minutes=480)], half) == [
        (1, 250),
        (2, 500),
    ]


def test_an_aid_by_unit_counts_the_units_of_the_price_list():
    unit = replace(CAF, method="unit", minor=30)

    assert given_by([line(quantity=Decimal(5))], unit) == [(1, 150)]


def test_a_percentage_is_rounded_half_up_once():
    percent = replace(CAF, method="percent", minor=0, percent=Decimal("12.5"))

    assert given_by([line(minor=1004)], percent) == [(1, 126)]


@pytest.mark.parametrize(
    ("quotient", "helped"),
    [(None, False), ("299.99", False), ("300", True), ("700", False)],
)
def test_the_quotient_decides_and_is_never_guessed(quotient, helped):
    aid = replace(CAF, quotient_from=Decimal(300), quotient_until=Decimal(700))
    value = None if quotient is None else Decimal(quotient)

    assert bool(given_by([line(quotient=value)], aid)) is helped


def test_other_children_activities_and_days_are_not_helped():
    mine = replace(CAF, child=1, period=Period(JULY, JULY + timedelta(days=3)))
    lines = [
        line(1, child=2),
        line(2, activity=8),
        line(3, household=2),
        line(4, first=JULY + timedelta(days=3)),
        line(5, first=JULY),
    ]

    assert given_by(lines, mine) == [(5, 400)]


def test_a_whole_service_may_be_helped():
    aid = replace(CAF, activities=frozenset(), services=frozenset({3}))

    assert given_by([line(activity=99)], aid) == [(1, 400)]


def test_the_ceiling_in_days_counts_what_was_used_before():
    aid = replace(CAF, ceiling_units=Decimal(6))
    (first,) = apply_aids([line(1, 6000, days=5)], [aid])
    used = [Use(1, 1, JULY + timedelta(days=1), first.trace)]

    (second,) = apply_aids([line(2, 6000, days=5, first=date(2027, 8, 2))], [aid], used)

    assert (second.minor, second.trace.units, second.trace.limit) == (400, "1", "units")


def test_the_ceiling_in_money_is_counted_by_child_and_period():
    aid = replace(CAF, ceiling_minor=1000, ceiling_period="month")
    lines = [
        line(1, 6000, days=5, first=date(2027, 7, 5)),
        line(2, 6000, days=5, first=date(2027, 7, 12)),
        line(3, 6000, days=5, first=date(2027, 8, 2)),
        line(4, 6000, days=5, first=date(2027, 7, 5), child=2),
    ]

    assert given_by(lines, aid) == [(1, 1000), (4, 1000), (3, 1000)]


def test_what_was_given_back_may_be_used_again():
    aid = replace(CAF, ceiling_units=Decimal(1))
    (share,) = apply_aids([line(1)], [aid])
    back = replace(
        share.trace,
        units="-1",
        given=-400,
        days={day: -minor for day, minor in share.trace.days.items()},
    )
    used = [Use(1, 1, line(1).days[0], each) for each in (share.trace, back)]

    assert given_by([line(2)], aid, used=used) == [(2, 400)]


def test_several_aids_follow_their_order_on_what_is_left():
    council = replace(
        CAF, id=2, method="percent", percent=Decimal(50), minor=0, position=1
    )

    assert given_by([line(minor=1000)], council, CAF) == [(1, 400), (1, 300)]


def test_the_parts_of_the_price_are_helped_as_they_are_shared():
    (share,) = apply_aids([line(shares=(1000, 500, 0))], [CAF])

    assert share.shares == (267, 133, 0)


def test_a_price_of_nothing_uses_no_day():
    assert given_by([line(minor=0)], CAF) == []


def test_the_trace_is_stored_and_read_again():
    (share,) = apply_aids([line(days=3)], [CAF])

    assert AidTrace.from_data(share.trace.to_data()) == share.trace
    assert sum(share.trace.days.values()) == share.minor


AIDS = st.builds(
    lambda method, minor, percent, units, most, number: replace(
        CAF,
        id=number,
        method=method,
        minor=minor,
        percent=Decimal(percent),
        ceiling_units=units,
        ceiling_minor=most,
        position=number,
    ),
    st.sampled_from(["day", "half_day", "unit", "percent"]),
    st.integers(1, 3000),
    st.integers(1, 100),
    st.none() | st.integers(1, 20).map(Decimal),
    st.none() | st.integers(1, 5000),
    st.integers(1, 3),
)
LINES = st.lists(
    st.tuples(st.integers(0, 3000), st.integers(1, 5), st.integers(0, 40)), max_size=12
)


@given(LINES, st.lists(AIDS, max_size=3, unique_by=lambda each: each.id))
def test_nothing_comes_below_zero_and_ceilings_hold(facts, aids):
    lines = [
        line(
            index,
            days=days,
            first=JULY + timedelta(days=start),
            shares=(minor, minor // 2, 0),
        )
        for index, (minor, days, start) in enumerate(facts)
    ]

    shares = apply_aids(lines, aids)

    for each in lines:
        taken = [share.shares for share in shares if share.line == each.id]
        for part in range(3):
            assert sum(share[part] for share in taken) <= each.shares[part]
    for aid in aids:
        mine = [share for share in shares if share.aid == aid.id]
        assert all(share.minor > 0 for share in mine)
        if aid.ceiling_minor is not None:
            assert sum(share.minor for share in mine) <= aid.ceiling_minor
        if aid.ceiling_units is not None:
            units = sum(Decimal(share.trace.units) for share in mine)
            assert units <= aid.ceiling_units
