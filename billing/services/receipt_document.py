"""The printed receipt of a payment."""

from django.utils.translation import gettext as _

from billing.gateways.documents import ReceiptDocument
from billing.models import Payment
from billing.services.days import local_day
from billing.services.invoice_labels import receipt_labels
from billing.services.letterhead import legal_lines, letterhead_of, paper
from billing.services.words import amount_words, day_words


def receipt_document(payment: Payment, *, lang: str) -> ReceiptDocument:
    """Return what the receipt says, in the active language (`lang` is its code)."""
    received = local_day(payment.received_at)
    parts = list(payment.allocations.select_related("invoice").order_by("id"))
    addressee = parts[0].invoice.addressee if parts else {}
    return {
        "title": _("Receipt %(number)s") % {"number": payment.receipt_reference},
        "lang": lang.split("-", maxsplit=1)[0],
        "paper": paper(),
        "date": received.isoformat(),
        "town": letterhead_of(payment.regie),
        "labels": receipt_labels(),
        "legal": legal_lines(payment.regie),
        "number": payment.receipt_reference,
        "received": day_words(received),
        "method": str(payment.get_method_display()),
        "household_number": payment.household.file_number,
        "payer": {
            "name": addressee.get("name") or payment.household.file_number,
            "lines": addressee.get("lines", []),
        },
        "amount": amount_words(payment.amount_minor, payment.currency),
        "settled": [
            {
                "number": part.invoice.reference or "",
                "dated": day_words(part.invoice.issued_on),
                "amount": amount_words(part.amount_minor, payment.currency),
            }
            for part in parts
        ],
        "notes": _notes(payment, sum(part.amount_minor for part in parts)),
    }


def _notes(payment: Payment, settled: int) -> list[str]:
    notes = [_("Thank you. Keep this receipt with your invoices.")]
    if payment.amount_minor > settled:
        credit = amount_words(payment.amount_minor - settled, payment.currency)
        notes.append(
            _("%(amount)s are kept as a credit for your family.") % {"amount": credit}
        )
    return notes
