"""The published prices of real towns, from configuration only."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.domain.prices import Booking, MissingFactError, UnknownVariantError
from tests.catalog.domain.prices.builders import (
    LATE,
    OUTSIDE,
    RESIDENT,
    UNBOOKED,
    WORKS_HERE,
    context,
    priced,
)
from tests.catalog.domain.towns import tariff_of

PAI = {"variant": "care-plan"}


def price(town, tariff, facts):
    return priced(tariff_of(town, tariff), facts).money.decimal


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (context("399.99", residence=RESIDENT), "0.50"),
        (context("400", residence=RESIDENT), "1.75"),
        (context("1150", residence=RESIDENT), "3.55"),
        (context("700", residence=RESIDENT, booking=LATE), "4.85"),
        (context("700", residence=RESIDENT, booking=UNBOOKED), "4.85"),
        (context("2500", residence=RESIDENT, **PAI), "1.00"),
        (context("700", residence=RESIDENT, **PAI), "0.80"),
        (context("0", residence=RESIDENT, **PAI), "0.50"),
        (context(residence=RESIDENT), "4.90"),
        (context(residence=RESIDENT, **PAI), "1.00"),
        (context("100", residence=OUTSIDE), "6.50"),
        (context(residence=WORKS_HERE), "6.50"),
        (context(residence=OUTSIDE, booking=LATE), "9.00"),
        (context("100", residence=OUTSIDE, **PAI), "1.00"),
    ],
)
def test_a_meal_in_roncq(facts, expected):
    assert price("roncq", "meal", facts) == Decimal(expected)


ROWS = [
    ("399.99", "0.50", "0.50", "4.53", "0.16"),
    ("639.99", "1.75", "0.80", "7.65", "0.70"),
    ("859.99", "2.35", "0.80", "9.15", "0.85"),
    ("1149.99", "3.05", "0.80", "12.20", "1.10"),
    ("1499.99", "3.55", "1.00", "13.20", "1.25"),
    ("1699.99", "4.05", "1.00", "13.70", "1.35"),
    ("1899.99", "4.60", "1.00", "14.25", "1.40"),
    ("1900", "4.90", "1.00", "15.25", "1.45"),
]


@pytest.mark.parametrize(("quotient", "meal", "pai", "amis", "care"), ROWS)
def test_the_whole_grid_of_residents_in_roncq(quotient, meal, pai, amis, care):
    facts = context(quotient, residence=RESIDENT)
    with_plan = context(quotient, residence=RESIDENT, **PAI)

    assert price("roncq", "meal", facts) == Decimal(meal)
    assert price("roncq", "meal", with_plan) == Decimal(pai)
    assert price("roncq", "amis", facts) == Decimal(amis)
    assert price("roncq", "care", facts) == Decimal(care)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (context("1500", residence=OUTSIDE, quantity=3), "6.15"),
        (context("859.99", residence=OUTSIDE), "1.95"),
        (context("860", residence=OUTSIDE), "2.00"),
        (context("1499.99", residence=OUTSIDE), "2.00"),
        (context(residence=OUTSIDE), "2.05"),
        (context("700", residence=RESIDENT, quantity=3), "2.55"),
        (context("700", residence=RESIDENT, quantity=0), "0"),
    ],
)
def test_half_hours_of_care_in_roncq(facts, expected):
    assert price("roncq", "care", facts) == Decimal(expected)


@pytest.mark.parametrize(
    ("tariff", "facts", "expected"),
    [
        ("amis", context("10", residence=OUTSIDE), "19.35"),
        ("late-pick-up", context(), "1.00"),
        ("late-pick-up", context(variant="after-half-past-six"), "3.00"),
    ],
)
def test_the_other_prices_of_roncq(tariff, facts, expected):
    assert price("roncq", tariff, facts) == Decimal(expected)


def test_roncq_does_not_guess_who_is_resident():
    with pytest.raises(MissingFactError) as refusal:
        price("roncq", "meal", context("700"))

    assert refusal.value.params == {"fact": "residence"}


def test_roncq_says_that_the_highest_band_applies_without_quotient():
    trace = priced(tariff_of("roncq", "meal"), context(residence=RESIDENT)).trace

    assert trace.steps[0].message == "quotient_unknown_highest_band"
    assert trace.steps[0].params == {"from": "1900"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (context("500"), "2.60"),
        (context("800"), "2.88"),
        (context("1000"), "3.60"),
        (context("1250"), "4.50"),
        (context("3000"), "4.50"),
        (context("903"), "3.25"),
        (context("0"), "2.60"),
        (context(), "4.50"),
        (context("800", **PAI), "1.75"),
        (context(variant="adult"), "4.80"),
    ],
)
def test_a_meal_in_fay_aux_loges(facts, expected):
    assert price("fay_aux_loges", "meal", facts) == Decimal(expected)


def test_fay_aux_loges_does_not_price_a_variant_it_never_named():
    with pytest.raises(UnknownVariantError):
        price("fay_aux_loges", "meal", context("800", variant="teacher"))


@pytest.mark.parametrize(
    ("tariff", "facts", "expected"),
    [
        ("care", context("651", residence=RESIDENT, quantity=5), "2.40"),
        ("lunch-break", context("1151", residence=OUTSIDE), "5.04"),
        ("care", context("650", residence=RESIDENT), "0.30"),
        ("care", context("650.50", residence=RESIDENT), "0.30"),
        ("care", context("650", residence=OUTSIDE), "0.60"),
        ("care", context("651", residence=OUTSIDE), "0.96"),
        ("care", context("1150", residence=RESIDENT), "0.48"),
        ("care", context("1151", residence=RESIDENT), "0.63"),
        ("care", context("1151"), "1.26"),
        ("lunch-break", context("0", residence=RESIDENT), "1.20"),
        ("lunch-break", context("651", residence=RESIDENT), "1.92"),
        ("lunch-break", context("2000", residence=RESIDENT), "2.52"),
        ("lunch-break", context("0", residence=OUTSIDE), "2.40"),
        ("lunch-break", context("651", residence=OUTSIDE), "3.84"),
    ],
)
def test_care_and_lunch_break_in_2c2r(tariff, facts, expected):
    assert price("2c2r", tariff, facts) == Decimal(expected)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (context(), "2.99"),
        (context(booking=LATE), "4.49"),
        (context(booking=Booking.ABSENT_JUSTIFIED), "0"),
        (context(booking=Booking.ABSENT_UNJUSTIFIED), "2.99"),
        (context(booking=UNBOOKED), "10.00"),
    ],
)
def test_a_meal_in_vailhauques(facts, expected):
    assert price("vailhauques", "meal", facts) == Decimal(expected)


def test_three_residents_of_one_household_at_the_camp_of_rawdon():
    prices = [
        price("rawdon", "camp", context(residence=RESIDENT, child_rank=rank))
        for rank in (1, 2, 3)
    ]

    assert prices == [Decimal("82.40"), Decimal("82.40"), Decimal("61.80")]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (context(residence=OUTSIDE), "103.00"),
        (context(residence=OUTSIDE, child_rank=4), "77.25"),
        (context(residence=RESIDENT, quantity=2), "164.80"),
    ],
)
def test_a_week_of_camp_in_rawdon(facts, expected):
    assert price("rawdon", "camp", facts) == Decimal(expected)


def test_an_unknown_residence_in_rawdon_pays_the_published_default_and_is_told():
    found = priced(tariff_of("rawdon", "camp"), context())

    assert found.money.decimal == Decimal(103)
    assert found.trace.steps[0].message == "residence_by_default"
    assert found.currency == "CAD"


@pytest.mark.parametrize(
    ("rank", "booked_on", "expected"),
    [
        (1, date(2023, 4, 20), "120"),
        (2, date(2023, 6, 3), "114"),
        (3, date(2023, 5, 1), "108"),
        (1, date(2023, 6, 4), "159"),
        (3, date(2023, 7, 1), "159"),
    ],
)
def test_a_week_of_teen_camp_in_saint_lazare(rank, booked_on, expected):
    facts = context(child_rank=rank, booked_on=booked_on)

    assert price("saint_lazare", "camp", facts) == Decimal(expected)


@pytest.mark.parametrize(
    ("tariff", "facts", "expected"),
    [
        ("meal", context(), "3.50"),
        ("meal", context(booking=UNBOOKED), "5.49"),
        ("meal", context(booking=UNBOOKED, occurrence=2), "10.49"),
        ("care", context(variant="morning"), "1.40"),
        ("care", context(variant="evening"), "1.90"),
        ("late-pick-up", context(), "0"),
        ("late-pick-up", context(occurrence=3), "15.00"),
    ],
)
def test_the_prices_of_le_sourn(tariff, facts, expected):
    assert price("le_sourn", tariff, facts) == Decimal(expected)
