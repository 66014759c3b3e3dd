"""Draw a page of a document. Runs in the child process only."""

import io

import pypdfium2

# Wide enough to read small print on a screen; a page is never drawn larger.
WIDTH = 1400  # Pixels.
TALLEST = 4_000  # Pixels.
QUALITY = 82


def picture_of(document: bytes, page: int) -> bytes:
    """Return one page (from 0) as a JPEG.

    Raises IndexError for a page that does not exist, RuntimeError for what PDFium
    cannot read.
    """
    pdf = pypdfium2.PdfDocument(document)
    try:
        if not 0 <= page < len(pdf):
            raise IndexError(page)
        leaf = pdf[page]
        width, height = leaf.get_size()
        scale = min(WIDTH / max(width, 1), TALLEST / max(height, 1))
        picture = leaf.render(scale=scale).to_pil().convert("RGB")
    finally:
        pdf.close()
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
