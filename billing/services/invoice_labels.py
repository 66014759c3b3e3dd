"""The fixed words of the documents, in the language of whoever will read them."""

from django.utils.translation import gettext as _


def invoice_labels() -> dict[str, str]:
    """Return the words of an invoice in the active language."""
    return {
        "number": _("Invoice"),
        "dated": _("Date"),
        "period": _("Period"),
        "household_number": _("Family file"),
        "person_code": _("Person code"),
        "reference": _("Reference"),
        "emission_code": _("Issue code"),
        "addressee": _("To"),
        "description": _("What"),
        "quantity": _("Quantity"),
        "unit": _("Unit"),
        "unit_price": _("Unit price"),
        "amount": _("Amount"),
        "amount_due": _("Amount due"),
        "due": _("To pay before"),
        "how_to_pay": _("How to pay"),
        "why_this_price": _("Why this price"),
        "page": _("Page {page} of {pages}"),
    }


def credit_note_labels() -> dict[str, str]:
    """Return the words of a credit note: an invoice in the family's favour."""
    return invoice_labels() | {
        "number": _("Credit note"),
        "amount_due": _("In your favour"),
        "how_to_pay": _("How you get it back"),
    }


def receipt_labels() -> dict[str, str]:
    """Return the words of a receipt in the active language."""
    return {
        "number": _("Receipt"),
        "received": _("Received on"),
        "method": _("Paid by"),
        "household_number": _("Family file"),
        "payer": _("From"),
        "amount": _("Amount"),
        "settled": _("What this payment settles"),
        "document": _("Document"),
        "dated": _("Date"),
        "page": _("Page {page} of {pages}"),
    }


def mandate_labels() -> dict[str, str]:
    """Return the words of a SEPA mandate in the active language."""
    return {
        "reference": _("Mandate reference (RUM)"),
        "creditor_identifier": _("Creditor identifier (ICS)"),
        "kind": _("Type of payment"),
        "parties": _("Who pays whom"),
        "debtor": _("Account holder"),
        "creditor": _("Creditor"),
        "iban": _("IBAN"),
        "bic": _("BIC"),
        "signature": _("Signature"),
        "page": _("Page {page} of {pages}"),
    }
