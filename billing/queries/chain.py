"""What an invoice's hash covers, and whether any was altered since it was issued."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db import connection

from billing.domain.numbering import first_broken_link
from billing.models import Invoice, Regie

LINES_DIGEST: Final = """
  SELECT charge.invoice_id,
         encode(sha256(convert_to(string_agg(
           jsonb_build_array(charge.day, charge.description, charge.quantity,
             charge.amount_minor, charge.currency, charge.split, charge.trace)::text,
           chr(10) ORDER BY charge.id), 'UTF8')), 'hex') AS digest
    FROM billing_charge AS charge
   WHERE charge.invoice_id = ANY(%(ids)s)
   GROUP BY charge.invoice_id
"""
"""What the lines say, traces included, as one digest for each invoice."""


TAXES_DIGEST: Final = """
  SELECT tax.invoice_id,
         encode(sha256(convert_to(string_agg(
           jsonb_build_array(tax.code, tax.label, tax.rate, tax.registration,
             tax.base_minor, tax.amount_minor)::text,
           chr(10) ORDER BY tax.id), 'UTF8')), 'hex') AS digest
    FROM billing_invoicetax AS tax
   WHERE tax.invoice_id = ANY(%(ids)s)
   GROUP BY tax.invoice_id
"""
"""The taxes of each invoice that bears some, as one digest."""


def document_of(
    facts: Any, *, regie: Regie, lines: str, taxes: str = "", **given: Any
) -> dict[str, Any]:
    """Return what a hash covers, from an invoice, or from what it is about to be.

    Taxes, and why there are none, are named only where something is said of them.
    """
    names = (
        "reference",
        "issued_on",
        "due_on",
        "from_on",
        "until_on",
        "total_minor",
        "currency",
        "addressee",
    )
    known = {name: given.get(name, getattr(facts, name, None)) for name in names}
    borne: dict[str, Any] = {"taxes": taxes} if taxes else {}
    if facts.exemptions:
        borne["exemptions"] = facts.exemptions
    return {**known, **borne, "regie": regie.code, "lines": lines}


def find_altered_invoice(*, regie: Regie, year: int) -> Invoice | None:
    """Return the first invoice of a series that no longer fits its hash, or None.

    A missing invoice shows as its successor. Three queries, whatever their number.
    """
    invoices = list(
        Invoice.objects.filter(regie=regie, series_year=year).order_by("number")
    )
    ids = [invoice.pk for invoice in invoices]
    digests = _digests(LINES_DIGEST, ids), _digests(TAXES_DIGEST, ids)
    broken = first_broken_link(_chain(invoices, regie, *digests))
    return None if broken is None else invoices[broken]


def _chain(
    invoices: list[Invoice],
    regie: Regie,
    lines: Mapping[int, str],
    taxes: Mapping[int, str],
) -> Iterator[tuple[Mapping[str, object], str]]:
    for invoice in invoices:
        document = document_of(
            invoice,
            regie=regie,
            lines=lines.get(invoice.pk, ""),
            taxes=taxes.get(invoice.pk, ""),
        )
        yield document, invoice.hash


def _digests(statement: str, ids: list[int]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"ids": ids})
        return dict(cursor.fetchall())
