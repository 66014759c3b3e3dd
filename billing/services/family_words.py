"""How an invoice, an attempt or a mandate reads to a family: a word and a tone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from billing.enums import InvoiceStatus
from billing.models import Allocation, Invoice
from billing.queries.lines import Row, Section
from billing.services.invoice_document import days_words, period_words
from billing.services.line_wording import explain_row
from billing.services.words import amount_words, day_words

TONES = {
    InvoiceStatus.OPEN: "warning",
    InvoiceStatus.PENDING: "pending",
    InvoiceStatus.PAID: "success",
}


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One invoice in a list."""

    invoice: Invoice
    href: str
    period: str
    amount: str
    left: str
    status: str
    tone: str
    note: str


def state_of(invoice: Invoice, *, today: date) -> tuple[str, str]:
    """Return the word and the tone of an invoice's state."""
    status = InvoiceStatus(invoice.status)
    if status == InvoiceStatus.OPEN and invoice.due_on and invoice.due_on < today:
        return _("Overdue"), "danger"
    return str(status.label), TONES.get(status, "neutral")


def row_of(invoice: Invoice, *, today: date) -> InvoiceRow:
    """Return how an invoice reads in a list."""
    word, tone = state_of(invoice, today=today)
    note = ""
    if invoice.status == InvoiceStatus.OPEN:
        note = _("Before %(day)s") % {"day": day_words(invoice.due_on)}
    return InvoiceRow(
        invoice,
        reverse("billing:invoice", args=[invoice.public_id]),
        capfirst(period_words(invoice)),
        amount_words(invoice.total_minor, invoice.currency),
        amount_words(invoice.left_minor, invoice.currency),
        word,
        tone,
        note,
    )


def facts_of(invoice: Invoice) -> list[dict[str, Any]]:
    """Return the summary of an invoice, as `ui/summary_list` wants it."""
    facts = [
        (_("Period"), capfirst(period_words(invoice))),
        (_("Date"), day_words(invoice.issued_on)),
        (_("To pay before"), day_words(invoice.due_on)),
        (_("Total"), amount_words(invoice.total_minor, invoice.currency)),
    ]
    if 0 < invoice.paid_minor < invoice.total_minor:
        paid = amount_words(invoice.paid_minor, invoice.currency)
        left = amount_words(invoice.left_minor, invoice.currency)
        facts += [(_("Already paid"), paid), (_("Left to pay"), left)]
    facts += [
        (_("File number"), invoice.addressee.get("file_number", "")),
        (_("Person code"), invoice.addressee.get("person_code", "")),
        (_("Issue code"), invoice.emission_code),
    ]
    return [{"key": key, "value": value} for key, value in facts if value]


def lines_of(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Return each child's rows with their days, their price and why this price."""
    return [
        {
            "child": section.child,
            "total": amount_words(section.total_minor, section.currency),
            "rows": [_line(row) for row in section.rows],
        }
        for section in sections
    ]


def payments_rows(allocations: Iterable[Allocation]) -> list[dict[str, Any]]:
    """Return what was paid, with the way to each receipt."""
    return [
        {
            "day": part.payment.received_at,
            "method": part.payment.get_method_display(),
            "amount": amount_words(part.amount_minor, part.payment.currency),
            "receipt": part.payment.receipt_reference,
            "href": reverse("billing:receipt", args=[part.payment.public_id]),
        }
        for part in allocations
    ]


def _line(row: Row) -> dict[str, Any]:
    return {
        "description": row.description,
        "days": capfirst(days_words(row)),
        "quantity": row.quantity if row.is_counted else "",
        "unit": amount_words(row.unit_minor, row.currency) if row.is_counted else "",
        "amount": amount_words(row.amount_minor, row.currency),
        "why": explain_row(row),
    }
