"""A number written with an exponent enters nowhere: its price could not be replayed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.utils import translation
from hypothesis import given, strategies as st

from catalog.domain.pasted import read_number
from catalog.domain.prices import PriceContext, parse_tariff, price_for, replay
from catalog.domain.prices.trace import Trace
from catalog.forms.questions import QuestionsForm
from catalog.forms.sessions import MinorField
from enrolment.forms.review import AcceptProofForm
from families.domain.imports.cells import CellError, decimal
from families.domain.proof_forms import Question, QuestionKind, take_answers
from families.forms.household_staff import QuotientForm
from foundation.problems import ConfigurationError
from foundation.ui.fields import PlainDecimalField

WITH_EXPONENT = ("1E+2", "1e2", "1.5E+3", "1E2", "2e-1")
RULES: Any = {
    "currency": "EUR",
    "unit": "meal",
    "rules": [{"code": "all", "method": "effort_rate", "rate": "0.36"}],
    "split": {"meal": "100"},
}


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("text", WITH_EXPONENT)
@pytest.mark.parametrize(
    "field",
    [
        QuestionsForm.base_fields["quotient"],
        QuestionsForm.base_fields["session_amount"],
        QuotientForm.base_fields["value"],
        AcceptProofForm.base_fields["quotient"],
        MinorField(),
    ],
)
def test_no_form_takes_it(field: forms.Field, text: str) -> None:
    assert isinstance(field, PlainDecimalField)
    with pytest.raises(forms.ValidationError, match="number"):
        field.clean(text)


@pytest.mark.parametrize("text", WITH_EXPONENT)
def test_no_import_takes_it(text: str) -> None:
    with pytest.raises(CellError, match="not_an_amount"):
        decimal(text)


@pytest.mark.parametrize("text", WITH_EXPONENT)
def test_no_pasted_grid_takes_it(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        read_number(text)


@pytest.mark.parametrize("text", WITH_EXPONENT)
def test_no_pack_takes_it(text: str) -> None:
    rule = {
        "code": "all",
        "when": {"quotient": {"from": text}},
        "method": "fixed",
        "amount": text,
    }

    with pytest.raises(ConfigurationError) as refused:
        parse_tariff({**RULES, "rules": [rule]})

    assert {(each.path, each.reason) for each in refused.value.problems} >= {
        ("rules[0].when.quotient.from", "not_a_decimal"),
        ("rules[0].amount", "not_a_decimal"),
    }


@pytest.mark.parametrize("text", WITH_EXPONENT)
def test_no_form_of_a_clerk_takes_it(text: str) -> None:
    question = Question("revenu", "Revenu", QuestionKind.NUMBER)

    with pytest.raises(ValueError, match="not_a_number"):
        take_answers([question], {"revenu": text})


@given(
    st.decimals(0, 99_999, places=2).map(str)
    | st.integers(0, 99_999).map(str)
    | st.integers(0, 99_999).map("{}.0".format)
)
def test_each_quotient_that_a_form_takes_is_replayed(text: str) -> None:
    quotient = QuotientForm.base_fields["value"].clean(text)
    context = PriceContext(
        day=date(2026, 11, 21), quotient=quotient, quantity=Decimal(1)
    )

    price = price_for(parse_tariff(RULES), context)

    assert replay(RULES, Trace.from_data(price.trace.to_data())) == price
