"""The printed invoice: made once after the issue, kept with its digest for ever."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from billing.enums import MandateStatus
from billing.gateways.documents import InvoiceDocument
from billing.gateways.documents.contracts import (
    Line,
    Part,
    Section as PrintedSection,
    Way,
)
from billing.models import Invoice, Mandate
from billing.queries.lines import Row, Section, sections_of
from billing.services.invoice_labels import invoice_labels
from billing.services.letterhead import legal_lines, letterhead_of, paper
from billing.services.line_wording import exemption_words, explain_row, tax_rows
from billing.services.words import amount_words, day_words, month_words
from foundation.periods import Period, month_of
from tenants.queries import base_url_of, current_town


def invoice_document(invoice: Invoice, *, lang: str) -> InvoiceDocument:
    """Return what the invoice says, in the active language (`lang` is its code)."""
    assert invoice.issued_on is not None  # noqa: S101 - issued invoices only.
    due = amount_words(invoice.total_minor, invoice.currency)
    sections = sections_of(invoice)
    return {
        "title": _("Invoice %(number)s") % {"number": invoice.reference},
        "lang": lang.split("-", maxsplit=1)[0],
        "paper": paper(),
        "date": invoice.issued_on.isoformat(),
        "town": letterhead_of(invoice.regie),
        "labels": invoice_labels(),
        "legal": legal_lines(invoice.regie),
        "number": invoice.reference or "",
        "reference": invoice.reference or "",
        "emission_code": invoice.emission_code,
        "person_code": invoice.addressee.get("person_code", ""),
        "household_number": invoice.addressee.get("file_number", ""),
        "dated": day_words(invoice.issued_on),
        "period": period_words(invoice),
        "addressee": {
            "name": invoice.addressee.get("name", ""),
            "lines": invoice.addressee.get("lines", []),
        },
        "sections": [_section(section) for section in sections],
        "totals": _totals(invoice, sections, due),
        "exemptions": exemption_words(invoice),
        "amount_due": due,
        "due": day_words(invoice.due_on),
        "payment": _ways(invoice),
    }


def period_words(invoice: Invoice) -> str:
    """Name the month billed, or the first and last day of another period."""
    period = Period(invoice.from_on, invoice.until_on)
    if period == month_of(invoice.from_on):
        return month_words(invoice.from_on)
    words = {"first": day_words(period.start), "last": day_words(period.last)}
    if period.last == period.start:
        return words["first"]
    return _("%(first)s to %(last)s") % words


def days_words(row: Row) -> str:
    """Name the days of a row: "2, 3 and 5 November" would not fit for a month."""
    days = sorted(set(row.days))
    if len(days) == 1:
        return day_words(days[0])
    if days[0].month == days[-1].month and days[0].year == days[-1].year:
        numbers = ", ".join(str(day.day) for day in days)
        return _("%(month)s: %(days)s") % {
            "month": month_words(days[0]),
            "days": numbers,
        }
    return ", ".join(day_words(day) for day in days)


def _totals(invoice: Invoice, sections: Sequence[Section], due: str) -> list[Part]:
    """Return the sum before taxes and each tax, when there are some, then the total."""
    parts: list[Part] = [
        {
            "label": ", ".join(filter(None, [row["label"], row["note"]])),
            "amount": row["amount"],
        }
        for row in tax_rows(invoice, sections)
    ]
    return [*parts, {"label": _("Total of the invoice"), "amount": due}]


def _section(section: Section) -> PrintedSection:
    return {
        "title": section.child,
        "lines": [_line(row) for row in section.rows],
        "subtotal_label": _("Subtotal") if section.child else "",
        "subtotal": (
            amount_words(section.total_minor, section.currency) if section.child else ""
        ),
    }


def _line(row: Row) -> Line:
    return {
        "description": row.description,
        "detail": days_words(row),
        "quantity": str(row.quantity) if row.is_counted else "",
        "unit": "",
        "unit_price": (
            amount_words(row.unit_minor, row.currency) if row.is_counted else ""
        ),
        "amount": amount_words(row.amount_minor, row.currency),
        "trace": explain_row(row),
    }


def _ways(invoice: Invoice) -> Sequence[Way]:
    """Say how to pay: what the régie takes, and what the family signed."""
    if not invoice.total_minor:
        return [{"title": _("Nothing to pay"), "lines": [_("Keep it as proof.")]}]
    ways: list[Way] = []
    mandate = Mandate.objects.filter(
        regie=invoice.regie,
        household=invoice.household,
        status=MandateStatus.ACTIVE,
    ).first()
    if mandate is not None:
        ways.append(
            {
                "title": _("By direct debit"),
                "lines": [
                    _("You will be told the day of the debit by e-mail."),
                    _("Your account: %(iban)s.") % {"iban": mandate.iban_masked},
                    _("Mandate %(rum)s, creditor %(ics)s.")
                    % {
                        "rum": mandate.reference,
                        "ics": invoice.regie.creditor_id,
                    },
                ],
            }
        )
    if invoice.regie.accepts_cards:
        address = f"{base_url_of(current_town())}/my/invoices/"
        ways.append({"title": _("By card, online"), "lines": [address]})
    counter = [line for line in invoice.regie.address.splitlines() if line.strip()]
    ways.append(
        {"title": _("At the counter"), "lines": counter or [invoice.regie.name]}
    )
    return ways
