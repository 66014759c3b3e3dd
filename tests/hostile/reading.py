"""What is written in an answer, whatever it is packed in."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
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


class Kept(logging.Handler):
    """Keeps every line that any part of the application logs, errors in full."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line as the plainest log writes it."""
        self.lines.append(logging.Formatter().format(record))


@contextmanager
def logs_kept() -> Iterator[list[str]]:
    """Keep what is logged inside."""
    root, kept = logging.getLogger(), Kept()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.INFO)
    try:
        yield kept.lines
    finally:
        root.removeHandler(kept)
        root.setLevel(level)
