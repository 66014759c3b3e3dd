"""Printed names and places beside those of the file."""

import pytest
from hypothesis import given, strategies as st

from families.domain.seals import same_person, same_place

CLAIRE = ["Claire Martin", "Julien Lefèvre-Petit"]


@pytest.mark.parametrize(
    "printed",
    [
        "MME MARTIN CLAIRE",
        "CLAIRE MARTIN",
        "MARTIN CLAIRE JEANNE",
        "M LEFEVRE PETIT JULIEN",
        "MONSIEUR/LEFÈVRE-PETIT/JULIEN",
    ],
)
def test_the_same_words_are_the_same_person(printed):
    assert same_person(printed, CLAIRE)


@pytest.mark.parametrize(
    "printed", ["", "MME", "MARTIN", "MME MARTIN SOPHIE", "CLAIRE DUPONT", "DIOP OMAR"]
)
def test_other_words_are_somebody_else(printed):
    assert not same_person(printed, CLAIRE)


@pytest.mark.parametrize(
    ("street", "code"),
    [
        ("3 RUE DES TILLEULS", "59223"),
        ("3 R DES TILLEULS", "59223"),
        ("3, rue des Tilleuls", "59223"),
        ("", "59223"),
        ("3 RUE DES TILLEULS", ""),
    ],
)
def test_the_same_place_in_other_letters_is_the_same(street, code):
    assert same_place((street, code), ("3 rue des Tilleuls", "59223"))


@pytest.mark.parametrize(
    ("street", "code"),
    [
        ("5 RUE DES TILLEULS", "59223"),
        ("3 RUE DES TILLEULS", "59000"),
        ("3 AVENUE DES TILLEULS", "59223"),
    ],
)
def test_another_place_is_another(street, code):
    assert not same_place((street, code), ("3 rue des Tilleuls", "59223"))


@given(st.text(max_size=60), st.lists(st.text(max_size=40), max_size=3))
def test_no_text_breaks_the_comparison(printed, known):
    assert same_person(printed, known) in {True, False}
    assert same_place((printed, printed), ("3 rue Haute", "59223")) in {True, False}
