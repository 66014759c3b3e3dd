"""What a ceiling counts together, and what its trace keeps."""

from dataclasses import replace
from datetime import date

import pytest

from catalog.domain.prices import parse_tariff
from catalog.domain.prices.caps import AT_MOST, CapTrace, reduce_by_caps
from foundation.periods import Period
from foundation.problems import ConfigurationError
from tests.catalog.domain.prices.test_caps import (
    FAMILY,
    MONTH,
    SUMMER,
    TARIFF,
    a_cap,
    line,
    with_caps,
)

SEASON = replace(MONTH, code="summer", label="Summer", period="calendar_period")
AUTUMN = Period(date(2027, 9, 1), date(2027, 12, 1))


def taken(found):
    return [(each.line, each.minor) for each in found]


def problems(data):
    with pytest.raises(ConfigurationError) as refused:
        parse_tariff(data)
    return [
        (each.path, each.reason, dict(each.params)) for each in refused.value.problems
    ]


def test_each_period_of_the_calendar_counts_by_itself():
    lines = [
        line(1, 900, caps=(SEASON,)),
        line(2, 900, caps=(SEASON,)),
        line(3, 900, caps=(SEASON,), calendar=AUTUMN),
    ]

    found = reduce_by_caps(lines)

    assert taken(found) == [(2, 800)]
    assert found[0].trace == CapTrace(
        "summer", "Summer", "child", SUMMER, 10_00, 900, 900, 800
    )


def test_the_trace_is_stored_word_for_word():
    (capped,) = reduce_by_caps([line(1, 1240, caps=(FAMILY, MONTH))])

    assert capped.trace.to_data() == {
        "kind": "cap",
        "code": "month",
        "label": "Monthly ceiling",
        "per": "child",
        "from": "2027-07-01",
        "until": "2027-08-01",
        "ceiling": 1000,
        "before": 0,
        "price": 1240,
        "minor": -240,
    }


@pytest.mark.parametrize("votes", [(5_00, 20_00), (20_00, 5_00)])
def test_votes_within_a_period_leave_the_lowest_ceiling(votes):
    lines = [
        line(number, caps=(replace(MONTH, minor=minor),))
        for number, minor in enumerate(votes)
    ]

    assert taken(reduce_by_caps(lines)) == [(1, 300)]


def test_a_tariff_that_lost_a_ceiling_is_counted_without_it():
    lines = [line(1, 2000, caps=(MONTH,)), line(2, 2000, caps=(MONTH, FAMILY))]

    found = {(each.line, each.position): each.minor for each in reduce_by_caps(lines)}

    assert found == {(1, 0): 1000, (2, 0): 2000}


def test_only_the_activities_named_count():
    care = replace(MONTH, activities=frozenset({"care"}))
    lines = [
        line(1, 5000, caps=(care,)),
        line(2, 5000, caps=(care,), activity="care"),
    ]

    assert taken(reduce_by_caps(lines)) == [(2, 4000)]


def test_what_an_earlier_ceiling_took_off_is_not_counted_by_the_next():
    billed = [line(1, 1400, caps=(MONTH, FAMILY), taken={0: 400, 1: 50})]
    fresh = [line(2, 700, caps=(MONTH, FAMILY), child=2)]

    assert taken(reduce_by_caps(fresh, billed)) == [(2, 200)]


def test_nothing_is_taken_off_nothing():
    assert reduce_by_caps([]) == []


def test_five_ceilings_are_read_and_a_sixth_is_refused_with_the_limit():
    many = [a_cap(code=f"c{rank}", activities=[f"a{rank}"]) for rank in range(6)]

    assert len(parse_tariff(with_caps(*many[:AT_MOST])).caps) == AT_MOST
    assert problems(with_caps(*many)) == [("caps", "too_large", {"at_most": "5"})]


def test_a_million_is_the_largest_ceiling():
    largest = with_caps(a_cap(amount="1000000"))

    assert parse_tariff(largest).caps[0].minor == 100_000_000
    assert problems(with_caps(a_cap(amount="1000000.01"))) == [
        ("caps[0].amount", "too_large", {"at_most": "1000000"})
    ]


def test_a_label_has_at_most_120_characters():
    assert parse_tariff(with_caps(a_cap(label="x" * 120))).caps[0].label == "x" * 120
    assert problems(with_caps(a_cap(label="x" * 121))) == [
        ("caps[0].label", "text_too_long", {"at_most": "120"})
    ]


def test_ceilings_are_in_the_smallest_unit_of_the_currency():
    yen = TARIFF | {"currency": "CAD", "caps": [a_cap(amount="46.25")]}

    assert parse_tariff(yen).caps[0].minor == 46_25
