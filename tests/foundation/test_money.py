"""Money: whole minor units, one rounding rule, fair shares, amounts for people."""

import operator
from decimal import Decimal, getcontext, localcontext

import pytest
from hypothesis import given, strategies as st

from foundation.money import (
    CurrencyMismatchError,
    Money,
    MoneyError,
    NotExactError,
    UnknownCurrencyError,
    allocate,
    format_amount,
    format_money,
    round_half_up,
)

MINOR = st.integers(min_value=-(10**12), max_value=10**12)
WEIGHTS = st.lists(
    st.decimals(min_value=0, max_value=1000, places=2), min_size=1, max_size=8
).filter(any)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2.665", "2.67"),
        ("4.485", "4.49"),
        ("3.2508", "3.25"),
        ("5.025", "5.03"),
        ("0.005", "0.01"),
        ("-0.005", "-0.01"),
        ("-2.665", "-2.67"),
        ("7", "7.00"),
    ],
)
def test_halves_go_away_from_zero(value, expected):
    assert str(round_half_up(Decimal(value))) == expected


def test_rounding_takes_another_number_of_decimals():
    assert round_half_up(Decimal("2.5"), 0) == Decimal(3)


def test_rounding_ignores_the_precision_of_its_caller():
    with localcontext() as context:
        context.prec = 3

        rounded = round_half_up(Decimal("123456.785"))

    assert str(rounded) == "123456.79"


@pytest.mark.parametrize(
    "value", [2.5, Decimal("NaN"), Decimal("Infinity"), "2.5"], ids=repr
)
def test_rounding_refuses_what_is_not_exact(value):
    with pytest.raises(NotExactError):
        round_half_up(value)


@pytest.mark.parametrize("minor", [2.0, True, "2", Decimal(2)])
def test_money_holds_whole_minor_units_only(minor):
    with pytest.raises(NotExactError):
        Money(minor, "EUR")


def test_money_refuses_a_currency_no_town_bills_in():
    with pytest.raises(UnknownCurrencyError):
        Money(1, "USD")

    with pytest.raises(UnknownCurrencyError):
        Money.from_decimal(Decimal(1), "usd")


def test_money_is_made_from_major_units_with_the_one_rounding():
    assert Money.from_decimal(Decimal("4.485"), "EUR") == Money(449, "EUR")


@pytest.mark.parametrize(
    "mix",
    [operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge],
)
def test_two_currencies_never_meet(mix):
    with pytest.raises(CurrencyMismatchError):
        mix(Money(1, "EUR"), Money(1, "CAD"))


def test_equal_minor_units_of_two_currencies_are_not_equal():
    assert Money(1, "EUR") != Money(1, "CAD")


def test_money_is_multiplied_by_whole_numbers_only():
    assert Money(415, "EUR") * 17 == Money(7055, "EUR")

    with pytest.raises(NotExactError):
        Money(415, "EUR") * 1.5  # type: ignore[operator]  # What we refuse.


@given(MINOR, MINOR)
def test_adding_then_subtracting_gives_back_the_same(one, other):
    left, right = Money(one, "CAD"), Money(other, "CAD")

    assert left + right - right == left
    assert left - right == -(right - left)
    assert (left < right) == (one < other)


@given(MINOR)
def test_major_units_lead_back_to_the_same_minor_units(minor):
    money = Money(minor, "EUR")

    assert Money.from_decimal(money.decimal, "EUR") == money
    assert money.decimal * 100 == minor


def test_thirds_of_ten_euros_lose_nothing():
    assert allocate(1000, [1, 1, 1]) == [334, 333, 333]


def test_the_largest_remainder_is_served_first():
    assert allocate(100, [Decimal("0.5"), Decimal("1.5"), 1]) == [17, 50, 33]


def test_a_negative_amount_is_shared_as_its_opposite():
    assert allocate(-1000, [1, 1, 1]) == [-334, -333, -333]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [2, -1]])
def test_shares_need_weights(weights):
    with pytest.raises(MoneyError):
        allocate(100, weights)


@given(MINOR, WEIGHTS)
def test_shares_add_up_and_stay_within_one_unit_of_the_ideal(minor, weights):
    shares = allocate(minor, weights)

    assert sum(shares) == minor
    assert len(shares) == len(weights)
    with localcontext(prec=60):
        for share, weight in zip(shares, weights, strict=True):
            assert abs(share - minor * weight / sum(weights)) < 1


@given(MINOR, WEIGHTS)
def test_a_weight_of_nothing_receives_nothing(minor, weights):
    shares = allocate(minor, [*weights, 0])

    assert shares[-1] == 0


def test_money_splits_into_money():
    assert Money(5, "EUR").split([1, 1]) == [Money(3, "EUR"), Money(2, "EUR")]


@pytest.mark.parametrize(
    ("money", "locale", "text"),
    [
        (Money(123450, "EUR"), "fr", "1\u202f234,50\xa0€"),
        (Money(123450, "EUR"), "fr-fr", "1\u202f234,50\xa0€"),
        (Money(1200, "CAD"), "fr_CA", "12,00\xa0$"),
        (Money(1200, "CAD"), "fr-ca", "12,00\xa0$"),
        (Money(1200, "CAD"), "en-ca", "$12.00"),
        (Money(123450, "EUR"), "en", "€1,234.50"),
        (Money(-250, "EUR"), "fr", "-2,50\xa0€"),
    ],
)
def test_amounts_are_written_as_people_read_them(money, locale, text):
    assert format_money(money, locale) == text


def test_an_amount_on_the_way_keeps_its_decimals():
    assert format_amount(Decimal("3.2508"), "EUR", "fr") == "3,2508\xa0€"
    assert format_amount(Decimal(3), "EUR", "fr") == "3,00\xa0€"


def test_importing_money_leaves_the_decimal_context_alone():
    assert getcontext().prec == 28
