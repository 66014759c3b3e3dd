"""The public simulator asks what the price lists look at, and nothing else."""

from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from catalog.domain.prices import parse_tariff
from catalog.forms.simulation import SimulationForm
from catalog.services.simulation import simulate

DAY = date(2026, 11, 23)


@dataclass(eq=False)
class OneActivity:
    """What a simulation reads of an activity."""

    code: str
    name: str
    units: int
    start_time: time
    end_time: time


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def activity(code: str = "soir") -> Any:
    return OneActivity(
        code=code,
        name=code.capitalize(),
        units=1,
        start_time=time(16, 30),
        end_time=time(18, 0),
    )


def tariff(rule: dict[str, Any], **more: Any) -> Any:
    last = {"code": "others", "method": "fixed", "amount": "9.00"}
    return parse_tariff(
        {
            "currency": "EUR",
            "unit": "session",
            "rules": [{"code": "first", **rule}, last],
            "split": {"care": "100"},
            **more,
        }
    )


def fixed(**when: Any) -> dict[str, Any]:
    return {"when": when, "method": "fixed", "amount": "1.00"}


def form_for(price_list: Any, answers: dict[str, str] | None = None) -> SimulationForm:
    data = None if answers is None else {"activity": "soir", **answers}
    return SimulationForm(data, tariffs={activity(): price_list}, situations={})


ASKED: dict[str, tuple[dict[str, Any], set[str], dict[str, str]]] = {
    "regime": (fixed(regime="msa"), {"regime"}, {"regime": "msa"}),
    "days a week": (
        fixed(days_a_week={"from": 3}),
        {"days_a_week"},
        {"days_a_week": "4"},
    ),
    "time of the year": (
        fixed(period_kind="holidays"),
        {"period_kind"},
        {"period_kind": "holidays"},
    ),
    "minutes": (fixed(minutes={"until": 31}), {"minutes"}, {"minutes": "30"}),
    "no minutes": (fixed(minutes={"until": 31}), {"minutes"}, {"minutes": "0"}),
    "quotient": (fixed(quotient={"until": "1"}), {"quotient"}, {"quotient": "0"}),
    "weekday": (fixed(weekday="wednesday"), {"day"}, {"day": "2026-11-25"}),
    "children": (
        fixed(children_registered={"from": 2}),
        {"children"},
        {"children": "2"},
    ),
    "rank among those present": (
        fixed(present_rank={"from": 2}),
        {"child_rank"},
        {"child_rank": "2"},
    ),
    "unbooked": (
        fixed(booking="absent_unjustified"),
        {"booking"},
        {"booking": "absent_unjustified"},
    ),
    "late": (fixed(booking="late"), {"late"}, {"late": "on"}),
    "late pick-up": (
        fixed(event="late_pickup"),
        {"event"},
        {"event": "late_pickup"},
    ),
    "again": (
        fixed(occurrence={"from": 2}),
        {"occurrence"},
        {"occurrence": "2"},
    ),
    "hours of the activity": (fixed(starts={"from": "16:00"}), set(), {}),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_fact_is_asked_when_the_price_looks_at_it_and_changes_it(name):
    rule, questions, answers = ASKED[name]
    price_list = tariff(rule)

    form = form_for(price_list, answers)

    assert set(form.fields) == {"activity", *questions}
    assert form.is_valid(), form.errors
    day = form.cleaned_data.get("day") or DAY
    tried = simulate(form.chosen, price_list, form.to_facts(), day=day)
    assert tried.price is not None
    assert tried.price.minor == 100


def test_one_price_asks_nothing():
    alone = {
        "currency": "EUR",
        "unit": "session",
        "rules": [{"code": "all", "method": "fixed", "amount": "9.00"}],
        "split": {"care": "100"},
    }

    assert set(form_for(parse_tariff(alone)).fields) == {"activity"}


def test_what_applies_without_an_answer_is_said():
    form = form_for(
        tariff(fixed(regime="msa", days_a_week={"from": 3}), defaults={"regime": "caf"})
    )

    assert "families of the CAF" in str(form.fields["regime"].help_text)
    assert "count with" not in str(form.fields["days_a_week"].help_text)


def test_a_question_for_one_activity_says_which():
    evening, morning = activity("soir"), activity("matin")
    tariffs = {
        evening: tariff(fixed(regime="msa")),
        morning: tariff(fixed(variant="adult")),
    }

    form = SimulationForm(None, tariffs=tariffs, situations={})

    assert "Soir" in str(form.fields["regime"].help_text)
    assert "Matin" not in str(form.fields["regime"].help_text)


def test_what_was_taken_without_asking_is_said():
    price_list = tariff(fixed(starts={"from": "16:00"}))
    form = form_for(price_list, {})

    assert form.is_valid()
    tried = simulate(form.chosen, price_list, form.to_facts(), day=DAY)
    said = " ".join(tried.assumed)
    assert "23 November 2026" in said
    assert "16:30" in said


def test_numbers_that_cannot_be_are_refused():
    price_list = tariff(fixed(minutes={"until": 31}, quotient={"until": "400"}))

    form = form_for(price_list, {"minutes": "-1", "quotient": "beaucoup"})

    assert set(form.errors) == {"minutes", "quotient"}


def test_a_quotient_is_kept_to_the_cent():
    form = form_for(tariff(fixed(quotient={"until": "400"})), {"quotient": "399.99"})

    assert form.is_valid()
    assert form.to_facts() == replace(form.to_facts(), quotient=Decimal("399.99"))
