"""Whose invoice somebody holds, told by the four facts printed on it."""

import hmac

from billing.models import Invoice
from families.domain.invoices import InvoiceFacts, InvoiceOwner
from foundation.codes import tidy_code
from foundation.money import Money


def find_owner(facts: InvoiceFacts) -> InvoiceOwner | None:
    """Return whose invoice has all four facts, or None; one read, whatever is wrong.

    The person code is the addressee's on the day of issue, as the paper says.
    """
    invoice = Invoice.objects.issued().filter(reference=facts.reference).first()
    printed = facts_of(invoice) if invoice else ("",) * 3
    currency = invoice.currency if invoice else "EUR"
    minor = Money.from_decimal(facts.amount, currency).minor
    typed = (tidy_code(facts.emission_code), tidy_code(facts.person_code), str(minor))
    # Every fact is compared, each in constant time.
    same = [
        hmac.compare_digest(one.encode(), other.encode())
        for one, other in zip(typed, printed, strict=True)
    ]
    if invoice is None or not all(same) or not printed[1]:
        return None
    return InvoiceOwner(invoice.household_id, printed[1])


def facts_of(invoice: Invoice) -> tuple[str, str, str]:
    """Return the issue code, the addressee's person code and the total, as compared."""
    code = str(invoice.addressee.get("person_code", ""))
    return invoice.emission_code, code, str(invoice.total_minor)
