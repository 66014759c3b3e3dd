"""A price to try, over REST."""

from datetime import UTC, datetime

import pytest

from catalog.models import Activity, Service, Tariff, TariffVersion

PATH = "prices/simulate/"
LUNCH = {"activity": "repas", "day": "2026-11-24"}


@pytest.mark.parametrize(
    ("said", "minor"),
    [
        ({"residence": "resident", "quotient": "700"}, 235),
        ({"residence": "resident", "quotient": "700", "timing": "late"}, 485),
        ({"residence": "resident", "quotient": "700", "variant": "care-plan"}, 80),
        ({"residence": "outside"}, 650),
        ({}, 650),
        ({"situation": "ecole", "child_rank": "3"}, 650),
    ],
)
def test_a_price_is_given_for_what_is_said(ask, said, minor):
    answer = ask(PATH, **LUNCH, **said)

    assert answer.status_code == 200, answer.content
    price = answer.json()
    assert (price["price_minor"], price["currency"]) == (minor, "EUR")
    assert price["split"] == {"care": 0, "meal": minor, "other": 0}
    assert price["day"] == "2026-11-24"


def test_the_price_is_explained_as_the_town_writes_it(ask):
    price = ask(PATH, **LUNCH, residence="resident", quotient="700").json()

    assert price["explanation"][-1].replace("\xa0", " ").endswith("2,35 €.")


def test_the_same_code_in_another_town_has_another_price(ask):
    said = {"residence": "resident", "quotient": "1000"}

    here = ask(PATH, **LUNCH, **said).json()
    there = ask(PATH, host="etangs.localhost", **LUNCH, **said).json()

    assert (here["price_minor"], there["price_minor"]) == (305, 360)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"quotient": "a lot"}, "quotient"),
        ({"quotient": "-1"}, "quotient"),
        ({"quotient": "NaN"}, "quotient"),
        ({"quotient": "1E+2"}, "quotient"),
        ({"residence": "moon"}, "residence"),
        ({"child_rank": "0"}, "child_rank"),
        ({"timing": "never"}, "timing"),
        ({"variant": "adult"}, "variant"),
        ({"situation": "un-parent"}, "situation"),
        ({"day": "24/11/2026"}, "day"),
        ({"day": "1990-01-01"}, "day"),
        ({"quotien": "700"}, "quotien"),
        ({"activity": "a b"}, "activity"),
        ({"activity": ""}, "activity"),
    ],
)
def test_each_wrong_answer_is_told_under_its_own_name(ask, said, wrong):
    answer = ask(PATH, **{**LUNCH, **said})

    assert answer.status_code == 400, answer.content
    assert list(answer.json()) == [wrong]
    assert all(isinstance(each, str) for each in answer.json()[wrong])


def test_the_activity_must_be_named(ask):
    assert list(ask(PATH).json()) == ["activity"]


@pytest.mark.parametrize("code", ["garderie-soir", "absent", "natation"])
def test_an_activity_that_is_not_shown_here_does_not_exist(ask, code):
    Service.objects.filter(code="stages").update(is_published=False)

    assert ask(PATH, activity=code).status_code == 404


def test_a_fact_that_the_town_cannot_do_without_is_asked_for(ask):
    activity = Activity.objects.get(code="repas")
    activity.tariff = Tariff.objects.create(code="strict", name="Strict")
    activity.save()
    rule = {"code": "here", "when": {"residence": "resident"}, "method": "fixed"}
    TariffVersion.objects.create(
        tariff=activity.tariff,
        rules={
            "currency": "EUR",
            "unit": "meal",
            "rules": [{**rule, "amount": "2.00"}],
            "split": {"meal": "100"},
        },
        voted_on="2026-01-01",
        effective_from="2026-01-01",
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
    )

    nothing, outside = ask(PATH, **LUNCH), ask(PATH, **LUNCH, residence="outside")

    assert (nothing.status_code, list(nothing.json())) == (400, ["residence"])
    assert (outside.status_code, list(outside.json())) == (400, ["non_field_errors"])


def test_a_price_takes_few_queries(ask, django_assert_num_queries):
    ask(PATH, **LUNCH, situation="ecole")

    with django_assert_num_queries(7):
        ask(PATH, **LUNCH, situation="ecole")
