"""What is typed to find a family."""

import pytest

from families.domain.search import Piece, highlight, plain, query_of, words_of


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", ""),
        ("a", ""),
        ("Dupont", "dupont:*"),
        ("  Éloïse   DUPONT ", "eloise:* & dupont:*"),
        ("Jean-Noël", "jean:* & noel:*"),
        ("claire@example.com", "claire:* & example:* & com:*"),
        ("0612345678", "0612345678:*"),
        ("dupont 06 12", "dupont:* & 06:* & 12:*"),
        ("06 12 34", "(061234:* | (06:* & 12:* & 34:*))"),
        ("33612345678", "(33612345678:* | 0612345678:*)"),
        (
            "+33 612 345 678",
            "(33612345678:* | 0612345678:* | (33:* & 612:* & 345:* & 678:*))",
        ),
        ("14/05/2017", "(14052017:* | (14:* & 05:* & 2017:*))"),
        ("F-1234", "f:* & 1234:*"),
        ("o'neil & (x | !y) :*", "o:* & neil:* & x:* & y:*"),
    ],
)
def test_words_are_asked_for_as_prefixes(typed, asked):
    found = query_of(typed)

    assert found == asked


def test_no_more_words_than_twelve_are_asked_for():
    words = words_of("mot " * 40)

    assert len(words) == 12


def test_letters_lose_their_accents_as_in_the_database():
    text = plain("Lœvenbrück, Ça, Øre, Łódź")

    assert text == "loevenbruck, ca, ore, lodz"


def test_what_was_looked_for_stands_out():
    pieces = highlight("Élodie Martin", ("elo", "mart"))

    assert pieces == (
        Piece("Élo", is_hit=True),
        Piece("die "),
        Piece("Mart", is_hit=True),
        Piece("in"),
    )


def test_a_word_with_a_ligature_stands_out_whole():
    pieces = highlight("Lœvenbrück", ("loe",))

    assert pieces == (Piece("Lœvenbrück", is_hit=True),)


def test_nothing_stands_out_without_words():
    pieces = highlight("Martin", ())

    assert pieces == (Piece("Martin"),)
