"""Ceilings in words: what families pay at most, and what clerks should look at."""

import pytest
from django.utils.translation import override

from catalog.domain.prices import parse_tariff
from catalog.domain.prices.cap_checks import ceilings_under_prices
from catalog.domain.prices.caps import PAYERS, PERIODS
from catalog.services.cap_wording import ceiling_warnings, say_ceilings
from catalog.services.price_tables import changes_of


def a_tariff(amount="46.00", **changes):
    cap = {"code": "most", "label": "Ceiling", "period": "month", "per": "child"}
    return parse_tariff(
        {
            "currency": "EUR",
            "unit": "meal",
            "rules": [
                {
                    "code": "bands",
                    "method": "quotient_bands",
                    "bands": [
                        {"from": "0", "until": "500", "amount": "2.50"},
                        {"from": "500", "amount": "4.00"},
                    ],
                }
            ],
            "split": {"meal": "100"},
            "caps": [cap | {"amount": amount} | changes],
        }
    )


def test_families_read_what_they_pay_at_most():
    with override("en"):
        assert changes_of(a_tariff(), {}) == [
            "Ceiling: at most €46.00 a month for each child."
        ]


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("payer", PAYERS)
def test_each_ceiling_has_its_sentence(period, payer):
    with override("en"):
        (sentence,) = say_ceilings(a_tariff(period=period, per=payer))

    assert "at most €46.00" in sentence


def test_a_ceiling_under_the_lowest_price_is_worth_a_warning():
    low, fair = a_tariff("2.49"), a_tariff("2.50")

    assert ceilings_under_prices(low) == low.caps
    assert ceilings_under_prices(fair) == ()
    with override("en"):
        assert len(ceiling_warnings(low)) == 1
