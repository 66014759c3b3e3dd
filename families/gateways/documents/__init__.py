"""Paper for families: letters with subscriber codes, and recaps of the counter."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from families.gateways.documents.contracts import (
    Claim,
    Letter,
    LettersDocument,
    RecapDocument,
    RecapPart,
)
from foundation import documents

__all__ = [
    "Claim",
    "Letter",
    "LettersDocument",
    "RecapDocument",
    "RecapPart",
    "render_pdf",
]

_TEMPLATES: Final = Path(__file__).parent / "templates"


def render_pdf(
    template: Literal["letters", "recap"], data: Mapping[str, object]
) -> bytes:
    """Return the PDF of a document; see `contracts` for what each one wants."""
    return documents.render_pdf(_TEMPLATES / f"{template}.typ", data)
