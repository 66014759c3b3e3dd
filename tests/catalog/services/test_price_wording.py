"""The sentences that explain a price to a family."""

import ast
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, strategies as st

import catalog.domain.prices as engine
from catalog.domain.prices import PriceError, Step, parse_tariff, price_for
from catalog.domain.prices.defaults import DEFAULTED
from catalog.domain.prices.errors import MissingFactError
from catalog.services.price_wording import (
    ERRORS,
    SENTENCES,
    explain_price,
    explain_price_error,
    explain_step,
)
from tests.catalog.domain.prices.builders import (
    LATE,
    OUTSIDE,
    RESIDENT,
    UNBOOKED,
    adjustment,
    context,
    priced,
    rule,
    tariff,
)
from tests.catalog.domain.prices.strategies import FACTS, PARSED, attempt
from tests.catalog.domain.towns import tariff_of

OUTSIDER = (
    "Your residence is not proven: the price for people from outside the town applies."
)
THIRD_CHILD = "Child number 3 of the household: − 25%, that makes CA$77.25."  # noqa: RUF001 -- A minus.


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def sentences(town, name, facts):
    return explain_price(price_for(parse_tariff(tariff_of(town, name)), facts).trace)


def test_a_late_meal_is_explained_step_by_step():
    facts = context("700", residence=RESIDENT, booking=LATE)

    assert sentences("roncq", "meal", facts) == [
        "Quotient 700 falls in the band 640 to 860: €2.35.",
        "Booked late: + €2.50.",
        "Total: €4.85.",
    ]


@pytest.mark.parametrize(
    ("town", "name", "facts", "expected"),
    [
        (
            "roncq",
            "meal",
            context(residence=RESIDENT),
            ["No quotient is on file: the highest band applies, €4.90."],
        ),
        (
            "roncq",
            "care",
            context("2500.5", residence=RESIDENT, quantity=3),
            [
                "Quotient 2,500.5 falls in the band from 1,900 up: €1.45.",
                "3 times €1.45: €4.35.",
            ],
        ),
        (
            "fay_aux_loges",
            "meal",
            context("903"),
            ["0.36% of the quotient 903: €3.2508.", "Rounded to €3.25."],
        ),
        (
            "fay_aux_loges",
            "meal",
            context("500"),
            [
                "0.36% of the quotient 500 is €1.80. The lowest price applies: €2.60.",
            ],
        ),
        (
            "vailhauques",
            "meal",
            context(booking=LATE),
            [
                "Set price: €2.99.",
                "Booked late: + 50%, that makes €4.485.",
                "Rounded to €4.49.",
            ],
        ),
        (
            "vailhauques",
            "meal",
            context(booking=UNBOOKED),
            [
                "Set price: €2.99.",
                "Present without a booking: the price becomes €10.00.",
            ],
        ),
        (
            "rawdon",
            "camp",
            context(child_rank=3),
            [
                OUTSIDER,
                "Price for people from outside the town: CA$103.00.",
                THIRD_CHILD,
            ],
        ),
    ],
)
def test_a_price_of_a_real_town_is_explained(town, name, facts, expected):
    assert sentences(town, name, facts)[:-1] == expected


def test_the_label_of_the_town_is_used_when_there_is_one():
    data = tariff(
        rule(label="Repas enfant"),
        adjustments=[adjustment("zero", label="Sortie scolaire")],
    )

    assert explain_price(priced(data).trace) == [
        "Price list: Repas enfant.",
        "Set price: €2.00.",
        "Sortie scolaire: nothing to pay.",
        "Total: €0.00.",
    ]


@pytest.mark.parametrize(
    ("when", "facts", "reason"),
    [
        (None, {}, "Adjustment “change”"),
        ({"occurrence": {"from": 2}}, {"occurrence": 2}, "Time number 2"),
        ({"residence": "outside"}, {"residence": OUTSIDE}, "Because of the residence"),
        ({"day": {"from": "2026-01-01"}}, {}, "Because of the date"),
    ],
)
def test_an_adjustment_without_label_says_why_it_applied(when, facts, reason):
    keys = {} if when is None else {"when": when}
    data = tariff(adjustments=[adjustment("amount", amount="-0.5", **keys)])

    found = explain_price(priced(data, context(**facts)).trace)

    assert found[1] == f"{reason}: − €0.50."  # noqa: RUF001 -- A minus.


def test_amounts_follow_the_language_of_the_reader():
    with translation.override("fr"):
        step = Step("base", "fixed", {}, None, "1234.5")

        assert "1\u202f234,50\xa0€" in explain_step(step, "EUR")


def test_a_missing_price_says_what_to_do():
    assert explain_price_error(MissingFactError(fact="quotient")) == (
        "We need the family quotient to give a price. Please complete your file."
    )


def test_every_price_error_has_a_sentence():
    codes = {each.code for each in PriceError.__subclasses__()}

    assert codes == set(ERRORS)


def test_no_sentence_is_left_for_a_message_the_engine_no_longer_gives():
    messages = set()
    for path in Path(engine.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                messages.add(node.value)
    by_default = {f"{fact}_by_default" for fact in DEFAULTED}
    bounded = {
        f"{method}{bound}"
        for method in ("effort_rate", "effort_band")
        for bound in ("", "_floor", "_ceiling")
    }

    assert set(SENTENCES) <= messages | by_default | bounded
    assert by_default | bounded <= set(SENTENCES)


@given(st.sampled_from(PARSED), FACTS, st.sampled_from(["en", "fr", "fr-ca"]))
def test_any_price_of_any_town_is_explained_without_leaving_anything_out(
    known, facts, language
):
    price = attempt(known[1], facts)

    with translation.override(language):
        found = (
            [explain_price_error(price)]
            if isinstance(price, PriceError)
            else explain_price(price.trace)
        )

    assert all(text and "%(" not in text for text in found)
