"""Make each document once, keep it encrypted with its digest, then tell the family.

A job may run twice: what is already printed is left as it is and nobody is told
again. The document, its digest and the message are kept in one transaction.
"""

import hashlib
from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.db import transaction

from billing.enums import InvoiceStatus
from billing.gateways.documents import Template, render_pdf
from billing.models import Invoice, Mandate, Payment
from billing.services.invoice_document import invoice_document
from billing.services.letters import send_invoice, send_mandate, send_receipt
from billing.services.mandate_document import mandate_document
from billing.services.receipt_document import receipt_document
from billing.services.words import town_language

_KEPT = ["document", "document_sha256"]


@transaction.atomic
def print_invoice(*, invoice_id: int) -> bool:
    """Print an issued invoice and send its message; return False when it was done."""
    invoice = (
        Invoice.objects.select_for_update(of=("self",))
        .select_related("regie", "household")
        .exclude(status=InvoiceStatus.DRAFT)
        .filter(pk=invoice_id, document="")
        .first()
    )
    if invoice is None:
        return False
    with town_language() as lang:
        _keep(invoice, "invoice", invoice_document(invoice, lang=lang))
        invoice.save(update_fields=_KEPT)
        send_invoice(invoice)
    return True


@transaction.atomic
def print_receipt(*, payment_id: int) -> bool:
    """Print the receipt of a payment and send it; return False when it was done."""
    payment = (
        Payment.objects.select_for_update(of=("self",))
        .select_related("regie", "household")
        .filter(pk=payment_id, document="")
        .first()
    )
    if payment is None:
        return False
    with town_language() as lang:
        _keep(payment, "receipt", receipt_document(payment, lang=lang))
        payment.save(update_fields=_KEPT)
        send_receipt(payment)
    return True


@transaction.atomic
def print_mandate(*, mandate_id: int) -> bool:
    """Print a signed mandate and send it; return False when it was done."""
    mandate = (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("regie", "household", "signed_by")
        .filter(pk=mandate_id, document="")
        .first()
    )
    if mandate is None:
        return False
    with town_language() as lang:
        _keep(mandate, "mandate", mandate_document(mandate, lang=lang))
        mandate.save(update_fields=_KEPT)
        send_mandate(mandate)
    return True


def _keep(
    row: Invoice | Payment | Mandate, template: Template, data: Mapping[str, object]
) -> None:
    """Render, then keep the file and its digest on the row, not saved yet."""
    content = render_pdf(template, data)
    row.document.save("document", ContentFile(content), save=False)
    row.document_sha256 = hashlib.sha256(content).hexdigest()
