"""Documents that families keep: invoices, receipts, mandates."""

from billing.gateways.documents.contracts import (
    InvoiceDocument,
    MandateDocument,
    ReceiptDocument,
)
from billing.gateways.documents.renderer import render_pdf

__all__ = ["InvoiceDocument", "MandateDocument", "ReceiptDocument", "render_pdf"]
