"""Special cases together, and prices by code, on the screen of a tariff."""

from datetime import date
from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict

from catalog.domain.tariff_sheet import sheet_of
from catalog.forms.tariffs.sheet import SheetForms
from catalog.models import TariffVersion
from tests.catalog.domain.test_tariff_sheet_identity import known, parts_of
from tests.catalog.views.staff_steps import inside
from tests.catalog.views.test_staff_tariffs import (
    desk,
    drafts,
    filled,
    new_address,
    tariff,
)

__all__ = ["desk", "tariff"]


def given_rules(tariff, rules, *changes):
    """Give the tariff a draft that the editor starts from."""
    last = {"code": "all", "method": "fixed", "amount": "2.00"}
    TariffVersion.objects.create(
        tariff=tariff,
        vote_number="2028-01",
        voted_on=date(2028, 1, 1),
        effective_from=date(2028, 2, 1),
        rules={
            "currency": "EUR",
            "unit": "meal",
            "rules": [*rules, last],
            "adjustments": list(changes),
            "split": {"meal": "100"},
        },
    )


SPECIAL = {"variant": ["adult", "care-plan"]}
EARLY = {"code": "early", "when": SPECIAL, "method": "fixed", "amount": "1.11"}
SOME: dict[str, Any] = {
    "code": "some",
    "when": {"residence": ["resident"]},
    "method": "table",
    "by": "regime",
    "amounts": {"caf": "1.00", "msa": "2.00"},
}


def test_two_special_cases_at_once_are_changed_on_the_screen(rochebelle, desk, tariff):
    most = {"code": "most", "when": SPECIAL, "method": "limit", "at_most": "9.00"}
    with inside(rochebelle):
        given_rules(tariff, [EARLY], most)
    fields = filled(desk, tariff)
    untouched = {**fields, "lines-1-amount": "2,50", "save": "1"}
    changed = {
        **fields,
        "lines-0-variants": ["adult", "pai"],
        "supplements-0-variants": ["care-plan"],
        "vote_number": "2027-99",
        "save": "1",
    }

    desk.post(new_address(tariff), untouched)
    desk.post(new_address(tariff), changed)

    assert fields["lines-0-variants"] == ["care-plan", "adult"]
    with inside(rochebelle):
        first = drafts().get(vote_number="2027-06-12").rules
        again = drafts().get(vote_number="2027-99").rules
    assert set(first["rules"][0]["when"]["variant"]) == {"adult", "care-plan"}
    assert set(again["rules"][0]["when"]["variant"]) == {"adult", "pai"}
    assert again["adjustments"][0]["when"]["variant"] == ["care-plan"]


def test_a_table_of_some_codes_is_changed_on_the_screen(rochebelle, desk, tariff):
    with inside(rochebelle):
        given_rules(tariff, [SOME])
    fields = filled(desk, tariff)
    lines = fields["lines-0-prices"].splitlines()
    more = f"{fields['lines-0-prices']}\nnone ; 3,50"

    desk.post(new_address(tariff), {**fields, "save": "1"})
    desk.post(
        new_address(tariff),
        {**fields, "lines-0-prices": more, "vote_number": "2027-99", "save": "1"},
    )

    assert lines == ["families of the CAF ; 1,00", "families of the MSA ; 2,00"]
    with inside(rochebelle):
        same = drafts().get(vote_number="2027-06-12").rules
        again = drafts().get(vote_number="2027-99").rules
    assert same["rules"][0] == SOME
    assert again["rules"][0]["amounts"] == {**SOME["amounts"], "none": "3.50"}


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("caf ; 1\nnobody ; 2", "Line 2, column 1"),
        ("caf ; 1\ncaf ; 2", "Line 2, column 1"),
        ("caf ; 1\nmsa ; un", "Line 2, column 2"),
        ("caf ; 1 ; 2", "Line 1"),
        ("Des gens ; 1", "Line 1, column 1"),
        ("", "at least one price"),
    ],
)
def test_a_wrong_table_says_its_line_and_its_column(
    rochebelle, desk, tariff, pasted, said
):
    with inside(rochebelle):
        given_rules(tariff, [SOME])

    page = desk.post(
        new_address(tariff),
        {**filled(desk, tariff), "lines-0-prices": pasted, "save": "1"},
    )

    errors = page.context["forms"].lines.forms[0].errors
    assert said in " ".join(errors["prices"])


def test_each_tariff_we_know_goes_through_the_screen_as_it_was(rochebelle):
    wrong: list[tuple[str, Any]] = []

    for name, rules in known():
        sheet = sheet_of(rules)
        assert sheet is not None
        shown = SheetForms(sheet=sheet, vote={}, activities=activities_of(rules))

        sent = SheetForms(
            written(shown), sheet=sheet, vote={}, activities=activities_of(rules)
        )

        if not sent.has_sound_prices():
            wrong.append((name, sent.refused))
        elif parts_of(sent.rules) != parts_of(rules):
            wrong.append((name, sent.rules))

    assert not wrong


def activities_of(rules):
    codes = {
        code for cap in rules.get("caps", ()) for code in cap.get("activities", ())
    }
    return [(code, code) for code in sorted(codes)]


def written(forms):
    """Return what a browser sends of a page that nobody changed."""
    data: MultiValueDict[str, Any] = MultiValueDict()
    sets = (forms.lines, forms.supplements, forms.ceilings)
    for form in (forms.whole, *(each for one in sets for each in one.forms)):
        for field in form:
            value = field.value()
            if isinstance(value, list | tuple):
                data.setlist(field.html_name, list(value))
            elif value not in (None, False):
                data[field.html_name] = str(value)
        if getattr(form, "is_kept", False):
            data[form.add_prefix("method")] = "kept"
    for one in sets:
        for field in one.management_form:
            data[field.html_name] = str(field.value())
    return data
