"""Days in words, as each language counts them."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.template import engines
from django.utils.translation import override

from foundation.days import date_format, format_date, format_interval, short_day

FIRST = date(2026, 12, 1)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("language", ["fr", "fr_CA"])
@pytest.mark.parametrize("style", ["full", "long", "medium", "EEE d MMM"])
def test_the_first_of_every_month_is_an_ordinal_in_french(month, language, style):
    said = format_date(date(2026, month, 1), style, locale=language)

    assert " 1er " in f" {said}"


@pytest.mark.parametrize("style", ["j F Y", "l j F Y", "D j M Y", "j b Y"])
@pytest.mark.parametrize("month", range(1, 13))
def test_django_s_formats_say_it_too(month, style):
    with override("fr-ca"):
        said = date_format(date(2026, month, 1), style)

    assert "1er " in said


@pytest.mark.parametrize("day", [2, 11, 21, 31])
def test_other_days_are_plain_numbers(day):
    assert "er" not in format_date(date(2026, 8, day), "long", locale="fr")


def test_english_counts_as_it_did():
    assert format_date(FIRST, "long", locale="en") == "December 1, 2026"


def test_figures_stay_figures():
    with override("fr"):
        assert date_format(FIRST, "SHORT_DATE_FORMAT") == "01/12/2026"


def test_a_range_begins_on_the_first_too():
    said = format_interval(FIRST, date(2026, 12, 5), "yMMMd", locale="fr")

    assert said == "1er–5 déc. 2026"  # noqa: RUF001 - a range.


def test_every_template_counts_days_as_people_do():
    template = engines["django"].from_string('{{ day|date:"l j F Y" }}{{ none|date }}')

    with override("fr"):
        said = template.render({"day": FIRST, "none": None})

    assert said == "mardi 1er décembre 2026"


def test_a_short_day_keeps_its_weekday():
    with override("fr"):
        assert short_day(FIRST) == "mar. 1er déc. 2026"


def test_no_module_writes_days_by_another_way():
    root = Path(__file__).parents[2]
    other_ways = re.compile(
        r"from (django\.utils\.formats|babel\.dates) import .*"
        r"\b(date_format|format_date|format_interval)\b"
    )

    found = [
        str(module.relative_to(root))
        for app in (
            "platform",
            "billing",
            "catalog",
            "enrolment",
            "families",
            "tenants",
        )
        for module in (root / app).rglob("*.py")
        if other_ways.search(module.read_text())
    ]

    assert found == []
