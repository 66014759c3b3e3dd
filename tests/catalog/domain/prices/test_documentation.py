"""The examples of the documentation are tariffs and rules that work."""

import re
from pathlib import Path

import pytest
import yaml

from catalog.domain.deadlines import parse_deadline
from catalog.domain.prices import parse_tariff
from catalog.domain.prices.adjustments import ADJUSTMENTS
from catalog.domain.prices.conditions import CONDITIONS
from catalog.domain.prices.methods import METHODS
from tests.catalog.domain.towns import tariff_of

DOCS = Path(__file__).parents[4] / "docs" / "algorithms"


def examples(page):
    blocks = re.findall(r"```yaml\n(.*?)```", (DOCS / page).read_text(), re.DOTALL)
    return [yaml.safe_load(block) for block in blocks]


@pytest.mark.parametrize("example", examples("prices.md"))
def test_each_tariff_of_the_page_is_read(example):
    assert parse_tariff(example).rules


@pytest.mark.parametrize("example", examples("deadlines.md"))
def test_each_deadline_of_the_page_is_read(example):
    assert parse_deadline(example) is not None


def test_the_page_shows_the_same_tariffs_as_the_tests():
    shown = examples("prices.md")

    assert shown[2] == tariff_of("fay_aux_loges", "meal")
    assert shown[3] == tariff_of("2c2r", "care")
    assert shown[4] == tariff_of("rawdon", "camp")


@pytest.mark.parametrize("word", [*METHODS, *ADJUSTMENTS, *CONDITIONS])
def test_each_word_of_the_vocabulary_is_on_the_page(word):
    assert f"`{word}`" in (DOCS / "prices.md").read_text()
