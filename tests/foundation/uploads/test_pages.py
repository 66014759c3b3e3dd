"""Pages drawn for clerks."""

import io

import pikepdf
import pytest
from PIL import Image

from foundation.uploads.cleaning import page_picture
from foundation.uploads.errors import UploadRefusedError


def document(pages: int, size: tuple[int, int] = (595, 842)) -> bytes:
    pdf = pikepdf.new()
    for _page in range(pages):
        pdf.add_blank_page(page_size=size)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_each_page_of_a_document_becomes_a_picture():
    content = page_picture(document(2), page=1)

    picture = Image.open(io.BytesIO(content))
    assert (picture.format, picture.width) == ("JPEG", 1400)


def test_a_page_that_does_not_exist_is_refused():
    with pytest.raises(UploadRefusedError):
        page_picture(document(1), page=1)


def test_a_very_long_page_stays_within_bounds():
    content = page_picture(document(1, size=(100, 14_400)), page=0)

    assert Image.open(io.BytesIO(content)).height <= 4_000


def test_what_is_not_a_document_is_refused():
    with pytest.raises(UploadRefusedError):
        page_picture(b"%PDF-1.7 nothing", page=0)
