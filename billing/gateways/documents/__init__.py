"""Documents that families keep: invoices, receipts, mandates."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from billing.gateways.documents.contracts import (
    InvoiceDocument,
    MandateDocument,
    ReceiptDocument,
)
from foundation import documents

__all__ = [
    "InvoiceDocument",
    "MandateDocument",
    "ReceiptDocument",
    "Template",
    "render_pdf",
]

Template = Literal["invoice", "receipt", "mandate"]

_TEMPLATES: Final = Path(__file__).parent / "templates"


def render_pdf(template: Template, data: Mapping[str, object]) -> bytes:
    """Return the PDF of a document; see `contracts` for what each one wants."""
    return documents.render_pdf(_TEMPLATES / f"{template}.typ", data)
