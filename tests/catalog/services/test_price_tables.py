"""A tariff as people read it."""

import pytest
from django.utils import translation

from catalog.domain.prices import parse_tariff
from catalog.services.price_tables import changes_of, tables_of
from tests.catalog.domain.towns import TARIFFS, tariff_of

NAMES = {"un-parent": "Un seul parent travaille"}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def tariff(*rules, **more):
    return parse_tariff(
        {
            "currency": "EUR",
            "unit": "meal",
            "rules": list(rules),
            "split": {"meal": "100"},
            **more,
        }
    )


def rows(table):
    return {row.label: row.price for row in table.rows}


def test_bands_of_quotient_are_a_table():
    (table,) = tables_of(
        tariff(
            {
                "code": "r",
                "when": {"residence": "resident"},
                "method": "quotient_bands",
                "bands": [
                    {"from": "0", "until": "400", "amount": "0.50"},
                    {"from": "400", "until": "640", "amount": "1.75"},
                    {"from": "640", "amount": "2.35"},
                ],
            }
        ),
        {},
    )

    assert table.title == "Residents"
    assert rows(table) == {
        "below 400": "€0.50",
        "from 400 to less than 640": "€1.75",
        "from 640 up": "€2.35",
    }


def test_single_prices_share_a_table_that_names_who_they_are_for():
    (table,) = tables_of(
        tariff(
            {
                "code": "a",
                "when": {"variant": "care-plan"},
                "method": "fixed",
                "amount": "1.75",
            },
            {"code": "b", "method": "fixed", "amount": "6.50"},
        ),
        {},
    )

    assert rows(table) == {
        "With an individual care plan (PAI)": "€1.75",
        "All others": "€6.50",
    }


def test_an_effort_rate_gives_its_bounds():
    (table,) = tables_of(
        tariff(
            {
                "code": "a",
                "method": "effort_rate",
                "rate": "0.36",
                "floor": "2.60",
                "ceiling": "4.50",
            }
        ),
        {},
    )

    assert rows(table) == {"Everybody": "0.36% of the quotient, from €2.60 to €4.50"}


def test_situations_read_as_the_service_names_them():
    (table,) = tables_of(
        tariff(
            {
                "code": "a",
                "when": {"situation": "un-parent"},
                "method": "fixed",
                "amount": "1.00",
            },
            {"code": "b", "method": "fixed", "amount": "2.00"},
        ),
        NAMES,
    )

    assert next(iter(rows(table))) == "Un seul parent travaille"


def test_what_changes_the_price_is_said_in_words():
    changes = changes_of(
        tariff(
            {"code": "a", "method": "fixed", "amount": "2.00"},
            adjustments=[
                {
                    "code": "late",
                    "when": {"booking": ["late"]},
                    "method": "amount",
                    "amount": "2.50",
                },
                {
                    "code": "second",
                    "label": "Second child",
                    "when": {"child_rank": {"from": 2}},
                    "method": "percent",
                    "percent": "-25",
                },
                {"code": "free", "label": "Strike", "method": "zero"},
            ],
        ),
        {},
    )

    assert changes == [
        "Booked late: + €2.50",
        "Second child: \N{MINUS SIGN} 25 %",
        "Strike: free",
    ]


@pytest.mark.parametrize(("name", "code"), TARIFFS)
def test_every_tariff_of_the_real_towns_reads_as_tables(name, code):
    real = parse_tariff(tariff_of(name, code))

    tables = tables_of(real, {})

    assert tables
    assert all(row.price and table.title for table in tables for row in table.rows)
    assert len(changes_of(real, {})) == len(real.adjustments)
