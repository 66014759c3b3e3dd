"""Paper about enrolment: certificates that families print."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from foundation import documents
from foundation.documents import Document, Person

_TEMPLATES: Final = Path(__file__).parent / "templates"


class CertificateDocument(Document):
    """What the town certifies of a child.

    `facts` are pairs of a word and its value, `rows` the lines of a table under
    `columns`, or nothing.
    """

    addressee: Person
    household_number: str
    opening: Sequence[str]
    facts: Sequence[Sequence[str]]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    closing: Sequence[str]
    place_and_day: str


def render_certificate(data: Mapping[str, object]) -> bytes:
    """Return the PDF of a certificate."""
    return documents.render_pdf(_TEMPLATES / "certificate.typ", data)
