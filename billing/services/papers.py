"""The papers that billing made for a household, as its documents list them."""

from collections.abc import Iterator
from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Invoice, Mandate, Payment
from billing.services.words import amount_words
from families.domain.vault import Paper, VaultKind
from families.models import Household


def papers_made(household: Household) -> list[Paper]:
    """Return invoices, receipts and mandates whose document is printed: 3 queries."""
    return [*_invoices(household), *_receipts(household), *_mandates(household)]


def _invoices(household: Household) -> Iterator[Paper]:
    printed = Invoice.objects.issued().filter(household=household)
    for each in printed.exclude(document=""):
        issued = each.issued_on or each.from_on
        yield Paper(
            kind=VaultKind.INVOICE,
            title=_("Invoice %(number)s") % {"number": each.reference},
            href=reverse("billing:document", args=[each.public_id]),
            at=timezone.make_aware(datetime.combine(issued, time())),
            meta=amount_words(each.total_minor, each.currency),
        )


def _receipts(household: Household) -> Iterator[Paper]:
    for each in Payment.objects.filter(household=household).exclude(document=""):
        yield Paper(
            kind=VaultKind.RECEIPT,
            title=_("Receipt %(number)s") % {"number": each.receipt_reference},
            href=reverse("billing:receipt", args=[each.public_id]),
            at=each.received_at,
            meta=amount_words(each.amount_minor, each.currency),
        )


def _mandates(household: Household) -> Iterator[Paper]:
    for each in Mandate.objects.filter(household=household).exclude(document=""):
        yield Paper(
            kind=VaultKind.MANDATE,
            title=_("Direct debit mandate %(number)s") % {"number": each.reference},
            href=reverse("billing:mandate-document", args=[each.public_id]),
            at=each.signed_at,
            meta=str(each.get_status_display()),
        )
