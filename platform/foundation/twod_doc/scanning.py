"""Find the Data Matrix codes of a document. Runs in the child process only."""

import io
import time
from collections.abc import Iterator

import pypdfium2
import zxingcpp
from PIL import Image

PDF = b"%PDF-"
#: Small codes are printed 13 mm wide: two pixels for each of their modules.
DOTS_PER_INCH = 220
POINTS_PER_INCH = 72
TALLEST = 4_500  # Pixels.
#: Seconds after which what was found is enough; a paper has its code on page one.
BUDGET = 9.0
MOST_CODES = 4
DATA_MATRIX = zxingcpp.barcode_formats_from_str("DataMatrix")


def texts_of(document: bytes) -> list[str]:
    """Return the texts of the codes, in the order of the pages, at most four."""
    begun, found = time.monotonic(), list[str]()
    for page in _pages(document):
        for text in _texts(page):
            if text not in found:
                found.append(text)
        if len(found) >= MOST_CODES or time.monotonic() - begun > BUDGET:
            break
    return found[:MOST_CODES]


def _texts(page: Image.Image) -> list[str]:
    barcodes = zxingcpp.read_barcodes(page, formats=DATA_MATRIX)
    return [bytes(each.bytes).decode("latin-1") for each in barcodes]


def _pages(document: bytes) -> Iterator[Image.Image]:
    if not document.startswith(PDF):
        yield Image.open(io.BytesIO(document)).convert("L")
        return
    pdf = pypdfium2.PdfDocument(document)
    try:
        for number in range(len(pdf)):
            leaf = pdf[number]
            longest = max(*leaf.get_size(), 1)
            scale = min(DOTS_PER_INCH / POINTS_PER_INCH, TALLEST / longest)
            yield leaf.render(scale=scale, grayscale=True).to_pil().convert("L")
            leaf.close()
    finally:
        pdf.close()
