"""A price is tried with the tariff in force on the day that the visitor chose."""

from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import Activity, Tariff, TariffVersion
from tenants.models import Town
from tests.families.builders import browser

LATER = timedelta(days=60)


@pytest.fixture
def visitor(rochebelle: Town) -> Client:
    return browser()


def published(**changes: Any) -> TariffVersion:
    """Publish one more version of the meals' tariff, two months ahead by default."""
    tariff = Activity.objects.get(code="repas").tariff
    former = tariff.versions.first()
    rules = deepcopy(former.rules if former else {}) | changes.pop("rules", {})
    facts = {
        "tariff": tariff,
        "rules": rules,
        "vote_number": "2027-01",
        "voted_on": timezone.localdate(),
        "effective_from": timezone.localdate() + LATER,
        "published_at": timezone.now(),
    }
    return TariffVersion.objects.create(**facts | changes)


def by_minutes(amount: str) -> dict[str, Any]:
    return {
        "rules": [
            {
                "code": "late",
                "when": {"event": "late_pickup"},
                "method": "fixed",
                "amount": "9.00",
            },
            {
                "code": "short",
                "when": {"minutes": {"until": 31}},
                "method": "fixed",
                "amount": "1.11",
            },
            {"code": "all", "method": "fixed", "amount": amount},
        ],
        "adjustments": [],
        "caps": [],
    }


def tried(visitor: Client, **answers: str) -> Any:
    answer = visitor.get(
        "/services/cantine/", {"price": "1", "activity": "repas", **answers}
    )
    return answer.context


def price(context: Any) -> str:
    minor: int = context["result"].price.minor
    return str(Decimal(minor).scaleb(-2))


def test_without_another_version_no_day_is_asked(visitor: Client) -> None:
    form = visitor.get("/services/cantine/").context["form"]

    assert "day" not in form.fields


def test_each_day_has_the_price_of_its_version(visitor: Client) -> None:
    start = published(rules=by_minutes("7.77")).effective_from
    eve = start - timedelta(days=1)
    answers = {"residence": "resident", "quotient": "700"}

    now = tried(visitor, **answers)
    before = tried(visitor, day=eve.isoformat(), **answers)
    after = tried(visitor, day=start.isoformat(), **answers)

    assert "day" in now["form"].fields
    assert [price(each) for each in (now, before, after)] == ["2.35", "2.35", "7.77"]
    assert "2027-01" in " ".join(after["result"].assumed)
    assert "2027-01" not in " ".join(before["result"].assumed)


def test_the_questions_are_those_of_the_day(visitor: Client) -> None:
    start = published(rules=by_minutes("7.77")).effective_from

    now = tried(visitor)
    after = tried(visitor, day=start.isoformat())
    short = tried(visitor, day=start.isoformat(), minutes="20")
    late = tried(visitor, day=start.isoformat(), event="late_pickup")

    assert {"quotient", "residence"} <= set(now["form"].fields)
    assert not {"minutes", "event"} & set(now["form"].fields)
    assert {"minutes", "event"} <= set(after["form"].fields)
    assert not {"quotient", "residence"} & set(after["form"].fields)
    assert [price(short), price(late)] == ["1.11", "9.00"]


def test_a_day_before_the_first_vote_is_said_not_priced(visitor: Client) -> None:
    published()

    before = tried(visitor, day="2001-05-03")

    assert before["result"].price is None
    said = " ".join(before["result"].sentences)
    assert "2001" in said
    assert "2025" in said


def test_a_service_whose_first_prices_are_to_come_can_be_tried(
    visitor: Client,
) -> None:
    activity = Activity.objects.get(code="repas")
    activity.tariff = Tariff.objects.create(code="neuf", name="Neuf")
    activity.save(update_fields=["tariff"])
    rules = {"currency": "EUR", "unit": "meal", "split": {"meal": "100"}}
    start = published(
        tariff=activity.tariff, rules=rules | by_minutes("7.77")
    ).effective_from

    now = tried(visitor)
    after = tried(visitor, day=start.isoformat())

    assert now["result"].price is None
    assert price(after) == "7.77"


def test_a_draft_is_no_version(visitor: Client) -> None:
    start = published(rules=by_minutes("7.77"), published_at=None).effective_from

    after = tried(visitor, day=start.isoformat(), residence="resident", quotient="700")

    assert "day" not in after["form"].fields
    assert price(after) == "2.35"


@pytest.mark.parametrize("day", ["demain", "2026-13-45", "9" * 40, "\x00", "-1"])
def test_a_day_that_cannot_be_read_is_told(visitor: Client, day: str) -> None:
    published()

    context = tried(visitor, day=day)

    assert "day" in context["form"].errors
    assert context["result"] is None
