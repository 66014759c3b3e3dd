import re

import pytest
from hypothesis import given, strategies as st

from billing.domain.sepa_text import to_sepa_latin


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Zoé Lefèvre-Ñuñez", "Zoe Lefevre-Nunez"),
        ("Œuvres de l\u2019École", "OEuvres de l'Ecole"),
        ("Łukasz Strauß", "Lukasz Strauss"),
        ("Γιώργος Παπαδόπουλος", "Giorgos Papadopoylos"),
        ("Йордан Чолаков", "Yordan Cholakov"),
        ("Dupont & Fils", "Dupont + Fils"),
        ("Nguyễn Đặng", "Nguyen Dang"),
        ("李", "."),
        ("  Anne\t\nMarie  ", "Anne Marie"),
        ("//rue/du//port/", "rue/du/port"),
    ],
)
def test_names_are_written_in_letters_every_bank_accepts(name, expected):
    assert to_sepa_latin(name) == expected


@given(st.text(), st.integers(1, 140))
def test_any_text_fits_the_sepa_set_and_the_length(text, max_length):
    written = to_sepa_latin(text, max_length=max_length)

    assert re.fullmatch(r"[A-Za-z0-9/\-?:().,'+ ]*", written)
    assert len(written) <= max_length
    assert written == written.strip(" /")
    assert "//" not in written


@given(st.text())
def test_writing_twice_changes_nothing(text):
    once = to_sepa_latin(text)

    assert to_sepa_latin(once) == once
