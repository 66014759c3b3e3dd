import re
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from tenants.domain.brand import (
    DARK,
    LIGHT,
    BrandContrastError,
    check_brand,
    component_pairs,
    theme_css,
    theme_hash,
)
from tenants.domain.colour import Colour, InvalidColourError, contrast

TOKENS = Path(__file__).parents[3] / "platform/portal/styles/_tokens.scss"
TONES = ["neutral", "info", "success", "warning", "danger", "pending"]
hexes = st.integers(min_value=0, max_value=0xFFFFFF).map(lambda n: f"#{n:06x}")


def mixin(name):
    """Return the properties of a mixin of the stylesheet."""
    block = TOKENS.read_text().partition(f"@mixin {name} {{")[2].partition("\n}")[0]
    return dict(re.findall(r"--preau-([\w-]+): (#[0-9a-f]{6});", block))


def accepted(colour, accent):
    """Check a colour, taking the suggestion when it is refused."""
    try:
        return check_brand(colour, accent)
    except BrandContrastError as refusal:
        return check_brand(str(refusal.suggestion), accent)


def worst_contrast(colour):
    return min(
        contrast(colour, back) for back in (LIGHT.page, LIGHT.surface, LIGHT.sunken)
    )


def is_refused(colour):
    return worst_contrast(Colour.parse(colour)) < 3


@settings(max_examples=1000, deadline=None)
@given(hexes, st.none() | hexes)
def test_every_accepted_theme_reads_on_every_component(colour, accent):
    theme = accepted(colour, accent)

    pairs = [
        *component_pairs(theme.light, LIGHT),
        *component_pairs(theme.dark, DARK),
    ]
    assert [pair for pair in pairs if not pair.passes] == []


def test_a_pale_brand_is_refused_with_the_nearest_colour_that_works():
    with pytest.raises(BrandContrastError) as refusal:
        check_brand("#ffcc00")

    assert str(refusal.value.suggestion) == "#a38300"
    assert refusal.value.ratio < refusal.value.needed
    assert "#a38300" in str(refusal.value)


@given(hexes.filter(is_refused))
@settings(deadline=None)
def test_a_refusal_changes_the_colour_no_more_than_needed(colour):
    with pytest.raises(BrandContrastError) as refusal:
        check_brand(colour)

    worst = worst_contrast(refusal.value.suggestion)
    assert 3 <= worst < Decimal("3.2")
    assert worst_contrast(Colour.parse(colour)) < 3


def test_the_town_keeps_its_exact_brand_and_accent_in_light():
    theme = check_brand("#7a1f5c", "#ffcc00")

    assert str(theme.light.brand) == "#7a1f5c"
    assert str(theme.light.accent) == "#ffcc00"


def test_a_colour_that_is_none_is_refused():
    with pytest.raises(InvalidColourError):
        check_brand("#0f5c63;}body{display:none}")


def test_the_stylesheet_sets_every_shade_for_light_and_dark():
    theme = check_brand("#0f5c63", "#e07a3f")

    css = theme_css(theme)

    for field in fields(theme.light):
        assert css.count(f"--preau-{field.name.replace('_', '-')}:") == 3
    assert css.startswith(":root{--preau-brand:#0f5c63;")


def test_the_address_of_the_stylesheet_changes_with_the_colour():
    assert theme_hash(check_brand("#0f5c63")) != theme_hash(check_brand("#0f5c64"))


@pytest.mark.parametrize(("mode", "ground"), [("light", LIGHT), ("dark", DARK)])
def test_the_stylesheet_has_the_grounds_that_are_checked_here(mode, ground):
    tokens = mixin(f"ground-{mode}")

    for name in ("page", "surface", "sunken", "text", "muted"):
        assert tokens[name] == str(getattr(ground, name))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_default_theme_is_computed_like_any_other(mode):
    shades = getattr(check_brand("#0f5c63", "#e07a3f"), mode)

    assert mixin(f"brand-{mode}") == {
        field.name.replace("_", "-"): str(getattr(shades, field.name))
        for field in fields(shades)
    }


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("tone", TONES)
def test_each_tone_reads_on_its_own_ground_and_on_the_pages(mode, tone):
    tokens = {
        name: Colour.parse(text) for name, text in mixin(f"ground-{mode}").items()
    }
    text = tokens[f"{tone}-text"]

    for back in (f"{tone}-back", "page", "surface"):
        assert contrast(text, tokens[back]) >= 4.5
    assert contrast(tokens["text"], tokens[f"{tone}-back"]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_edges_of_controls_stand_out_from_the_pages(mode):
    tokens = {
        name: Colour.parse(text) for name, text in mixin(f"ground-{mode}").items()
    }

    for back in ("page", "surface", "sunken"):
        assert contrast(tokens["control"], tokens[back]) >= 3
        assert contrast(tokens["danger"], tokens[back]) >= 3
    assert contrast(tokens["danger-fill-text"], tokens["danger"]) >= 4.5
