"""From a tariff to a sheet and back, nothing is lost: on all those that we know."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from catalog.domain.prices import parse_tariff
from catalog.domain.tariff_sheet import rules_of, sheet_of
from tests.catalog.domain.test_tariff_sheet import methods, tariff_with, tariffs

SPELT_OUT = {
    "currency": "EUR",
    "unit": "half-hour",
    "count": {"every": 30, "rounding": "started"},
    "round_to": "0.01",
    "rules": [
        {
            "code": "all",
            "method": "quotient_bands",
            "without_quotient": "highest_band",
            "bands": [
                {"until": "700", "amount": "1.00"},
                {"from": "700", "amount": "2.00"},
            ],
        }
    ],
    "adjustments": [
        {
            "code": "late",
            "when": {"booking": "late"},
            "method": "amount",
            "amount": "1.00",
            "per": "total",
        }
    ],
    "split": {"care": "100"},
}


def known() -> list[tuple[str, dict[str, Any]]]:
    """Every tariff that we know: real towns, the list of methods, all spelt out."""
    return [
        ("spelt out", SPELT_OUT),
        *tariffs(),
        *((each["name"], each["tariff"]) for each in methods()),
    ]


@pytest.mark.parametrize(("name", "rules"), known(), ids=[name for name, _ in known()])
def test_each_tariff_goes_to_a_sheet_and_back_as_it_was(
    name: str, rules: dict[str, Any]
) -> None:
    sheet = sheet_of(rules)

    assert sheet is not None, name
    again = rules_of(sheet)
    parts: Any = (*sheet.lines, *sheet.supplements)
    assert not [each for each in parts if each.kept]
    assert sheet_of(again) == sheet
    assert parts_of(again) == parts_of(rules)


def parts_of(rules: dict[str, Any]) -> tuple[Any, ...]:
    """Return all that a tariff says, however it is written."""
    tariff = parse_tariff(rules)
    whole = replace(tariff, fingerprint="", parts={}, rules=(), adjustments=())
    parts: Any = (*tariff.rules, *tariff.adjustments)
    return whole, [(replace(each, when=None), each.when.matchers) for each in parts]


CODES_OF = {
    "residence": ["resident", "works_here", "schooled_here", "outside"],
    "regime": ["caf", "msa", "none"],
    "period_kind": ["term", "holidays", "public_holiday"],
    "weekday": ["monday", "wednesday", "sunday"],
    "booking": ["in_time", "late", "unbooked"],
    "variant": ["standard", "adult", "care-plan", "frere"],
    "situation": ["un-parent", "deux-parents"],
}
AMOUNTS = st.decimals(0, 99, places=2).map(str)


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    facts = draw(st.lists(st.sampled_from(sorted(CODES_OF)), unique=True, max_size=3))
    return {
        fact: draw(st.lists(st.sampled_from(CODES_OF[fact]), unique=True, min_size=1))
        for fact in facts
    }


@st.composite
def some_rules(draw: st.DrawFn, code: str) -> dict[str, Any]:
    by = draw(st.sampled_from(sorted(CODES_OF)))
    codes = draw(st.lists(st.sampled_from(CODES_OF[by]), unique=True, min_size=1))
    ways: list[dict[str, Any]] = [
        {"method": "fixed", "amount": draw(AMOUNTS)},
        {
            "method": "table",
            "by": by,
            "amounts": {each: draw(AMOUNTS) for each in codes},
        },
    ]
    when = draw(conditions())
    way: dict[str, Any] = draw(st.sampled_from(ways))
    return {"code": code, **({"when": when} if when else {}), **way}


@given(st.data())
def test_any_mix_of_conditions_and_tables_goes_to_a_sheet_and_back(
    data: st.DataObject,
) -> None:
    rules = tariff_with(
        data.draw(some_rules("first")),
        {"code": "change", "when": data.draw(conditions()), "method": "zero"},
    )
    rules["rules"].insert(1, data.draw(some_rules("second")))

    sheet = sheet_of(rules)

    assert sheet is not None
    again = rules_of(sheet)
    assert again["rules"] == rules["rules"]
    assert sheet_of(again) == sheet
