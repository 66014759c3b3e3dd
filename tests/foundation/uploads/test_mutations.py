"""Damage honest and hostile files at random: each is refused or made harmless."""

import pytest
from hypothesis import given, settings, strategies as st

from foundation.uploads.child import clean
from tests.foundation.uploads import documents, pictures
from tests.foundation.uploads.test_child import assert_harmless
from tests.foundation.uploads.words import HTML

SEEDS = {
    "pdf": documents.made(documents.filled_form),
    "pdf with scripts": documents.made(documents.deep_script),
    "jpeg": pictures.encode(
        pictures.draw(), "JPEG", exif=pictures.exif_with_position(), comment=HTML
    ),
    "png": pictures.png_notes(),
    "webp": pictures.encode(
        pictures.draw(), "WEBP", exif=pictures.exif_with_position()
    ),
    "heic": pictures.encode(
        pictures.draw(), "HEIF", exif=pictures.exif_with_position()
    ),
}


@st.composite
def damaged(draw, seed):
    """Change, drop, repeat or insert a few bytes, anywhere."""
    data = bytearray(seed)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 40))
        data[start : start + length] = draw(st.binary(max_size=40))
    return bytes(data)


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_refused_or_harmless(name, data):
    verdict, content = clean(data.draw(damaged(SEEDS[name])))

    if "refused" in verdict:
        assert content == b""
    else:
        assert_harmless(verdict, content)
