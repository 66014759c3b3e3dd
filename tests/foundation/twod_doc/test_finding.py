"""Codes found on the pages of documents."""

import pytest
from PIL import Image

from foundation.twod_doc.finding import find_codes
from tests.foundation.twod_doc.builders import Issuer, paper, photo


@pytest.fixture(scope="module")
def text():
    return Issuer().give().code()


def test_a_code_is_found_on_a_page(text):
    (code,) = find_codes(paper(text))

    assert code.first("10") == "MME/MARTIN/CLAIRE"
    assert code.signature


def test_a_code_is_found_on_a_later_page(text):
    assert len(find_codes(paper(text, blank_pages=3))) == 1


@pytest.mark.parametrize("turned", [0, 7, 90, 180])
def test_a_code_is_found_on_a_photo_held_askew(text, turned):
    assert len(find_codes(photo(text, turned=turned))) == 1


def test_a_data_matrix_of_somebody_else_is_passed_over(text):
    (code,) = find_codes(paper("https://example.com/parcel/42", text))

    assert code.authority == "FR99"


def test_the_same_code_twice_counts_once(text):
    assert len(find_codes(paper(text, text))) == 1


@pytest.mark.parametrize(
    "document", [b"", b"%PDF-1.7 seal", b"\xff\xd8\xff", b"plain words", paper()]
)
def test_a_document_without_a_code_has_none(document):
    assert find_codes(document) == []


def test_a_bomb_of_a_picture_has_no_code(tmp_path):
    bomb = tmp_path / "bomb.png"
    Image.new("1", (30_000, 30_000)).save(bomb)

    assert find_codes(bomb.read_bytes()) == []
