"""What is written in an answer, whatever it is packed in."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from pypdf import PdfReader


def read(answer: Any) -> bytes:
    """Return the headers and the text of a page, of a PDF, or of a spreadsheet."""
    said: bytes = answer.said
    if said.startswith(b"%PDF-"):
        pages = PdfReader(BytesIO(said)).pages
        said = "\n".join(page.extract_text() for page in pages).encode()
    elif said.startswith(b"PK\x03\x04"):
        with ZipFile(BytesIO(said)) as packed:
            said = b"\n".join(packed.read(name) for name in packed.namelist())
    return said + str(answer.headers).encode()
