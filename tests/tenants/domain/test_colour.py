from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tenants.domain.colour import BLACK, WHITE, Colour, InvalidColourError, contrast

channels = st.integers(min_value=0, max_value=255)
colours = st.builds(Colour, channels, channels, channels)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("#0f5c63", Colour(15, 92, 99)), (" #ABC ", Colour(170, 187, 204))],
)
def test_a_colour_is_read_as_people_write_it(text, expected):
    assert Colour.parse(text) == expected


@pytest.mark.parametrize("text", ["", "red", "0f5c63", "#12345", "#gggggg", "#fff;}"])
def test_what_is_not_a_colour_is_refused(text):
    with pytest.raises(InvalidColourError):
        Colour.parse(text)


@given(colours)
def test_a_colour_written_and_read_again_is_the_same(colour):
    assert Colour.parse(str(colour)) == colour


def test_black_on_white_has_the_greatest_contrast():
    assert contrast(BLACK, WHITE) == 21


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [
        ("#767676", "4.54"),
        ("#777777", "4.48"),
        ("#ff0000", "4.00"),
        ("#0000ff", "8.59"),
    ],
)
def test_contrast_with_white_is_the_one_published_for_known_colours(colour, ratio):
    found = contrast(Colour.parse(colour), WHITE)

    assert found.quantize(Decimal("0.01")) == Decimal(ratio)


@given(colours, colours)
def test_contrast_is_the_same_in_both_directions(one, other):
    assert contrast(one, other) == contrast(other, one) >= 1


@given(colours)
def test_a_vivid_colour_reaches_the_top_of_a_channel(colour):
    vivid = colour.vivid

    assert max(vivid.red, vivid.green, vivid.blue) == 255
